package phalanx.show.ladder;

import java.util.Arrays;

/**
 * Where a moment lies on the ladder: a rising, piecewise straight line from time to height. The three modes differ only in its
 * corners. Immutable.
 */
public final class TimeScale {
    /** How time becomes height. */
    public enum Mode {
        /** Long silences are folded, the rest is to scale. */
        FOLDED,
        /** To scale. */
        TIME,
        /** Every packet takes the same room. */
        EVEN
    }

    private final long[] times;
    private final double[] heights;

    private TimeScale(long[] times, double[] heights) {
        this.times = times;
        this.heights = heights;
    }

    /** @param starts first sighting of each packet, ascending, at least one */
    static TimeScale of(Mode mode, long[] starts) {
        double[] heights = new double[starts.length];
        long span = Math.max(1, starts[starts.length - 1] - starts[0]);
        double fold = folded(starts);
        for (int i = 1; i < starts.length; i++) {
            double gap = (double) (starts[i] - starts[i - 1]);
            heights[i] = switch (mode) {
                case EVEN -> i;
                case TIME -> (double) (starts[i] - starts[0]) / span * starts.length;
                case FOLDED -> heights[i - 1] + Math.max(0.4, Math.min(gap, fold) / fold * 3);
            };
        }
        return new TimeScale(starts, heights);
    }

    /** Three times the median gap; longer silences are drawn as long as this. */
    private static double folded(long[] starts) {
        long[] gaps = new long[Math.max(1, starts.length - 1)];
        for (int i = 1; i < starts.length; i++) {
            gaps[i - 1] = starts[i] - starts[i - 1];
        }
        Arrays.sort(gaps);
        return Math.max(1, 3.0 * Math.max(gaps[gaps.length / 2], 100_000));
    }

    /** Height in rows, 0 for the first packet. */
    double height(long time) {
        int at = Arrays.binarySearch(times, time);
        if (at >= 0) {
            return heights[at];
        }
        int after = -at - 1;
        if (after == 0) {
            return heights[0];
        }
        if (after == times.length) {
            // Past the last packet's start: on at the pace of the last stretch, so that its way to the far end is seen.
            return heights[times.length - 1] + Math.min(2, (time - times[times.length - 1]) / 5e6);
        }
        double share = (double) (time - times[after - 1]) / (times[after] - times[after - 1]);
        return heights[after - 1] + share * (heights[after] - heights[after - 1]);
    }

    /** Height of the last packet. */
    double end() {
        return heights[heights.length - 1];
    }

    /** Index of the first packet at or below that height. */
    int firstAt(double height) {
        int at = Arrays.binarySearch(heights, height);
        return at >= 0 ? at : Math.min(heights.length, -at - 1);
    }

    /** Silence before that packet that was folded away, nanoseconds, 0 for none. */
    long foldedBefore(int packet) {
        return packet == 0 || heights[packet] - heights[packet - 1] < 2.999 ? 0 : times[packet] - times[packet - 1];
    }
}
