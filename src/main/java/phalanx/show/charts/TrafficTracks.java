package phalanx.show.charts;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phalanx.decode.PacketTable;
import phalanx.explain.Analysis;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.TcpSamples;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;
import phalanx.run.Progress;
import phalanx.show.Selection;
import phalanx.show.Words;
import phalanx.stitch.Conversation;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/**
 * What the hosts of a scope sent: bytes, packets, round trips, connections; each at the capture point next to its sender unless the
 * scope names a point. Client and server are those of each conversation. One worker.
 */
final class TrafficTracks {
    private static final Words WORDS = Words.of("charts");
    private static final double BITS = 8;
    private static final int EVERY = 64;

    /** What one side of all conversations sent, bits by journey. */
    private static final class Side {
        final BitSet packets = new BitSet();
        final BitSet firstTime = new BitSet();
        final BitSet again = new BitSet();
        final Samples.Builder roundTrips = new Samples.Builder();
    }

    /** The same in the order of time. */
    record Sent(Samples packets, Samples firstTime, Samples again, Samples roundTrips) {}

    private final Analysis analysis;
    private final Stitched stitched;
    private final Scope scope;
    private final Progress progress;
    private @Nullable List<Sent> sides;

    TrafficTracks(Analysis analysis, Scope scope, Progress progress) {
        this.analysis = analysis;
        stitched = analysis.stitched();
        this.scope = scope;
        this.progress = progress;
    }

    Collected throughput() {
        Sent client = sides().get(0);
        Sent server = sides().get(1);
        List<Track> tracks = new ArrayList<>();
        tracks.add(new Track.Rate(WORDS.get("to-server"), new Ink(Ink.Tone.TO_SERVER, 0), client.packets, BITS));
        tracks.add(new Track.Rate(WORDS.get("to-client"), new Ink(Ink.Tone.TO_CLIENT, 0), server.packets, BITS));
        tracks.add(
                new Track.Rate(WORDS.get("goodput.to-server"), new Ink(Ink.Tone.TO_SERVER, 2), client.firstTime, BITS));
        tracks.add(
                new Track.Rate(WORDS.get("goodput.to-client"), new Ink(Ink.Tone.TO_CLIENT, 2), server.firstTime, BITS));
        tracks.add(new Track.Rate(WORDS.get("again.to-server"), new Ink(Ink.Tone.AGAIN, 0), client.again, BITS));
        tracks.add(new Track.Rate(WORDS.get("again.to-client"), new Ink(Ink.Tone.AGAIN, 1), server.again, BITS));
        tracks.removeIf(track -> track instanceof Track.Rate rate && rate.of().size() == 0);
        return of(Chart.THROUGHPUT, place(), "empty.packets", tracks);
    }

    Collected packets() {
        List<Track> tracks = new ArrayList<>();
        tracks.add(new Track.Count(WORDS.get("to-server"), new Ink(Ink.Tone.TO_SERVER, 0), sides().get(0).packets));
        tracks.add(new Track.Count(WORDS.get("to-client"), new Ink(Ink.Tone.TO_CLIENT, 0), sides().get(1).packets));
        tracks.removeIf(
                track -> track instanceof Track.Count count && count.of().size() == 0);
        return of(Chart.PACKETS, place(), "empty.packets", tracks);
    }

    Collected roundTrips() {
        List<Track> tracks = new ArrayList<>();
        tracks.add(new Track.Spread(
                WORDS.get("round-trip.client"), new Ink(Ink.Tone.TO_SERVER, 0), sides().get(0).roundTrips));
        tracks.add(new Track.Spread(
                WORDS.get("round-trip.server"), new Ink(Ink.Tone.TO_CLIENT, 1), sides().get(1).roundTrips));
        tracks.removeIf(
                track -> track instanceof Track.Spread spread && spread.of().size() == 0);
        return of(Chart.ROUND_TRIP, WORDS.get("note.spread"), "empty.round-trips", tracks);
    }

    /** TCP segments sent again, of all that carried something; empty when there was none. */
    List<Track> retransmissions() {
        List<Track> tracks = new ArrayList<>();
        tracks.add(new Track.Share(
                WORDS.get("again.to-server"),
                new Ink(Ink.Tone.AGAIN, 0),
                sides().get(0).again,
                sides().get(0).firstTime));
        tracks.add(new Track.Share(
                WORDS.get("again.to-client"),
                new Ink(Ink.Tone.AGAIN, 1),
                sides().get(1).again,
                sides().get(1).firstTime));
        tracks.removeIf(
                track -> track instanceof Track.Share share && share.part().size() == 0);
        return tracks;
    }

