package phalanx.proxy.guard.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Octets that are written anew for each value that is looked at; its array grows and stays. One thread. */
public final class Text {
    private byte[] octets = new byte[1024];
    private int length;
    private int oddities;

    /** A byte of value 0 stood in it. */
    public static final int NUL = 1;
    /** ASCII was written in more octets than UTF-8 allows (RFC 3629 section 3). */
    public static final int OVERLONG = 2;
    /** Its percent signs were encoded in turn. */
    public static final int TWICE = 4;
    /** A percent sign that encodes nothing. */
    public static final int STRAY_PERCENT = 8;
    /** {@code %uXXXX} was used, which no standard has. */
    public static final int PERCENT_U = 16;

    /** The octets; those before {@link #length} count. Not to be kept. */
    public byte[] octets() {
        return octets;
    }

    public int length() {
        return length;
    }

    /** What was strange about how it was written: {@link #NUL} and the others. */
    public int oddities() {
        return oddities;
    }

    /** Whether it was written strangely in this way. */
    public boolean odd(int oddity) {
        return (oddities & oddity) != 0;
    }

    public void clear() {
        length = 0;
        oddities = 0;
    }

    void odd(boolean is, int oddity) {
        if (is) {
            oddities |= oddity;
        }
    }

    public void add(int octet) {
        if (length == octets.length) {
            octets = Arrays.copyOf(octets, length * 2);
        }
        octets[length++] = (byte) octet;
    }

    public void add(byte[] from, int start, int end) {
        room(end - start);
        System.arraycopy(from, start, octets, length, end - start);
        length += end - start;
    }

    /** Adds a text of octets, one a character. */
    public void add(String text, int start, int end) {
        room(end - start);
        for (int i = start; i < end; i++) {
            octets[length++] = (byte) text.charAt(i);
        }
    }

    private void room(int more) {
        if (length + more > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(length + more, octets.length * 2));
        }
    }

    void cut(int to) {
        length = to;
    }

    /** Whether another one holds the same octets. */
    public boolean same(Text other) {
        return Arrays.equals(octets, 0, length, other.octets, 0, other.length);
    }

    @Override
    public String toString() {
        return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
    }
}
