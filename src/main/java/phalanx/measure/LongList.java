package phalanx.measure;

import java.util.Arrays;

/** A growing list of longs, without boxing. One thread. */
final class LongList {
    private long[] items;
    private int size;

    LongList() {
        this(16);
    }

    /** @param expected how many there will be at the most; more are welcome */
    LongList(int expected) {
        items = new long[Math.max(1, expected)];
    }

    void add(long item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
        }
        items[size++] = item;
    }

    int size() {
        return size;
    }

    /** Not to be changed. */
    long[] toArray() {
        return size == items.length ? items : Arrays.copyOf(items, size);
    }
}
