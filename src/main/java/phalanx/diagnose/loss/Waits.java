package phalanx.diagnose.loss;

import java.util.Arrays;
import phalanx.diagnose.Investigation;
import phalanx.measure.SegmentTraffic;
import phalanx.stitch.Journeys;

/**
 * How long packets waited in a segment's queue: their delay above the segment's smallest.
 *
 * @param known false when delays cannot be told
 * @param typicalAtLoss median wait of the packets that left just before a lost one, nanoseconds
 * @param longest wait that only 2 % of the packets exceeded, nanoseconds
 */
record Waits(boolean known, long typicalAtLoss, long longest) {
    static Waits around(Investigation investigation, SegmentTraffic segment, int[] lost) {
        if (segment.counts().delay().isEmpty() || lost.length == 0) {
            return new Waits(false, 0, 0);
        }
        Journeys journeys = investigation.journeys();
        int from = segment.counts().from();
        int[] rows = Arrays.stream(segment.delivered())
                .map(j -> journeys.row(j, from))
                .toArray();
        long smallest = segment.counts().delay().get().minNanos();
        long[] before = Arrays.stream(lost)
                .map(j -> -Arrays.binarySearch(rows, journeys.row(j, from)) - 2)
                .mapToLong(i -> i < 0 ? 0 : segment.delayNanos()[i] - smallest)
                .sorted()
                .toArray();
        long[] all = segment.delayNanos().clone();
        Arrays.sort(all);
        return new Waits(true, before[before.length / 2], all[(int) (all.length * 0.98)] - smallest);
    }
}
