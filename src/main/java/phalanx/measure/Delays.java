package phalanx.measure;

import java.util.Arrays;

/** Exact order statistics of delays; a hop's packets fit in memory, so nothing is estimated. */
final class Delays {
    private Delays() {}

    /** @param nanos at least one, any order; left as it is */
    static DelaySummary summary(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new DelaySummary(
                sorted.length,
                sorted[0],
                sorted[sorted.length / 2],
                sorted[(int) (sorted.length * 0.95)],
                sorted[sorted.length - 1]);
    }
}
