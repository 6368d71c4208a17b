package phalanx.measure;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** A growing list of ints, without boxing. One thread. */
final class IntList {
    private int[] items;
    private int size;

    IntList() {
        this(16);
    }

    /** @param expected how many there will be at the most; more are welcome */
    IntList(int expected) {
        items = new int[Math.max(1, expected)];
    }

    void add(int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
        }
        items[size++] = item;
    }

    int size() {
        return size;
    }

    long count(IntPredicate wanted) {
        return Arrays.stream(items, 0, size).filter(wanted).count();
    }

    /** Not to be changed. */
    int[] toArray() {
        return size == items.length ? items : Arrays.copyOf(items, size);
    }
}
