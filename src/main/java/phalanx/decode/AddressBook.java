package phalanx.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import phalanx.net.IpAddress;

/** Numbers addresses as they appear; looking one up again does not allocate. One thread while it is filled. */
final class AddressBook {
    private final List<IpAddress> addresses = new ArrayList<>();
    private long[] highs = new long[256];
    private long[] lows = new long[256];
    private int[] slots = empty(512);

    int indexOf(boolean v6, long high, long low) {
        int slot = slot(v6, high, low);
        while (slots[slot] >= 0) {
            int index = slots[slot];
            if (highs[index] == high
                    && lows[index] == low
                    && (addresses.get(index).version() == 6) == v6) {
                return index;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        int index = addresses.size();
        if (index == highs.length) {
            grow();
            slot = slot(v6, high, low);
            while (slots[slot] >= 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
        }
        addresses.add(v6 ? IpAddress.v6(high, low) : IpAddress.v4((int) low));
        highs[index] = high;
        lows[index] = low;
        slots[slot] = index;
        return index;
    }

    IpAddress address(int index) {
        return addresses.get(index);
    }

    int size() {
        return addresses.size();
    }

    private int slot(boolean v6, long high, long low) {
        long mixed = (high * 0x9E3779B97F4A7C15L ^ low) * 0xBF58476D1CE4E5B9L + (v6 ? 1 : 0);
        return (int) (mixed >>> 33) & (slots.length - 1);
    }

    private void grow() {
        highs = Arrays.copyOf(highs, highs.length * 2);
        lows = Arrays.copyOf(lows, lows.length * 2);
        slots = empty(slots.length * 2);
        for (int index = 0; index < addresses.size(); index++) {
            int slot = slot(addresses.get(index).version() == 6, highs[index], lows[index]);
            while (slots[slot] >= 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = index;
        }
    }

    private static int[] empty(int length) {
        int[] array = new int[length];
        Arrays.fill(array, -1);
        return array;
    }
}
