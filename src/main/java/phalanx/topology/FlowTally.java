package phalanx.topology;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Optional;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.Measures;
import phalanx.measure.SegmentTraffic;
import phalanx.run.Progress;
import phalanx.stitch.Conversation;
import phalanx.stitch.HopPath;
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
        delays = delays(progress);
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

    private void time(HopPath path, long[] total, BitSet arrived) {
        int first = path.captures().getFirst();
        int last = path.captures().getLast();
        if (!stitched.clocks().get(first).tied() || !stitched.clocks().get(last).tied()) {
            return;
        }
        for (int journey = 0; journey < total.length; journey++) {
            int from = journeys.row(journey, first);
            int to = journeys.row(journey, last);
            if (from >= 0 && to >= 0 && journeys.direction(journey) == path.direction() && !arrived.get(journey)) {
                total[journey] = stitched.commonNanos(last, to) - stitched.commonNanos(first, from);
                arrived.set(journey);
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

    /** How long packets took from the first point of their path to the last one; of those seen at both, where the clocks are tied. */
    private long[] delays(Progress progress) {
        long[] total = new long[journeys.size()];
        BitSet arrived = new BitSet(journeys.size());
        stitched.paths().stream()
                .filter(path -> path.captures().size() > 1)
                .sorted(Comparator.comparingInt(path -> -path.captures().size()))
                .forEach(path -> {
                    progress.stopIfCancelled();
                    time(path, total, arrived);
                });
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
