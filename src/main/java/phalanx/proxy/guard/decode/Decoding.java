package phalanx.proxy.guard.decode;

/**
 * Undoes what a server might undo: percent-encoding up to three times over, {@code %uXXXX}, overlong UTF-8 and full-width letters. All is
 * folded to lower case. Linear in the length of the text. Any thread.
 */
public final class Decoding {
    private static final int MOST_ROUNDS = 3;

    private Decoding() {}

    /**
     * Writes a value decoded.
     *
     * @param plus whether a plus stands for a space, as in forms
     */
    public static void percent(byte[] from, int start, int end, boolean plus, Text out) {
        out.clear();
        boolean again = once(from, start, end, plus, out);
        for (int round = 1; again && round < MOST_ROUNDS; round++) {
            int length = out.length();
            out.cut(0); // what is written never overtakes what is read
            again = once(out.octets(), 0, length, false, out);
            out.odd(out.length() < length, Text.TWICE);
        }
        fold(out);
    }

    /** Writes a value whose percent signs mean themselves. */
    public static void plain(byte[] from, int start, int end, Text out) {
        out.clear();
        out.add(from, start, end);
        fold(out);
    }

    /** Whether what was written holds something that looks encoded still. */
    private static boolean once(byte[] from, int start, int end, boolean plus, Text out) {
        boolean again = false;
        for (int i = start; i < end; i++) {
            int plain = i;
            while (i < end && from[i] != '%' && !(plus && from[i] == '+')) {
                i++;
            }
            out.add(from, plain, i);
            if (i == end) {
                break;
            }
            if (from[i] == '+') {
                out.add(' ');
            } else {
                int value = i + 2 < end ? hex(from[i + 1]) << 4 | hex(from[i + 2]) : -1;
                if (value >= 0) {
                    out.add(value);
                    i += 2;
                    again |= value == '%';
                    again |= afterPercent(out, value);
                } else if (i + 5 < end && (from[i + 1] | 0x20) == 'u') {
                    int unit =
                            hex(from[i + 2]) << 12 | hex(from[i + 3]) << 8 | hex(from[i + 4]) << 4 | hex(from[i + 5]);
                    if (unit < 0) {
                        out.add('%');
                        out.odd(true, Text.STRAY_PERCENT);
                    } else {
                        character(unit, out);
                        out.odd(true, Text.PERCENT_U);
                        i += 5;
                    }
                } else {
                    out.add('%');
                    out.odd(true, Text.STRAY_PERCENT);
                }
            }
        }
        return again;
    }

    /** Whether a decoded octet completes what another round would decode: {@code %2} and {@code %66}. */
    private static boolean afterPercent(Text out, int value) {
        int n = out.length();
        return hex((byte) value) >= 0 && (n > 1 && out.octets()[n - 2] == '%' || n > 2 && out.octets()[n - 3] == '%');
    }

    /** Writes a UTF-16 unit as UTF-8; ASCII in full width as ASCII. */
    public static void character(int unit, Text out) {
        if (unit < 0x80) {
            out.add(unit);
        } else if (unit >= 0xFF01 && unit <= 0xFF5E) { // full-width forms of ASCII
            out.add(unit - 0xFEE0);
        } else if (unit == 0x2215
                || unit == 0x2216
                || unit == 0xF025
                || unit == 0xEFC8) { // what best-fit tables turn into a slash
            out.add(unit == 0x2216 ? '\\' : '/');
        } else if (unit < 0x100) {
            out.add(unit);
        } else {
            out.add(0xE0 | unit >> 12);
            out.add(0x80 | unit >> 6 & 0x3F);
            out.add(0x80 | unit & 0x3F);
        }
    }

    /** Lower case, ASCII where it was written in too many octets, no NUL. In place. */
    private static void fold(Text text) {
        byte[] octets = text.octets();
        int length = text.length();
        int to = 0;
        for (int i = 0; i < length; i++) {
            int c = octets[i];
            if (c > 0) {
                octets[to++] = (byte) (c >= 'A' && c <= 'Z' ? c | 0x20 : c);
                continue;
            }
            if (c == 0) {
                text.odd(true, Text.NUL);
                continue;
            }
            int used = shortened(octets, i, length);
            if (used == 0) {
                octets[to++] = (byte) c;
            } else {
                int ascii = octets[i + used - 1] & (used == 2 && octets[i + 1] > 0 ? 0x7F : 0x3F);
                if (used == 2) {
                    ascii |= octets[i + 1] > 0 ? 0 : (c & 1) << 6;
                } else {
                    int unit = (c & 0x0F) << 12 | (octets[i + used - 2] & 0x3F) << 6 | octets[i + used - 1] & 0x3F;
                    boolean wide = (c & 0xFF) == 0xEF;
                    ascii = wide ? unit - 0xFEE0 : unit & 0x7F;
                    text.odd(!wide, Text.OVERLONG);
                }
                text.odd(used == 2, Text.OVERLONG);
                octets[to++] = (byte) (ascii >= 'A' && ascii <= 'Z' ? ascii | 0x20 : ascii);
                i += used - 1;
            }
        }
        text.cut(to);
    }

    /** How many octets from here stand for one character of ASCII, 0 where they do not. */
    private static int shortened(byte[] octets, int at, int length) {
        int first = octets[at] & 0xFF;
        int second = at + 1 < length ? octets[at + 1] & 0xFF : 0;
        if (first == 0xC0 || first == 0xC1) { // RFC 3629 section 4 has neither
            return second >= 0x80 && second < 0xC0 || second == '.' || second == '/' || second == '\\' ? 2 : 0;
        }
        int third = at + 2 < length ? octets[at + 2] & 0xFF : 0;
        if (first == 0xE0 && (second == 0x80 || second == 0x81) && third >= 0x80 && third < 0xC0) {
            return 3;
        }
        if (first == 0xEF && (second == 0xBC && third >= 0x81 || second == 0xBD && third >= 0x80 && third <= 0x9E)) {
            return 3;
        }
        int fourth = at + 3 < length ? octets[at + 3] & 0xFF : 0;
        if (first == 0xF0 && second == 0x80 && (third == 0x80 || third == 0x81) && fourth >= 0x80 && fourth < 0xC0) {
            return 4;
        }
        return 0;
    }

    /** The value of a hexadecimal digit; -1 for none, which shifted and joined stays below 0. */
    public static int hex(byte c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
