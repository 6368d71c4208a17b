package phalanx.diagnose;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import phalanx.decode.PacketTable;
import phalanx.measure.Measures;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Direction;
import phalanx.stitch.Conversation;
import phalanx.stitch.HopPath;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/** Where and when packets were seen: the journeys and measures of an investigation with the questions that rules ask of them. */
public sealed class Sightings permits Investigation {
    /** A device answers at once; this leaves room for the way back to a distant capture point. */
    private static final long ANSWER_NANOS = 1_000_000_000L;

    private final Stitched stitched;
    private final Measures measures;
    private final int[] towardsServer;
    private final int[] towardsClient;
    private final boolean[] bothWays;

    Sightings(Stitched stitched, Measures measures) {
        this.stitched = stitched;
        this.measures = measures;
        towardsServer = order(stitched, Direction.CLIENT_TO_SERVER);
        towardsClient = order(stitched, Direction.SERVER_TO_CLIENT);
        bothWays = new boolean[stitched.captures().size()];
        for (Conversation conversation : stitched.conversations()) {
            for (Conversation.Leg leg : conversation.legs()) {
                bothWays[leg.capture()] |= leg.clientPackets() > 0 && leg.serverPackets() > 0;
            }
        }
    }

    public Stitched stitched() {
        return stitched;
    }

    public Measures measures() {
        return measures;
    }

    public Journeys journeys() {
        return stitched.journeys();
    }

    /** What that capture holds, by row. */
    public PacketTable packets(int capture) {
        return stitched.captures().get(capture).packets();
    }

    /** Captures that lie on a path together with another one. */
    public boolean hasSegments() {
        return !measures.segments().isEmpty();
    }

    /** The segment that carries the other direction between the same two points, where there is one. */
    public Optional<SegmentTraffic> opposite(SegmentTraffic segment) {
        return measures.segments().stream()
                .filter(s -> s.counts().from() == segment.counts().to()
                        && s.counts().to() == segment.counts().from())
                .findFirst();
    }

    /** Time of the journey's first sighting, reference clock. */
    public long when(int journey) {
        Sighting first = firstSighting(journey);
        return stitched.commonNanos(first.capture, first.row);
    }

    /** The capture that saw the journey first on its way, and the packet's row there. */
    public Sighting firstSighting(int journey) {
        for (int c : journeys().direction(journey) == Direction.CLIENT_TO_SERVER ? towardsServer : towardsClient) {
            if (journeys().row(journey, c) >= 0) {
                return new Sighting(c, journeys().row(journey, c));
            }
        }
        throw new IllegalStateException("journey " + journey + " was never seen");
    }

    /** The table that holds the packet where it was first seen, in the row {@link #row}. */
    public PacketTable table(int journey) {
        return packets(firstSighting(journey).capture);
    }

    /** The packet's row where it was first seen. */
    public int row(int journey) {
        return firstSighting(journey).row;
    }

    /** Flags of the packet, by {@link phalanx.net.TcpFlags}; 0 for other protocols. */
    public int tcpFlags(int journey) {
        return table(journey).tcpFlags(row(journey));
    }

    /** All captures, those of that direction's paths first and in their order. */
    private static int[] order(Stitched stitched, Direction direction) {
        return IntStream.concat(
                        stitched.paths().stream()
                                .filter(path -> path.direction() == direction)
                                .map(HopPath::captures)
                                .flatMapToInt(captures -> captures.stream().mapToInt(c -> c)),
                        IntStream.range(0, stitched.captures().size()))
                .distinct()
                .toArray();
    }

    /**
     * The packet that a device between two points did not pass on but answered with this reset: one of the other direction of the
     * same conversation, seen where the reset came out and not behind, shortly before. -1 when there is none.
     */
    public int refusedBy(int reset, SegmentTraffic segment) {
        int refused = -1;
        for (int journey : journeys().of(journeys().conversation(reset))) {
            long before = when(reset) - when(journey);
            if (journeys().direction(journey) != journeys().direction(reset)
                    && journeys().row(journey, segment.counts().to()) >= 0
                    && journeys().row(journey, segment.counts().from()) < 0
                    && before >= 0
                    && before <= ANSWER_NANOS) {
                refused = journey;
            }
        }
        return refused;
    }

    public Conversation conversation(int journey) {
        return stitched.conversations().get(journeys().conversation(journey));
    }

    public boolean fromClient(int journey) {
        return journeys().direction(journey) == conversation(journey).clientDirection();
    }

    /** Conversations that these packets belong to, ascending. */
    public List<Integer> conversations(int... of) {
        return Arrays.stream(of)
                .map(journeys()::conversation)
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }

    /** One packet at one capture. */
    public record Sighting(int capture, int row) {}

    /** Whether no capture point lies behind this one for packets of that direction. */
    public boolean endsPath(int capture, Direction direction) {
        return stitched.paths().stream()
                .filter(path -> path.direction() == direction && path.captures().contains(capture))
                .allMatch(path -> path.captures().getLast() == capture);
    }

    /** Whether that capture holds packets of both directions: one of one direction cannot tell that nobody answered. */
    public boolean sawBothWays(int capture) {
        return bothWays[capture];
    }

    /** Told of packets. */
    @FunctionalInterface
    public interface Visitor {
        /** @param row in the table of the capture that is walked */
        void packet(int journey, int row, boolean fromClient);
    }

    /** Shows the packets of a conversation that a capture saw, in the order of its file. */
    public void walk(Conversation conversation, int capture, Visitor visitor) {
        for (int journey : journeys().of(conversation.id(), capture)) {
            visitor.packet(
                    journey,
                    journeys().row(journey, capture),
                    journeys().direction(journey) == conversation.clientDirection());
        }
    }
}
