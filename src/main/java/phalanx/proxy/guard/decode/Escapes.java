package phalanx.proxy.guard.decode;

import java.nio.charset.StandardCharsets;

/**
 * Undoes what a browser or a script would undo: character references of HTML and the backslash escapes of JavaScript and CSS; finds
 * base64 where a text plainly is that. Takes and gives lower case but for base64. Linear. Any thread.
 */
public final class Escapes {
    /** Named character references that stand for what attacks are made of (HTML Living Standard, section 13.5). */
    private static final byte[][] NAMES = names(
            "lt<",
            "gt>",
            "amp&",
            "quot\"",
            "apos'",
            "tab\t",
            "newline\n",
            "colon:",
            "lpar(",
            "rpar)",
            "sol/",
            "semi;",
            "nbsp ",
            "lcub{",
            "rcub}",
            "dollar$",
            "bsol\\",
            "grave`",
            "period.",
            "equals=",
            "lsqb[",
            "rsqb]",
            "num#");

    private static final int LONGEST_NAME = 7;
    private static final int SHORTEST_BASE64 = 10;
    private static final int LONGEST_BASE64 = 8192;

    private Escapes() {}

    private static byte[][] names(String... texts) {
        byte[][] all = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            all[i] = texts[i].getBytes(StandardCharsets.US_ASCII);
        }
        return all;
    }

    /** Writes a text with its escapes undone; false when there were none. */
    public static boolean undo(Text in, Text out) {
        out.clear();
        byte[] octets = in.octets();
        int length = in.length();
        boolean changed = false;
        for (int i = 0; i < length; i++) {
            int used = switch (octets[i]) {
                case '&' -> reference(octets, i, length, out);
                case '\\' -> escape(octets, i, length, out);
                default -> 0;
            };
            if (used == 0) {
                out.add(octets[i]);
            } else {
                changed = true;
                i += used - 1;
            }
        }
        return changed;
    }

    /** Adds a text with its character references undone: what a parser of XML hands on (XML 1.0 section 4.1). */
    public static void references(byte[] octets, int from, int to, Text out) {
        for (int i = from; i < to; ) {
            int run = i;
            while (i < to && octets[i] != '&') {
                i++;
            }
            out.add(octets, run, i);
            if (i < to) {
                int used = reference(octets, i, to, out);
                if (used == 0) {
                    out.add('&');
                }
                i += Math.max(1, used);
            }
        }
    }

    private static int reference(byte[] octets, int at, int length, Text out) {
        int i = at + 1;
        if (i < length && octets[i] == '#') {
            boolean hex = i + 1 < length && octets[i + 1] == 'x';
            i += hex ? 2 : 1;
            int digits = i;
            int value = 0;
            for (; i < length && i < digits + 10; i++) {
                int digit = Decoding.hex(octets[i]);
                if (digit < 0 || !hex && digit > 9) {
                    break;
                }
                value = Math.min(0x10FFFF, value * (hex ? 16 : 10) + digit);
            }
            if (i == digits) {
                return 0;
            }
            write(value, out);
            return i - at + (i < length && octets[i] == ';' ? 1 : 0);
        }
        int n = 0;
        while (n < LONGEST_NAME && i + n < length && octets[i + n] >= 'a' && octets[i + n] <= 'z') {
            n++;
        }
        if (n < 2 || i + n >= length || octets[i + n] != ';') {
            return 0;
        }
        for (byte[] name : NAMES) {
            if (name.length == n + 1 && starts(octets, i, name, n)) {
                out.add(name[n]);
                return n + 2;
            }
        }
        return 0;
    }

    private static boolean starts(byte[] octets, int at, byte[] name, int length) {
        for (int i = 0; i < length; i++) {
            if (octets[at + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static int escape(byte[] octets, int at, int length, Text out) {
        int i = at + 1;
        if (i >= length) {
            return 0;
        }
        if (octets[i] == 'n' || octets[i] == 'r') {
            out.add('\n');
            return 2;
        }
        boolean brace = octets[i] == 'u' && i + 1 < length && octets[i + 1] == '{';
        int digits = octets[i] == 'x' ? 2 : octets[i] == 'u' ? brace ? 6 : 4 : 0;
        int radix = digits > 0 ? 16 : 8;
        int start = digits > 0 ? brace ? i + 2 : i + 1 : i;
        int most = digits > 0 ? digits : 3;
        int value = 0;
        int j = start;
        for (; j < length && j < start + most; j++) {
            int digit = Decoding.hex(octets[j]);
            if (digit < 0 || digit >= radix) {
                break;
            }
            value = value * radix + digit;
        }
        boolean whole = digits > 0 ? brace ? j > start : j == start + most : j >= start + 2;
        if (!whole || value < 9 || digits == 0 && value > 0x7E) {
            return 0;
        }
        write(value, out);
        return j - at + (brace && j < length && octets[j] == '}' ? 1 : 0);
    }

    private static void write(int value, Text out) {
        if (value < 0x80) {
            out.add(value >= 'A' && value <= 'Z' ? value | 0x20 : value);
        } else if (value >= 0xFF01 && value <= 0xFF5E) {
            out.add(value - 0xFEE0);
        } else {
            out.add('?'); // a letter of another script: nothing that the rules look for
        }
    }

    /** Writes what a base64 text stands for, folded to lower case; false unless it plainly is one that holds text. */
    public static boolean base64(byte[] octets, int start, int end, Text out) {
        int length = end - start;
        if (length < SHORTEST_BASE64 || length > LONGEST_BASE64) {
            return false;
        }
        out.clear();
        int bits = 0;
        int have = 0;
        int others = 0;
        for (int i = start; i < end; i++) {
            int digit = digit(octets[i]);
            if (digit < 0) {
                if (octets[i] == '=' && i >= end - 2) {
                    break;
                }
                return false;
            }
            bits = bits << 6 | digit;
            have += 6;
            if (have >= 8) {
                have -= 8;
                int c = bits >>> have & 0xFF;
                others += c >= 32 && c < 127 || c == '\n' || c == '\r' || c == '\t' ? 0 : 1;
                if (others > 1 + out.length() / 10) {
                    return false;
                }
                out.add(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
            }
        }
        return true;
    }

    private static int digit(byte c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return switch (c) {
            case '+', '-' -> 62;
            case '/', '_' -> 63;
            default -> -1;
        };
    }
}
