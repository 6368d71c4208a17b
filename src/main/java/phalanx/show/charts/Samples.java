package phalanx.show.charts;

import java.util.Arrays;
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
        private boolean sorted = true;

        void add(long when, long value, int journey) {
            if (size == nanos.length) {
                int room = Math.addExact(size, size / 2);
                nanos = Arrays.copyOf(nanos, room);
                values = Arrays.copyOf(values, room);
                journeys = Arrays.copyOf(journeys, room);
            }
            sorted &= size == 0 || when >= nanos[size - 1];
            nanos[size] = when;
            values[size] = value;
            journeys[size++] = journey;
        }

        Samples build() {
            boolean full = size == nanos.length;
            return of(
                    full ? nanos : Arrays.copyOf(nanos, size),
                    full ? values : Arrays.copyOf(values, size),
                    full ? journeys : Arrays.copyOf(journeys, size),
                    sorted);
        }
    }

    /** The values in those arrays, which are not to be changed any more; copied when they are not in the order of time. */
    static Samples of(long[] nanos, long[] values, int[] journeys) {
        boolean sorted = true;
        for (int i = 1; i < nanos.length && sorted; i++) {
            sorted = nanos[i] >= nanos[i - 1];
        }
        return of(nanos, values, journeys, sorted);
    }

    private static Samples of(long[] nanos, long[] values, int[] journeys, boolean sorted) {
        if (sorted) {
            return new Kept(nanos, values, journeys);
        }
        int[] order = TimeOrder.of(nanos);
        long[] sortedNanos = new long[order.length];
        long[] sortedValues = new long[order.length];
        int[] sortedJourneys = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            sortedNanos[i] = nanos[order[i]];
            sortedValues[i] = values[order[i]];
            sortedJourneys[i] = journeys[order[i]];
        }
        return new Kept(sortedNanos, sortedValues, sortedJourneys);
    }

    /** Values in arrays. */
    record Kept(long[] when, long[] values, int[] journeys) implements Samples {
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
            return values[index];
        }

        @Override
        public int journey(int index) {
            return journeys[index];
        }
    }
}