    /** Handshakes, by the time of their first packet. */
    Collected connections() {
        Samples.Builder opened = new Samples.Builder();
        Samples.Builder failed = new Samples.Builder();
        scope.all().forEach(c -> {
            ConversationMetrics metrics = analysis.measures().conversations().get(c);
            if (metrics.conversation().transport() == Transport.TCP
                    && metrics.conversation().opened()) {
                Samples.Builder kind = metrics.handshakeNanos().isPresent() ? opened : failed;
                kind.add(metrics.firstNanos(), 1, Selection.NONE);
            }
        });
        List<Track> tracks = new ArrayList<>();
        tracks.add(new Track.Count(WORDS.get("connections.opened"), Ink.series(2), opened.build()));
        tracks.add(new Track.Count(WORDS.get("connections.failed"), new Ink(Ink.Tone.WARNING, 1), failed.build()));
        tracks.removeIf(
                track -> track instanceof Track.Count count && count.of().size() == 0);
        return of(Chart.CONNECTIONS, "", "empty.connections", tracks);
    }

    private static Collected of(Chart chart, String note, String emptyKey, List<Track> tracks) {
        String title = WORDS.get(chart.nameKey());
        return tracks.isEmpty()
                ? Collected.nothing(chart, title, WORDS.get(emptyKey))
                : new Collected(chart, title, note, "", tracks);
    }

    private String place() {
        return scope.capture() == Selection.NONE
                ? WORDS.get("note.at-sender")
                : WORDS.get("note.at", stitched.hopName(scope.capture()));
    }

    private List<Sent> sides() {
        List<Sent> known = sides;
        if (known == null) {
            Side client = new Side();
            Side server = new Side();
            int done = 0;
            for (int c = scope.conversations().nextSetBit(0);
                    c >= 0;
                    c = scope.conversations().nextSetBit(c + 1)) {
                if (done++ % EVERY == 0) {
                    progress.stopIfCancelled();
                }
                take(stitched.conversations().get(c), client, server);
            }
            known = List.of(sent(client), sent(server));
            sides = known;
        }
        return known;
    }

    private Sent sent(Side side) {
        return new Sent(
                samples(side.packets, false),
                samples(side.firstTime, true),
                samples(side.again, true),
                side.roundTrips.build());
    }

    private Samples samples(BitSet packets, boolean payload) {
        return SentPackets.of(stitched, packets, scope.capture(), payload);
    }

    private void take(Conversation conversation, Side client, Side server) {
        Journeys journeys = stitched.journeys();
        BitSet again = new BitSet();
        if (conversation.transport() == Transport.TCP) {
            takeTcp(TcpSamples.of(stitched, conversation, true), client, again);
            takeTcp(TcpSamples.of(stitched, conversation, false), server, again);
        }
        int atClient = SentPackets.point(conversation, true, scope.capture());
        int atServer = SentPackets.point(conversation, false, scope.capture());
        for (int journey : journeys.of(conversation.id())) {
            boolean fromClient = journeys.direction(journey) == conversation.clientDirection();
            take(journey, fromClient ? client : server, fromClient ? atClient : atServer, again.get(journey));
        }
    }

    private void take(int journey, Side side, int capture, boolean again) {
        int row = stitched.journeys().row(journey, capture);
        if (row < 0 || !scope.shown().journey(journey)) {
            return;
        }
        side.packets.set(journey);
        if (again) {
            side.again.set(journey);
        } else if (carries(stitched.captures().get(capture).packets(), row)) {
            side.firstTime.set(journey);
        }
    }

    /** Something that is acknowledged: data, or the begin or end of a TCP stream. */
    private static boolean carries(PacketTable packets, int row) {
        boolean counted = packets.protocol(row) == Transport.PROTOCOL_TCP
                && (packets.tcpFlags(row) & (TcpFlags.SYN | TcpFlags.FIN)) != 0;
        return counted || packets.payloadLength(row) > 0;
    }

    private void takeTcp(TcpSamples samples, Side side, BitSet again) {
        int[] answers = samples.acknowledgments();
        for (int i = 0; i < answers.length; i++) {
            if (scope.shown().journey(answers[i])) {
                int row = stitched.journeys().row(answers[i], samples.capture());
                side.roundTrips.add(
                        stitched.commonNanos(samples.capture(), row), samples.roundTripNanos()[i], answers[i]);
            }
        }
        for (int journey : samples.retransmissions()) {
            again.set(journey);
        }
    }
}
