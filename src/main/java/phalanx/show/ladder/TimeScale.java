package phalanx.show.ladder;

import java.util.Arrays;

/**
 * Where a moment lies on the ladder: a rising, piecewise straight line from time to height, in rows of which there are about as many
 * as packets. The modes differ only in its corners. Immutable, any thread.
 */
final class TimeScale {
    /** How time becomes height. */
    enum Mode {
        /** Long silences are folded, the rest is to scale as far as packets can still be told apart. */
        FOLDED,
        /** To scale. */
        TIME,
        /** Every packet takes the same room. */
        EVEN
    }

    /** Rows that a folded silence takes. */
    static final double FOLD = 3;

    private static final double LEAST = 0.4, USUAL_FOLDS = 3, TAIL = 2 * FOLD;
    private static final int SAMPLES = 4096;
    private static final long SHORTEST_FOLD = 300_000;

    private final Mode mode;
    private final long[] starts;
    /** Empty where the height follows from the time or the number of the packet. */
    private final double[] heights;

    private final double rowsPerNano;

    private TimeScale(Mode mode, long[] starts, double[] heights, double rowsPerNano) {
        this.mode = mode;
        this.starts = starts;
        this.heights = heights;
        this.rowsPerNano = rowsPerNano;
    }

    /** @param starts first sighting of each packet, nanoseconds, ascending, at least one */
    static TimeScale of(Mode mode, long[] starts) {
        long span = Math.max(1, starts[starts.length - 1] - starts[0]);
        if (mode != Mode.FOLDED) {
            return new TimeScale(mode, starts, new double[0], (double) starts.length / span);
        }
        double rowsPerNano = FOLD / longestShown(starts);
        double[] heights = new double[starts.length];
        for (int i = 1; i < starts.length; i++) {
            heights[i] = heights[i - 1] + Math.clamp((starts[i] - starts[i - 1]) * rowsPerNano, LEAST, FOLD);
        }
        return new TimeScale(mode, starts, heights, rowsPerNano);
    }

    /** Three times the median silence, of evenly taken samples; longer ones are folded. Nanoseconds. */
    private static double longestShown(long[] starts) {
        int gaps = starts.length - 1;
        long[] sample = new long[Math.clamp(gaps, 1, SAMPLES)];
        for (int i = 0; i < sample.length && gaps > 0; i++) {
            int at = (int) ((long) i * gaps / sample.length);
            sample[i] = starts[at + 1] - starts[at];
        }
        Arrays.sort(sample);
        return Math.max(SHORTEST_FOLD, USUAL_FOLDS * sample[sample.length / 2]);
    }

    Mode mode() {
        return mode;
    }

    /** First sighting of a packet, nanoseconds. */
    long start(int packet) {
        return starts[packet];
    }

    /** Height of a packet's first sighting, in rows; 0 for the first packet. */
    double height(int packet) {
        return switch (mode) {
            case EVEN -> packet;
            case TIME -> (starts[packet] - starts[0]) * rowsPerNano;
            case FOLDED -> heights[packet];
        };
    }

    /**
     * Height of a moment at or after a packet's first sighting, in rows. Takes longer the more packets lie between.
     *
     * @param packet one that started at or before it
     */
    double height(long time, int packet) {
        if (mode == Mode.TIME) {
            return (time - starts[0]) * rowsPerNano;
        }
        if (time <= starts[packet]) {
            return height(packet);
        }
        int step = 1;
        int low = packet;
        while (low + step < starts.length && starts[low + step] <= time) {
            low += step;
            step *= 2;
        }
        int high = Math.min(starts.length, low + step);
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= time) {
                low = middle;
            } else {
                high = middle;
            }
        }
        if (low + 1 == starts.length) {
            double rows = (time - starts[low]) * rowsPerNano;
            return height(low) + TAIL * rows / (rows + TAIL);
        }
        double share = (double) (time - starts[low]) / (starts[low + 1] - starts[low]);
        return height(low) + share * (height(low + 1) - height(low));
    }

    /** The moment at a height, nanoseconds; beyond the ends, on at the pace of the scale. */
    long timeAt(double height) {
        int after = firstAt(height);
        if (mode == Mode.TIME || after == 0 || after == starts.length) {
            int from = after == starts.length ? starts.length - 1 : 0;
            return starts[from] + Math.round((height - height(from)) / rowsPerNano);
        }
        double share = (height - height(after - 1)) / (height(after) - height(after - 1));
        return starts[after - 1] + Math.round(share * (starts[after] - starts[after - 1]));
    }

    /** Height of the last packet's first sighting. */
    double end() {
        return height(starts.length - 1);
    }

    /** Height under which nothing is seen; the way of the last packets is drawn in, so that it ends above. */
    double bottom() {
        return end() + (mode == Mode.FOLDED ? TAIL : mode == Mode.TIME ? 1 + starts.length * 0.02 : 1);
    }

    /** Number of the first packet at or below a height; the number of packets when there is none. */
    int firstAt(double height) {
        int low = 0;
        int high = starts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (height(middle) < height) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Number of the first packet that started at or after a time; the number of packets when there is none. */
    int firstSince(long time) {
        return time == Long.MIN_VALUE ? 0 : firstAfter(time - 1);
    }

    private int firstAfter(long time) {
        int low = 0;
        int high = starts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Silence before a packet that was folded away, nanoseconds, 0 for none. */
    long foldedBefore(int packet) {
        boolean folded =
                mode == Mode.FOLDED && packet > 0 && (starts[packet] - starts[packet - 1]) * rowsPerNano > FOLD;
        return folded ? starts[packet] - starts[packet - 1] : 0;
    }

    /** Largest zoom that still tells something, pixels a row: packets far apart, or microseconds. */
    double closest() {
        return Math.max(80, mode == Mode.TIME ? 20e-3 / rowsPerNano : 0);
    }
}
