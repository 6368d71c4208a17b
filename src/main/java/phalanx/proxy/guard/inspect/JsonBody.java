package phalanx.proxy.guard.inspect;

import phalanx.proxy.guard.decode.Decoding;
import phalanx.proxy.guard.decode.Text;
import phalanx.proxy.guard.rules.Place;

/** Takes the strings and names of JSON (RFC 8259) to an inspector: one pass, without recursion. One thread. */
final class JsonBody {
    private static final int DEEPEST = 200;

    private final Inspector inspector;
    private final HeadWalk heads;
    private final Text value = new Text();
    private final Text name = new Text();

    JsonBody(Inspector inspector, HeadWalk heads) {
        this.inspector = inspector;
        this.heads = heads;
    }

    /**
     * Takes what is JSON to the inspector; what is not is left to be read otherwise, so that nothing is looked at twice.
     *
     * @param whole whether this is all of the body, which must then end as JSON does
     * @return whether it is JSON
     */
    boolean look(byte[] octets, int length, boolean whole) {
        if (!isJson(octets, length, whole)) {
            return false;
        }
        inspector.named(octets, 0, 0);
        name.clear();
        for (int i = 0; i < length; i++) {
            if (octets[i] == '}') { // what comes next is in no argument of this name
                name.clear();
                inspector.named(name.octets(), 0, 0);
            }
            if (octets[i] != '"') {
                continue;
            }
            int close = closing(octets, i + 1, length);
            int end = close < 0 ? length : close;
            unescape(octets, i + 1, end);
            if (colon(octets, end + 1, length)) {
                name.clear();
                name.add(value.octets(), 0, value.length());
                inspector.named(name.octets(), 0, name.length());
                heads.name(name.octets(), 0, name.length(), false);
            } else {
                inspector.plain(Place.BODY, value.octets(), 0, value.length());
            }
            i = end;
        }
        return true;
    }

    private static boolean isJson(byte[] octets, int length, boolean whole) {
        int depth = 0;
        boolean any = false;
        for (int i = 0; i < length; i++) {
            switch (octets[i]) {
                case '{', '[' -> {
                    depth++;
                    any = true;
                }
                case '}', ']' -> depth--;
                case '"' -> {
                    int close = closing(octets, i + 1, length);
                    if (close < 0) {
                        return !whole;
                    }
                    i = close;
                    any = true;
                }
                case ' ',
                        '\t',
                        '\n',
                        '\r',
                        ',',
                        ':',
                        '-',
                        '+',
                        '.',
                        '0',
                        '1',
                        '2',
                        '3',
                        '4',
                        '5',
                        '6',
                        '7',
                        '8',
                        '9',
                        'e',
                        'E',
                        't',
                        'r',
                        'u',
                        'f',
                        'a',
                        'l',
                        's',
                        'n' -> {}
                default -> {
                    return false;
                }
            }
            if (depth < 0 || depth > DEEPEST) {
                return false;
            }
        }
        return any && (depth == 0 || !whole);
    }

    /** The place of a string's closing quote, -1 where it has none. */
    private static int closing(byte[] octets, int from, int length) {
        for (int i = from; i < length; i++) {
            if (octets[i] == '"') {
                return i;
            }
            i += octets[i] == '\\' ? 1 : 0;
        }
        return -1;
    }

    private void unescape(byte[] octets, int from, int end) {
        value.clear();
        int i = from;
        while (i < end) {
            int run = i;
            while (i < end && octets[i] != '\\') {
                i++;
            }
            value.add(octets, run, i);
            if (i + 1 >= end) {
                value.add(octets, i, end);
                return;
            }
            byte escaped = octets[i + 1];
            i += 2;
            switch (escaped) {
                case 'n' -> value.add('\n');
                case 't' -> value.add('\t');
                case 'r' -> value.add('\r');
                case 'b', 'f' -> value.add(' ');
                case 'u' -> {
                    int unit = i + 3 < end
                            ? Decoding.hex(octets[i]) << 12
                                    | Decoding.hex(octets[i + 1]) << 8
                                    | Decoding.hex(octets[i + 2]) << 4
                                    | Decoding.hex(octets[i + 3])
                            : -1;
                    if (unit < 0) {
                        value.add('u');
                    } else {
                        Decoding.character(unit, value);
                        i += 4;
                    }
                }
                default -> value.add(escaped);
            }
        }
    }

    private static boolean colon(byte[] octets, int from, int length) {
        int i = from;
        while (i < length && octets[i] <= ' ' && octets[i] >= 0) {
            i++;
        }
        return i < length && octets[i] == ':';
    }
}
