package phalanx.measure;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** A growing list of ints, without boxing. One thread. */
final class IntList {
    private int[] items = new int[16];
    private int size;

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

    int[] toArray() {
        return Arrays.copyOf(items, size);
    }
}
