package phalanx.stitch;

import java.util.Arrays;

/** Open-addressing map from a 64-bit key to a non-negative int, without boxing. One thread. */
final class KeyTable {
    private static final int EMPTY = -1;

    private long[] keys = new long[1 << 12];
    private int[] values = empty(1 << 12);
    private int size;

    /** @return the value that was there before, or -1 when {@code value} is now the key's first */
    int putIfAbsent(long key, int value) {
        if (2 * size > keys.length) {
            grow();
        }
        int slot = slotOf(key);
        if (values[slot] != EMPTY) {
            return values[slot];
        }
        keys[slot] = key;
        values[slot] = value;
        size++;
        return EMPTY;
    }

    private int slotOf(long key) {
        int slot = (int) (PacketKeys.mix(key) >>> 33) & (keys.length - 1);
        while (values[slot] != EMPTY && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = empty(oldKeys.length * 2);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != EMPTY) {
                int slot = slotOf(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    private static int[] empty(int length) {
        int[] array = new int[length];
        Arrays.fill(array, EMPTY);
        return array;
    }
}
