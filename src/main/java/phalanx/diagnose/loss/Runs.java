package phalanx.diagnose.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import phalanx.diagnose.Investigation;
import phalanx.measure.SegmentTraffic;
import phalanx.stitch.Journeys;

/** How many packets in a row were lost, in the order in which they left. */
final class Runs {
    private Runs() {}

    /** @param lost in the order of departure  @return length of each run of losses */
    static long[] of(Investigation investigation, SegmentTraffic segment, int[] lost) {
        Journeys journeys = investigation.journeys();
        int from = segment.counts().from();
        int[] delivered = Arrays.stream(segment.delivered())
                .map(j -> journeys.row(j, from))
                .toArray();
        List<Long> runs = new ArrayList<>();
        int gapBefore = -1;
        for (int journey : lost) {
            int place = Arrays.binarySearch(delivered, journeys.row(journey, from));
            int gap = -place - 1;
            if (gap == gapBefore) {
                runs.set(runs.size() - 1, runs.getLast() + 1);
            } else {
                runs.add(1L);
            }
            gapBefore = gap;
        }
        return runs.stream().mapToLong(Long::longValue).toArray();
    }
}
