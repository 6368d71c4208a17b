package phalanx.decode.filter;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of one field in one frame; reused from frame to frame. One thread. */
public final class FieldValues {
    private long[] highs = new long[4];
    private long[] lows = new long[4];
    private @Nullable Object[] objects = new @Nullable Object[4];
    private int size;

    /** Bytes of the frame, or of what was put together from several. */
    record Slice(byte[] bytes, int start, int end) {
        int length() {
            return end - start;
        }
    }

    /** Forgets all values. */
    public void reset() {
        clear();
    }

    /** How many values there are. */
    public int count() {
        return size;
    }

    /** A value that was added as a number. */
    public long number(int index) {
        return lows[index];
    }

    /** A value that was added as a text. */
    public String text(int index) {
        return String.valueOf(objects[index]);
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    private int next() {
        if (size == lows.length) {
            highs = Arrays.copyOf(highs, size * 2);
            lows = Arrays.copyOf(lows, size * 2);
            objects = Arrays.copyOf(objects, size * 2);
        }
        objects[size] = null;
        return size++;
    }

    /** A number: unsigned integer, boolean as 0 or 1, IPv4 or Ethernet address, nanoseconds. */
    public void add(long value) {
        int at = next();
        lows[at] = value;
    }

    /** A boolean. */
    public void add(boolean value) {
        add(value ? 1 : 0);
    }

    /** An IPv6 address. */
    public void add(long high, long low) {
        int at = next();
        highs[at] = high;
        lows[at] = low;
    }

    /** A text. */
    public void add(String text) {
        int at = next();
        objects[at] = text;
    }

    /** Bytes from {@code start} up to {@code end}; nothing when there are none. */
    public void add(byte[] bytes, int start, int end) {
        if (start <= end) {
            int at = next();
            objects[at] = new Slice(bytes, start, end);
        }
    }

    long high(int index) {
        return highs[index];
    }

    long low(int index) {
        return lows[index];
    }

    @Nullable
    Object object(int index) {
        return objects[index];
    }

    /** Another number in an address's or text's place. */
    void replace(int index, long value) {
        lows[index] = value;
    }

    void replace(int index, Object value) {
        objects[index] = value;
    }
}
