package phalanx.topology;

import java.util.Arrays;
import java.util.Optional;

/** One-way delay on the aligned clocks, nanoseconds. */
public record DelayPercentiles(long samples, long p50Nanos, long p95Nanos, long p99Nanos) {
    /** Of samples in any order, which are left as they are; empty when there are none. */
    static Optional<DelayPercentiles> of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return ofSorted(sorted, 0, sorted.length);
    }

    /** Of a stretch of sorted samples, empty when it is empty. */
    static Optional<DelayPercentiles> ofSorted(long[] sorted, int from, int to) {
        int count = to - from;
        return count == 0
                ? Optional.empty()
                : Optional.of(new DelayPercentiles(
                        count,
                        sorted[from + count / 2],
                        sorted[from + (int) (count * 0.95)],
                        sorted[from + (int) (count * 0.99)]));
    }
}
