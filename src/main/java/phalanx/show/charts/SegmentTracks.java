package phalanx.show.charts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import phalanx.explain.Analysis;
import phalanx.measure.DelaySummary;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Direction;
import phalanx.show.Selection;
import phalanx.show.Words;
import phalanx.stitch.ClockAlignment;
import phalanx.stitch.Stitched;

/** What happened between neighbouring capture points: delays and losses. One worker. */
final class SegmentTracks {
    private static final Words WORDS = Words.of("charts");
    /** Lines that can be told apart in one chart. */
    private static final int MOST = 7;

    private final Analysis analysis;
    private final Stitched stitched;
    private final Scope scope;

    SegmentTracks(Analysis analysis, Scope scope) {
        this.analysis = analysis;
        stitched = analysis.stitched();
        this.scope = scope;
    }

    Collected delay(Direction way) {
        String title = Collector.title(Chart.DELAY, way);
        if (stitched.captures().size() < 2) {
            return Collected.nothing(Chart.DELAY, title, WORDS.get("empty.one-point"));
        }
        List<SegmentTraffic> segments = segments(onPath(way));
        List<SegmentTraffic> timed = segments.stream()
                .filter(segment -> segment.counts().delay().isPresent())
                .toList();
        if (timed.isEmpty()) {
            return Collected.nothing(
                    Chart.DELAY, title, segments.isEmpty() ? WORDS.get("empty.direction") : WORDS.get("empty.clocks"));
        }
        List<SegmentTraffic> slowest = timed.stream()
                .sorted(Comparator.comparingLong(segment ->
                        -segment.counts().delay().map(DelaySummary::p95Nanos).orElse(0L)))
                .limit(MOST)
                .toList();
        List<Track> tracks = new ArrayList<>();
        long bound = 0;
        for (SegmentTraffic segment : timed) {
            Samples delays = Departures.delivered(stitched, segment, scope);
            if (slowest.contains(segment) && delays.size() > 0) {
                tracks.add(new Track.Spread(name(segment), Ink.series(tracks.size()), delays));
                bound = Math.max(
                        bound,
                        Math.max(
                                bound(segment.counts().from()),
                                bound(segment.counts().to())));
            }
        }
        if (tracks.isEmpty()) {
            return Collected.nothing(Chart.DELAY, title, WORDS.get("empty.passed"));
        }
        String clocks =
                bound == 0 ? "" : WORDS.get("note.clocks", Words.language().duration(bound)) + " \u00b7 ";
        String left = timed.size() == slowest.size()
                ? ""
                : " \u00b7 " + WORDS.get("note.slowest", slowest.size(), timed.size());
        String untied = timed.size() == segments.size()
                ? ""
                : " \u00b7 " + WORDS.get("note.untied", segments.size() - timed.size());
        return new Collected(Chart.DELAY, title, clocks + WORDS.get("note.spread") + left + untied, "", tracks);
    }

    /** @param traffic knows what was sent again */
    Collected loss(TrafficTracks traffic) {
        String title = WORDS.get(Chart.LOSS.nameKey());
        List<SegmentTraffic> losing = analysis.measures().segments().stream()
                .filter(segment ->
                        scope.looksAt(segment.counts().from(), segment.counts().to()))
                .filter(segment -> Departures.lost(stitched, segment, scope).size() > 0)
                .sorted(Comparator.comparingLong(segment -> -segment.counts().lost()))
                .limit(MOST)
                .toList();
        List<Track> tracks = new ArrayList<>();
        for (SegmentTraffic segment : losing) {
            tracks.add(new Track.Share(
                    WORDS.get("lost", name(segment), way(segment)),
                    Ink.series(tracks.size()),
                    Departures.lost(stitched, segment, scope),
                    Departures.delivered(stitched, segment, scope)));
        }
        tracks.addAll(traffic.retransmissions());
        if (tracks.isEmpty()) {
            return Collected.nothing(
                    Chart.LOSS,
                    title,
                    stitched.captures().size() < 2 ? WORDS.get("empty.loss-one-point") : WORDS.get("empty.loss"));
        }
        return new Collected(Chart.LOSS, title, losing.isEmpty() ? WORDS.get("empty.loss") : "", "", tracks);
    }

    /** A single conversation's own way as the way along the path, from whose far end it may have been opened; and back. */
    private Direction onPath(Direction way) {
        return scope.only() == Selection.NONE
                        || stitched.conversations().get(scope.only()).clientDirection() == Direction.CLIENT_TO_SERVER
                ? way
                : way.reversed();
    }

    private List<SegmentTraffic> segments(Direction way) {
        return analysis.measures().segments().stream()
                .filter(segment -> segment.counts().direction() == way)
                .filter(segment ->
                        scope.looksAt(segment.counts().from(), segment.counts().to()))
                .toList();
    }

    private String name(SegmentTraffic segment) {
        return stitched.hopName(segment.counts().from()) + " \u2192 "
                + stitched.hopName(segment.counts().to());
    }

    private String way(SegmentTraffic segment) {
        return onPath(segment.counts().direction()) == Direction.CLIENT_TO_SERVER
                ? WORDS.get("to-server")
                : WORDS.get("to-client");
    }

    private long bound(int capture) {
        ClockAlignment clock = stitched.clocks().get(capture);
        return clock.reference() ? 0 : clock.boundNanos();
    }
}
