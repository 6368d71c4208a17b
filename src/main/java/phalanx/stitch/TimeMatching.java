package phalanx.stitch;

import java.util.Arrays;

/**
 * Which arrival is which departure, among packets that look alike: in order, and so that the delays are as close to the typical
 * one as can be. Any thread.
 */
final class TimeMatching {
    private static final int NOBODY = -1;

    /** Larger tasks are matched in order from the front; so many packets that look alike are a flood of keep-alives or worse. */
    private static final long LARGEST_TABLE = 1_000_000;

    private TimeMatching() {}

    /**
     * @param left departure times, ascending
     * @param arrived arrival times, ascending
     * @param typical usual delay, same unit
     * @return for each arrival the index of its departure, -1 for one that nobody sent (when there are more arrivals)
     */
    static int[] match(long[] left, long[] arrived, long typical) {
        int[] departureOf = new int[arrived.length];
        if (left.length == arrived.length || (long) left.length * arrived.length > LARGEST_TABLE) {
            for (int i = 0; i < arrived.length; i++) {
                departureOf[i] = i < left.length ? i : NOBODY;
            }
            return departureOf;
        }
        if (left.length < arrived.length) {
            Arrays.fill(departureOf, NOBODY);
            int next = 0;
            for (int i = 0; i < left.length; i++) {
                // The first to arrive is the original, its copy trails it; but nobody arrives before he leaves.
                int last = arrived.length - (left.length - i);
                while (next < last && arrived[next] < left[i] + typical / 2) {
                    next++;
                }
                departureOf[next++] = i;
            }
            return departureOf;
        }
        return choose(arrived, left, -typical);
    }

    /** The departure of which a surplus arrival is a copy: the latest one that could be there by then, else the first. */
    static int originalOf(long[] left, long arrived, long typical) {
        int original = 0;
        for (int i = 0; i < left.length; i++) {
            if (left[i] + typical / 2 <= arrived) {
                original = i;
            }
        }
        return original;
    }

    /** For each of the few an index of the many, ascending, with the least sum of deviations from the typical gap. */
    private static int[] choose(long[] few, long[] many, long typical) {
        long[][] cost = new long[few.length + 1][many.length + 1];
        for (int i = 1; i <= few.length; i++) {
            Arrays.fill(cost[i], 0, i, Long.MAX_VALUE / 2);
            for (int j = i; j <= many.length; j++) {
                long taken = cost[i - 1][j - 1] + Math.abs(many[j - 1] - few[i - 1] - typical);
                cost[i][j] = j == i ? taken : Math.min(cost[i][j - 1], taken);
            }
        }
        int[] chosen = new int[few.length];
        int j = many.length;
        for (int i = few.length; i >= 1; i--) {
            while (j > i && cost[i][j] == cost[i][j - 1]) {
                j--;
            }
            chosen[i - 1] = --j;
        }
        return chosen;
    }
}
