package phalanx.show.charts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phalanx.explain.Analysis;
import phalanx.measure.SelectiveAcks;
import phalanx.measure.TcpTrace;
import phalanx.net.Direction;
import phalanx.run.Progress;
import phalanx.show.Selection;
import phalanx.show.Words;
import phalanx.stitch.Stitched;

/** One TCP conversation byte by byte: windows and the time-sequence graph after tcptrace. One worker. */
final class TraceTracks {
    private static final Words WORDS = Words.of("charts");
    /** The duplicate that makes a sender repair (RFC 5681 section 3.2). */
    private static final int THIRD = 3;

    private final Stitched stitched;
    private final Scope scope;
    private final Progress progress;
    private final Map<Direction, TcpTrace> traces = new EnumMap<>(Direction.class);

    TraceTracks(Analysis analysis, Scope scope, Progress progress) {
        stitched = analysis.stitched();
        this.scope = scope;
        this.progress = progress;
    }

    /** Bytes in flight below the receiver's window. */
    Collected window(Direction way) {
        String title = Collector.title(Chart.WINDOW, way);
        TcpTrace trace = trace(way);
        if (trace == null || trace.segments().count() == 0) {
            return nothing(Chart.WINDOW, title, trace != null);
        }
        TcpTrace.Acknowledgments acks = trace.acknowledgments();
        Samples windows = Samples.of(acks.nanos(), acks.window(), acks.journeys());
        List<Track> tracks = new ArrayList<>();
        tracks.add(new Track.Level(WORDS.get("in-flight"), tone(way, 0), inFlight(trace)));
        tracks.add(new Track.Level(WORDS.get("receive-window"), new Ink(Ink.Tone.WARNING, 1), windows));
        addEvents(tracks, trace, false);
        return new Collected(Chart.WINDOW, title, note(trace), "", tracks);
    }

    Collected sequence(Direction way) {
        String title = Collector.title(Chart.SEQUENCE, way);
        TcpTrace trace = trace(way);
        if (trace == null || trace.segments().count() == 0) {
            return nothing(Chart.SEQUENCE, title, trace != null);
        }
        TcpTrace.Acknowledgments acks = trace.acknowledgments();
        long[] limits = new long[acks.count()];
        Arrays.setAll(limits, i -> acks.acknowledged()[i] + acks.window()[i]);
        Samples limit = Samples.of(acks.nanos(), limits, acks.journeys());
        Samples line = Samples.of(acks.nanos(), acks.acknowledged(), acks.journeys());
        List<Track> tracks = new ArrayList<>();
        tracks.add(new Track.Level(WORDS.get("receive-window"), new Ink(Ink.Tone.WARNING, 1), limit));
        tracks.add(new Track.Level(WORDS.get("acknowledged"), Ink.series(2), line));
        tracks.add(spans(WORDS.get("data"), tone(way, 0), trace.segments(), false));
        tracks.add(spans("", new Ink(Ink.Tone.AGAIN, 0), trace.segments(), true));
        tracks.add(selective(SelectiveAcks.of(stitched, trace, progress)));
        addEvents(tracks, trace, true);
        tracks.removeIf(
                track -> track instanceof Track.Spans spans && spans.begin().size() == 0);
        return new Collected(Chart.SEQUENCE, title, note(trace), "", tracks);
    }

    private static Collected nothing(Chart chart, String title, boolean isTcp) {
        return Collected.nothing(chart, title, isTcp ? WORDS.get("empty.data") : WORDS.get("empty.tcp"));
    }

    private String note(TcpTrace trace) {
        String place = WORDS.get("note.at", stitched.hopName(trace.capture()));
        return trace.windowKnown() ? place : place + " \u00b7 " + WORDS.get("note.window-unknown");
    }

    private @Nullable TcpTrace trace(Direction way) {
        return scope.isOneTcp(stitched)
                ? traces.computeIfAbsent(
                        way,
                        from -> TcpTrace.of(
                                stitched,
                                stitched.conversations().get(scope.only()),
                                from == Direction.CLIENT_TO_SERVER))
                : null;
    }

    private static Ink tone(Direction way, int number) {
        return new Ink(way == Direction.CLIENT_TO_SERVER ? Ink.Tone.TO_SERVER : Ink.Tone.TO_CLIENT, number);
    }

