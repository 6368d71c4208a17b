package phalanx.inspect;

import java.util.Arrays;

/**
 * Durations of a kind, such as the round-trip times of a stream. The first ones are kept as they are; beyond that they are counted in classes 4 %
 * wide, so that a long stream takes no more memory than a short one. One thread while it is filled.
 */
public final class Durations {
    private static final int EXACT = 256;
    /** Classes of a doubling. */
    private static final int CLASSES = 16;

    private static final long[] NO_TIMES = {};
    private static final int[] NO_CLASSES = {};

    private int count;
    private long min = Long.MAX_VALUE;
    private long max;
    private long[] exact = NO_TIMES;
    private int[] classes = NO_CLASSES;

    void add(long nanos) {
        min = Math.min(min, nanos);
        max = Math.max(max, nanos);
        if (count < EXACT) {
            if (count == exact.length) {
                exact = Arrays.copyOf(exact, Math.max(4, count * 2));
            }
            exact[count] = nanos;
        } else {
            if (count == EXACT) {
                classes = new int[64 * CLASSES];
                for (long earlier : exact) {
                    classes[classOf(earlier)]++;
                }
                exact = NO_TIMES;
            }
            classes[classOf(nanos)]++;
        }
        count++;
    }

    private static int classOf(long nanos) {
        if (nanos < CLASSES) {
            return (int) Math.max(0, nanos);
        }
        int octave = 63 - Long.numberOfLeadingZeros(nanos);
        int within = (int) (nanos >>> octave - 4) & CLASSES - 1;
        return (octave - 3) * CLASSES + within;
    }

    /** The middle of a class. */
    private static long valueOf(int number) {
        if (number < CLASSES) {
            return number;
        }
        int octave = number / CLASSES + 3;
        long width = 1L << octave - 4;
        return (CLASSES + number % CLASSES) * width + width / 2;
    }

    public int count() {
        return count;
    }

    /** Nanoseconds; only with samples, as the others. */
    public long min() {
        return min;
    }

    public long max() {
        return max;
    }

    /** Exact up to 256 samples, within 4 % beyond. */
    public long median() {
        if (count <= EXACT) {
            long[] sorted = Arrays.copyOf(exact, count);
            Arrays.sort(sorted);
            return count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
        }
        long before = 0;
        int number = 0;
        while (before + classes[number] < (count + 1L) / 2) {
            before += classes[number++];
        }
        return Math.clamp(valueOf(number), min, max);
    }
}
