package phalanx.show.charts;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
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
        private long[] nanos = new long[64];
        private long[] values = new long[64];
        private int[] journeys = new int[64];
        private int size;

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

    /** The values in those arrays, which are not to be changed any more. */
    static Samples of(long[] nanos, long[] values, int[] journeys) {
        return of(nanos, i -> values[i], journeys);
    }

    /** The same with values from elsewhere, by their place in the arrays, which are copied when they are not in the order of time. */
    static Samples of(long[] nanos, IntToLongFunction values, int[] journeys) {
        if (TimeOrder.holds(nanos)) {
            return new Kept(nanos, values, journeys);
        }
        int[] order = TimeOrder.of(nanos);
        return new Kept(
                Arrays.stream(order).mapToLong(i -> nanos[i]).toArray(),
                i -> values.applyAsLong(order[i]),
                Arrays.stream(order).map(i -> journeys[i]).toArray());
    }

    /** Values beside arrays. */
    record Kept(long[] when, IntToLongFunction values, int[] journeys) implements Samples {
        @Override
        public int size() {
            return when.length;
        }

        @Override
        public long nanos(int index) {
            return when[index];
        }

        @Override
        public long value(int index) {
            return values.applyAsLong(index);
        }

        @Override
        public int journey(int index) {
            return journeys[index];
        }
    }
}
