package phalanx.show.charts;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import phalanx.stitch.TimeOrder;

/** Values of packets in the order of time, without an object for each. Immutable, any thread. */
interface Samples {
    int size();

    /** Reference clock. */
    long nanos(int index);

    /** In bytes, nanoseconds or as a sequence number. */
    long value(int index);

    /** The packet, {@link phalanx.show.Selection#NONE} for none. */
    int journey(int index);

    /** The first at or after a time, {@link #size()} for none. */
    default int from(long nanos) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (nanos(middle) < nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Collects values in any order. One thread. */
    final class Builder {
        private long[] nanos;
        private long[] values;
        private int[] journeys;
        private int size;

        Builder() {
            this(64);
        }

        /** @param expected how many there will be at the most; more are welcome */
        Builder(int expected) {
            int room = Math.max(2, expected);
            nanos = new long[room];
            values = new long[room];
            journeys = new int[room];
        }

        void add(long when, long value, int journey) {
            if (size == nanos.length) {
                int room = Math.addExact(size, size / 2);
                nanos = Arrays.copyOf(nanos, room);
                values = Arrays.copyOf(values, room);
                journeys = Arrays.copyOf(journeys, room);
            }
            nanos[size] = when;
            values[size] = value;
            journeys[size++] = journey;
        }

        Samples build() {
            boolean full = size == nanos.length;
            return of(
                    full ? nanos : Arrays.copyOf(nanos, size),
                    full ? values : Arrays.copyOf(values, size),
                    full ? journeys : Arrays.copyOf(journeys, size));
        }
    }

    /** The values in those arrays, which are not to be changed any more; copied when they are not in the order of time. */
    static Samples of(long[] nanos, long[] values, int[] journeys) {
        int[] order = order(nanos);
        return order == null
                ? new Longs(nanos, values, journeys)
                : new Longs(at(nanos, order), at(values, order), at(journeys, order));
    }

    /** The same for values that need half the memory. */
    static Samples of(long[] nanos, int[] values, int[] journeys) {
        int[] order = order(nanos);
        return order == null
                ? new Ints(nanos, values, journeys)
                : new Ints(at(nanos, order), at(values, order), at(journeys, order));
    }

    private static int @Nullable [] order(long[] nanos) {
        return TimeOrder.holds(nanos) ? null : TimeOrder.of(nanos);
    }

    private static long[] at(long[] of, int[] order) {
        return Arrays.stream(order).mapToLong(i -> of[i]).toArray();
    }

    private static int[] at(int[] of, int[] order) {
        return Arrays.stream(order).map(i -> of[i]).toArray();
    }

    /** Beside values in an array; a method for each kind of array, so that a loop over values stays fast. */
    abstract class Kept implements Samples {
        private final long[] when;
        private final int[] journeys;

        private Kept(long[] when, int[] journeys) {
            this.when = when;
            this.journeys = journeys;
        }

        @Override
        public final int size() {
            return when.length;
        }

        @Override
        public final long nanos(int index) {
            return when[index];
        }

        @Override
        public final int journey(int index) {
            return journeys[index];
        }
    }

    /** Values of eight bytes. */
    final class Longs extends Kept {
        private final long[] values;

        private Longs(long[] when, long[] values, int[] journeys) {
            super(when, journeys);
            this.values = values;
        }

        @Override
        public long value(int index) {
            return values[index];
        }
    }

    /** Values of four bytes. */
    final class Ints extends Kept {
        private final int[] values;

        private Ints(long[] when, int[] values, int[] journeys) {
            super(when, journeys);
            this.values = values;
        }

        @Override
        public long value(int index) {
            return values[index];
        }
    }
}
