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

/**
 * What every rule is given: the packets' journeys, the measures, the thresholds, and why packets were lost. One thread.
 */
public final class Investigation {
    /** A device answers at once; this leaves room for the way back to a distant capture point. */
    private static final long ANSWER_NANOS = 1_000_000_000L;

    private final Stitched stitched;
    private final Measures measures;
    private final Thresholds thresholds;
    private final int[] towardsServer;
    private final int[] towardsClient;
    private final LossSorter losses;

    public Investigation(Stitched stitched, Measures measures, Thresholds thresholds) {
        this.stitched = stitched;
        this.measures = measures;
        this.thresholds = thresholds;
        towardsServer = order(stitched, Direction.CLIENT_TO_SERVER);
        towardsClient = order(stitched, Direction.SERVER_TO_CLIENT);
        losses = new LossSorter(this);
    }

    public Stitched stitched() {
        return stitched;
    }

    public Measures measures() {
        return measures;
    }

    public Thresholds thresholds() {
        return thresholds;
    }

    Journeys journeys() {
        return stitched.journeys();
    }

    PacketTable packets(int capture) {
        return stitched.captures().get(capture).packets();
    }

    /** The packets lost on a segment for one reason, in the order of departure. */
    int[] lost(SegmentTraffic segment, LossSorter.Reason reason) {
        return losses.lost(segment, reason);
    }

    /** Captures that lie on a path together with another one. */
    boolean hasSegments() {
        return !measures.segments().isEmpty();
    }

    /** The segment that carries the other direction between the same two points, where there is one. */
    Optional<SegmentTraffic> opposite(SegmentTraffic segment) {
        return measures.segments().stream()
                .filter(s -> s.counts().from() == segment.counts().to()
                        && s.counts().to() == segment.counts().from())
                .findFirst();
    }

    /** Time of the journey's first sighting, reference clock. */
    long when(int journey) {
        Sighting first = firstSighting(journey);
        return stitched.commonNanos(first.capture, first.row);
    }

    /** The capture that saw the journey first on its way, and the packet's row there. */
    Sighting firstSighting(int journey) {
        for (int c : journeys().direction(journey) == Direction.CLIENT_TO_SERVER ? towardsServer : towardsClient) {
            if (journeys().row(journey, c) >= 0) {
                return new Sighting(c, journeys().row(journey, c));
            }
        }
        throw new IllegalStateException("journey " + journey + " was never seen");
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
    int refusedBy(int reset, SegmentTraffic segment) {
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

    /** One packet at one capture. */
    record Sighting(int capture, int row) {}

    Conversation conversation(int journey) {
        return stitched.conversations().get(journeys().conversation(journey));
    }

    boolean fromClient(int journey) {
        return journeys().direction(journey) == conversation(journey).clientDirection();
    }

    /** Conversations that these packets belong to, ascending. */
    List<Integer> conversations(int... of) {
        return Arrays.stream(of)
                .map(journeys()::conversation)
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }

    /** The frames of these packets at one capture as evidence, thinned evenly where there are very many; empty when it saw none. */
    List<Evidence> evidence(int capture, int[] of, String says) {
        long[] frames = Arrays.stream(of)
                .map(journey -> journeys().row(journey, capture))
                .filter(row -> row >= 0)
                .mapToLong(row -> packets(capture).frame(row))
                .sorted()
                .distinct()
                .toArray();
        if (frames.length == 0) {
            return List.of();
        }
        if (frames.length <= Evidence.MAX_FRAMES) {
            return List.of(new Evidence(capture, frames, says));
        }
        long[] all = frames;
        long[] fair = IntStream.range(0, Evidence.MAX_FRAMES)
                .mapToLong(i -> all[(int) ((long) i * all.length / Evidence.MAX_FRAMES)])
                .toArray();
        return List.of(new Evidence(
                capture, fair, says + " (" + Evidence.MAX_FRAMES + " of " + all.length + " packets named)"));
    }
}