    private static Track.Spans spans(String name, Ink ink, TcpTrace.Segments sent, boolean again) {
        int count = 0;
        for (boolean repeats : sent.again()) {
            count += repeats == again ? 1 : 0;
        }
        if (count == sent.count()) {
            return spans(name, ink, sent.nanos(), sent.begin(), sent.end(), sent.journeys());
        }
        long[] nanos = new long[count];
        long[] begin = new long[count];
        long[] end = new long[count];
        int[] journeys = new int[count];
        for (int i = 0, to = 0; i < sent.count(); i++) {
            if (sent.again()[i] == again) {
                nanos[to] = sent.nanos()[i];
                begin[to] = sent.begin()[i];
                end[to] = sent.end()[i];
                journeys[to++] = sent.journeys()[i];
            }
        }
        return spans(name, ink, nanos, begin, end, journeys);
    }

    private static Track.Spans spans(String name, Ink ink, long[] nanos, long[] begin, long[] end, int[] journeys) {
        return new Track.Spans(name, ink, Samples.of(nanos, begin, journeys), Samples.of(nanos, end, journeys));
    }

    private static Track.Spans selective(SelectiveAcks acks) {
        return spans(WORDS.get("sack"), Ink.series(5), acks.nanos(), acks.begin(), acks.end(), acks.journeys());
    }

    /** Grows with every segment, shrinks with every acknowledgment. */
    private static Samples inFlight(TcpTrace trace) {
        TcpTrace.Segments sent = trace.segments();
        TcpTrace.Acknowledgments acks = trace.acknowledgments();
        Samples.Builder level = new Samples.Builder(sent.count() + acks.count());
        long highest = 0;
        long acknowledged = 0;
        int ack = 0;
        for (int i = 0; i <= sent.count(); i++) {
            while (ack < acks.count() && (i == sent.count() || acks.nanos()[ack] < sent.nanos()[i])) {
                if (acks.acknowledged()[ack] > acknowledged && i > 0) {
                    acknowledged = acks.acknowledged()[ack];
                    level.add(acks.nanos()[ack], Math.max(0, highest - acknowledged), acks.journeys()[ack]);
                }
                ack++;
            }
            if (i < sent.count()) {
                highest = Math.max(highest, sent.end()[i]);
                level.add(sent.nanos()[i], sent.inFlight()[i], sent.journeys()[i]);
            }
        }
        return level.build();
    }

    /** @param onStream at sequence numbers, else at sizes of windows */
    private static void addEvents(List<Track> tracks, TcpTrace trace, boolean onStream) {
        TcpTrace.Segments sent = trace.segments();
        TcpTrace.Acknowledgments acks = trace.acknowledgments();
        Samples.Builder again = new Samples.Builder();
        Samples.Builder closed = new Samples.Builder();
        Samples.Builder thirds = new Samples.Builder();
        for (int i = 0; i < sent.count(); i++) {
            if (sent.again()[i]) {
                again.add(sent.nanos()[i], onStream ? sent.end()[i] : sent.inFlight()[i], sent.journeys()[i]);
            }
        }
        for (int i = 0; i < acks.count(); i++) {
            long at = onStream ? acks.acknowledged()[i] : acks.window()[i];
            if (acks.window()[i] == 0) {
                closed.add(acks.nanos()[i], at, acks.journeys()[i]);
            }
            if (acks.duplicates()[i] == THIRD && onStream) {
                thirds.add(acks.nanos()[i], at, acks.journeys()[i]);
            }
        }
        add(tracks, WORDS.get("retransmission"), new Ink(Ink.Tone.AGAIN, 0), "R", again.build());
        add(tracks, WORDS.get("zero-window"), new Ink(Ink.Tone.WARNING, 0), "Z", closed.build());
        add(tracks, WORDS.get("third-duplicate"), Ink.series(2), "3", thirds.build());
    }

    private static void add(List<Track> tracks, String name, Ink ink, String mark, Samples of) {
        if (of.size() > 0) {
            tracks.add(new Track.Events(name, ink, mark, of));
        }
    }

    /** Which direction carried more data, and whether the other carried enough to be looked at as well. */
    static List<Direction> worthwhile(Analysis analysis, Scope scope) {
        if (scope.only() == Selection.NONE) {
            return List.of(Direction.CLIENT_TO_SERVER, Direction.SERVER_TO_CLIENT);
        }
        long[] bytes = analysis.measures().conversations().get(scope.only()).bytes();
        if (Math.min(bytes[0], bytes[1]) * 10 >= Math.max(bytes[0], bytes[1])) {
            return List.of(Direction.CLIENT_TO_SERVER, Direction.SERVER_TO_CLIENT);
        }
        return List.of(bytes[0] > bytes[1] ? Direction.CLIENT_TO_SERVER : Direction.SERVER_TO_CLIENT);
    }
}
