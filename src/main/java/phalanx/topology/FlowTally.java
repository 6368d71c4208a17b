package phalanx.topology;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.Measures;
import phalanx.measure.SegmentTraffic;
import phalanx.run.Progress;
import phalanx.stitch.Conversation;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/**
 * Adds up the traffic of conversations by the edges that they run on. Loss, order and delay are those of the whole path from the
 * first capture point to the last. Looks at every packet, in primitive columns. One thread.
 */
final class FlowTally {
    private static final int NONE = -1;

    private final Stitched stitched;
    private final Journeys journeys;
    private final int[] edgeOf;
    private final BitSet turned;
    /** By flow: twice the edge's index, and one more for the way back. */
    private final long[] packets;

    private final long[] bytes;
    private final long[] lost;
    private final long[] duplicated;
    private final long[] reordered;
    private final boolean measured;
    /** Delays sorted within each flow, whose begin is {@code begin[flow]}. */
    private final long[] delays;

    private final int[] begin;

    /**
     * @param edgeOf by conversation, -1 for those that do not count
     * @param turned conversations whose client is at the far end of the edge
     */
    FlowTally(Stitched stitched, Measures measures, int[] edgeOf, BitSet turned, int edges, Progress progress) {
        this.stitched = stitched;
        journeys = stitched.journeys();
        this.edgeOf = edgeOf;
        this.turned = turned;
        packets = new long[2 * edges];
        bytes = new long[2 * edges];
        lost = new long[2 * edges];
        duplicated = new long[2 * edges];
        reordered = new long[2 * edges];
        measured = !measures.segments().isEmpty();
        for (ConversationMetrics metrics : measures.conversations()) {
            count(metrics);
        }
        for (SegmentTraffic segment : measures.segments()) {
            progress.stopIfCancelled();
            add(segment.lost(), lost);
            add(segment.duplicates(), duplicated);
            add(segment.reordered(), reordered);
        }
        begin = new int[2 * edges + 1];
        delays = delays(measures, progress);
    }

    Flow forward(int edge) {
        return flow(2 * edge);
    }

    Flow backward(int edge) {
        return flow(2 * edge + 1);
    }

    private Flow flow(int flow) {
        Optional<DelayPercentiles> delay = DelayPercentiles.ofSorted(delays, begin[flow], begin[flow + 1]);
        return new Flow(
                packets[flow],
                bytes[flow],
                measured ? Math.max(packets[flow], lost[flow]) : 0,
                lost[flow],
                duplicated[flow],
                reordered[flow],
                delay);
    }

    private void count(ConversationMetrics metrics) {
        int edge = edgeOf[metrics.conversation().id()];
        if (edge != NONE) {
            for (int side = 0; side < 2; side++) {
                int flow = 2 * edge + (turned.get(metrics.conversation().id()) ? 1 - side : side);
                packets[flow] += metrics.packets()[side];
                bytes[flow] += metrics.bytes()[side];
            }
        }
    }

    private void add(int[] some, long[] to) {
        for (int journey : some) {
            int flow = flowOf(journey);
            if (flow != NONE) {
                to[flow]++;
            }
        }
    }

    private int flowOf(int journey) {
        int conversation = journeys.conversation(journey);
        int edge = edgeOf[conversation];
        if (edge == NONE) {
            return NONE;
        }
        Conversation of = stitched.conversations().get(conversation);
        boolean fromClient = journeys.direction(journey) == of.clientDirection();
        return 2 * edge + (fromClient == turned.get(conversation) ? 1 : 0);
    }

    /** The sum of a packet's delays over all segments, for packets that were not lost; none at all when a clock is not tied. */
    private long[] delays(Measures measures, Progress progress) {
        boolean tied = measures.segments().stream()
                .allMatch(segment -> segment.counts().delay().isPresent() || segment.delivered().length == 0);
        if (!tied || !measured) {
            return new long[0];
        }
        long[] total = new long[journeys.size()];
        BitSet arrived = new BitSet(journeys.size());
        for (SegmentTraffic segment : measures.segments()) {
            for (int i = 0; i < segment.delivered().length; i++) {
                total[segment.delivered()[i]] += segment.delayNanos()[i];
                arrived.set(segment.delivered()[i]);
            }
        }
        for (SegmentTraffic segment : measures.segments()) {
            for (int journey : segment.lost()) {
                arrived.clear(journey);
            }
        }
        progress.stopIfCancelled();
        int[] fill = new int[begin.length];
        for (int journey = arrived.nextSetBit(0); journey >= 0; journey = arrived.nextSetBit(journey + 1)) {
            int flow = flowOf(journey);
            if (flow != NONE) {
                fill[flow + 1]++;
            }
        }
        for (int flow = 0; flow + 1 < begin.length; flow++) {
            begin[flow + 1] = begin[flow] + fill[flow + 1];
            fill[flow + 1] = begin[flow];
        }
        long[] sorted = new long[begin[begin.length - 1]];
        for (int journey = arrived.nextSetBit(0); journey >= 0; journey = arrived.nextSetBit(journey + 1)) {
            int flow = flowOf(journey);
            if (flow != NONE) {
                sorted[fill[flow + 1]++] = total[journey];
            }
        }
        for (int flow = 0; flow + 1 < begin.length; flow++) {
            Arrays.sort(sorted, begin[flow], begin[flow + 1]);
        }
        return sorted;
    }
}
