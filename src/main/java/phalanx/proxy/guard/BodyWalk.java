package phalanx.proxy.guard;

import java.util.List;
import java.util.Locale;
import phalanx.proxy.guard.decode.Decoding;
import phalanx.proxy.guard.decode.Text;
import phalanx.proxy.guard.detect.Signal;
import phalanx.proxy.guard.rules.Place;

/**
 * Takes a body to an inspector, value by value, as its type has them: forms, their multipart kind (RFC 7578), JSON (RFC 8259), XML, any
 * other text as one. What cannot be read as its type says is looked at as one text, too. Linear. One thread.
 */
final class BodyWalk {
    private static final int DEEPEST = 200;
    private static final List<String> MULTIPART =
            List.of("multipart/form-data", "multipart/related", "multipart/mixed", "multipart/alternative");

    private final Inspector inspector;
    private final HeadWalk heads;
    private final Text value = new Text();
    private final Text name = new Text();

    BodyWalk(Inspector inspector, HeadWalk heads) {
        this.inspector = inspector;
        this.heads = heads;
    }

    /** @param type the Content-Type field's value, empty for none */
    void body(String type, byte[] octets, int length) {
        if (contains(type, "x-www-form-urlencoded")) {
            heads.pairs(Place.BODY, octets, 0, length);
        } else if (contains(type, "multipart/")) {
            multipart(type, boundary(type), octets, length);
        } else if (contains(type, "json")) {
            if (!json(octets, length)) {
                inspector.note(Place.BODY, Signal.JSON_ODD, octets, 0, Math.min(length, 40));
                text(octets, 0, length);
            }
        } else if (contains(type, "xml")) {
            xml(octets, length);
        } else if (paired(octets, length)) { // a form that does not say so
            heads.pairs(Place.BODY, octets, 0, length);
        } else {
            text(octets, 0, length);
        }
    }

    private static boolean paired(byte[] octets, int length) {
        for (int i = 0; i < length && i < 64; i++) {
            byte c = octets[i];
            if (c == '=') {
                return i > 0;
            }
            if (!(c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '_'
                    || c == '-'
                    || c == '.'
                    || c == '['
                    || c == ']'
                    || c == '%')) {
                return false;
            }
        }
        return false;
    }

    private static boolean contains(String text, String part) {
        int last = text.length() - part.length();
        for (int i = 0; i <= last; i++) {
            if (text.regionMatches(true, i, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }

    private void text(byte[] octets, int from, int to) {
        inspector.named(octets, 0, 0);
        inspector.plain(Place.BODY, octets, from, to);
    }

    // Parts of a form.

    private static String boundary(String type) {
        int at = type.toLowerCase(Locale.ROOT).indexOf("boundary=");
        if (at < 0) {
            return "";
        }
        String rest = type.substring(at + 9).strip();
        if (rest.startsWith("\"")) {
            int close = rest.indexOf('"', 1);
            return close < 0 ? rest.substring(1) : rest.substring(1, close);
        }
        int end = rest.indexOf(';');
        return (end < 0 ? rest : rest.substring(0, end)).strip();
    }

    private void multipart(String type, String boundary, byte[] octets, int length) {
        if (MULTIPART.stream().noneMatch(known -> contains(type, known))) {
            inspector.note(Place.REQUEST, Signal.CONTENT_TYPE_ODD, octets, 0, 0);
        }
        int at = boundary.isEmpty() ? -1 : delimiter(boundary, octets, 0, length);
        if (at < 0) {
            inspector.note(Place.BODY, Signal.MULTIPART_ODD, octets, 0, Math.min(length, 40));
            text(octets, 0, length);
            return;
        }
        boolean closed = false;
        while (at >= 0) {
            int start = at + boundary.length() + 2;
            if (start + 1 < length && octets[start] == '-' && octets[start + 1] == '-') {
                closed = true;
                break;
            }
            int next = delimiter(boundary, octets, start, length);
            part(octets, start, next < 0 ? length : next);
            at = next;
        }
        if (!closed) {
            inspector.note(Place.BODY, Signal.MULTIPART_ODD, octets, Math.max(0, length - 40), length);
        }
    }

    private static int delimiter(String boundary, byte[] octets, int from, int length) {
        int last = length - boundary.length() - 2;
        for (int i = from; i <= last; i++) {
            if (octets[i] == '-'
                    && octets[i + 1] == '-'
                    && (i == 0 || octets[i - 1] == '\n')
                    && same(octets, i + 2, boundary)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean same(byte[] octets, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (octets[at + i] != (byte) text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void part(byte[] octets, int from, int to) {
        int line = lineEnd(octets, from, to) + 1;
        boolean file = false;
        inspector.named(octets, 0, 0);
        while (line < to) {
            int end = lineEnd(octets, line, to);
            int visible = end > line && octets[end - 1] == '\r' ? end - 1 : end;
            if (visible == line) {
                line = end + 1;
                break;
            }
            file |= partField(octets, line, visible);
            line = end + 1;
        }
        int end = to;
        end -= end > line && octets[end - 1] == '\n' ? 1 : 0;
        end -= end > line && octets[end - 1] == '\r' ? 1 : 0;
        if (line < end) {
            if (file) {
                inspector.literals(Place.FILE, octets, line, end);
            } else {
                inspector.plain(Place.BODY, octets, line, end);
            }
        }
    }

    private static int lineEnd(byte[] octets, int from, int to) {
        int i = from;
        while (i < to && octets[i] != '\n') {
            i++;
        }
        return i;
    }

    /** A field of a part; whether it names a file. */
    private boolean partField(byte[] octets, int from, int to) {
        inspector.literals(Place.HEADER, octets, from, to);
        if (!HeadWalk.starts(octets, from, to, "content-disposition")) {
            if (HeadWalk.starts(octets, from, to, "content-transfer-encoding")
                    || HeadWalk.starts(octets, from, to, "content-type") && charset(octets, from, to)) {
                inspector.note(Place.BODY, Signal.MULTIPART_ODD, octets, from, to);
            }
            return false;
        }
        boolean file = false;
        for (int i = from; i < to; i++) {
            if (HeadWalk.starts(octets, i, to, "filename")) {
                file = true;
                int start = afterEquals(octets, i, to);
                oddName(octets, start, end(octets, start, to));
                inspector.encoded(Place.FILE, octets, start, end(octets, start, to), false);
                i = end(octets, start, to);
            } else if (HeadWalk.starts(octets, i, to, "name=")) {
                int start = afterEquals(octets, i, to);
                int end = end(octets, start, to);
                oddName(octets, start, end);
                inspector.named(octets, start, end);
                heads.name(octets, start, end, false);
                i = end;
            }
        }
        return file;
    }

    /** Signs that end a parameter for some readers and not for others. */
    private void oddName(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets[i] == ';' || octets[i] == '"' || octets[i] == '\\' || octets[i] == '=' && i + 1 < to) {
                inspector.note(Place.BODY, Signal.MULTIPART_ODD, octets, from, to);
                return;
            }
        }
    }

    private static boolean charset(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (HeadWalk.starts(octets, i, to, "charset=")) {
                return !HeadWalk.starts(octets, i + 8, to, "utf-8")
                        && !HeadWalk.starts(octets, i + 8, to, "iso-8859-1");
            }
        }
        return false;
    }

    private static int afterEquals(byte[] octets, int from, int to) {
        int i = from;
        while (i < to && octets[i] != '=') {
            i++;
        }
        i = Math.min(to, i + 1);
        return i < to && octets[i] == '"' ? i + 1 : i;
    }

    private static int end(byte[] octets, int from, int to) {
        boolean quoted = from > 0 && octets[from - 1] == '"';
        int i = from;
        while (i < to && (quoted ? octets[i] != '"' || i + 1 < to && octets[i + 1] != ';' : octets[i] != ';')) {
            i++;
        }
        return i;
    }

    // JSON: one pass, without recursion; strings are values, and names before a colon.

    private boolean json(byte[] octets, int length) {
        int depth = 0;
        boolean any = false;
        inspector.named(octets, 0, 0);
        name.clear();
        for (int i = 0; i < length; i++) {
            switch (octets[i]) {
                case '{', '[' -> {
                    depth++;
                    any = true;
                }
                case '}', ']' -> depth--;
                case '"' -> {
                    int end = string(octets, i + 1, length);
                    if (end < 0) {
                        return false;
                    }
                    i = end;
                    any = true;
                    if (colon(octets, end + 1, length)) {
                        name.clear();
                        name.add(value.octets(), 0, value.length());
                        inspector.named(name.octets(), 0, name.length());
                        heads.name(name.octets(), 0, name.length(), false);
                    } else {
                        inspector.plain(Place.BODY, value.octets(), 0, value.length());
                    }
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
        return depth == 0 && any;
    }

    /** Unescapes a string; the place of its closing quote, -1 where it has none. */
    private int string(byte[] octets, int from, int length) {
        value.clear();
        int i = from;
        while (i < length) {
            byte c = octets[i++];
            if (c == '"') {
                return i - 1;
            }
            if (c != '\\' || i == length) {
                value.add(c);
                continue;
            }
            byte escaped = octets[i++];
            switch (escaped) {
                case 'n' -> value.add('\n');
                case 't' -> value.add('\t');
                case 'r' -> value.add('\r');
                case 'b', 'f' -> value.add(' ');
                case 'u' -> {
                    int unit = i + 3 < length
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
        return -1;
    }

    private static boolean colon(byte[] octets, int from, int length) {
        int i = from;
        while (i < length && octets[i] <= ' ' && octets[i] >= 0) {
            i++;
        }
        return i < length && octets[i] == ':';
    }

    // XML: its text and its attributes' values; what declares or includes more is for the rules.

    private void xml(byte[] octets, int length) {
        inspector.named(octets, 0, 0);
        inspector.literals(Place.XML, octets, 0, length);
        int start = 0;
        boolean tag = false;
        for (int i = 0; i < length; i++) {
            byte c = octets[i];
            if (!tag && HeadWalk.starts(octets, i, length, "<![cdata[")) {
                int end = i + 9;
                while (end + 2 < length && !(octets[end] == ']' && octets[end + 1] == ']' && octets[end + 2] == '>')) {
                    end++;
                }
                inspector.plain(Place.BODY, octets, i + 9, Math.min(end, length));
                i = Math.min(length - 1, end + 2);
                start = i + 1;
            } else if (!tag && c == '<') {
                content(octets, start, i);
                tag = true;
            } else if (tag && (c == '"' || c == '\'')) {
                int end = i + 1;
                while (end < length && octets[end] != c) {
                    end++;
                }
                content(octets, i + 1, end);
                i = end;
            } else if (tag && c == '>') {
                tag = false;
                start = i + 1;
            }
        }
        if (!tag) {
            content(octets, start, length);
        }
    }

    private void content(byte[] octets, int from, int to) {
        int start = from;
        while (start < to && octets[start] <= ' ' && octets[start] >= 0) {
            start++;
        }
        if (start < to) {
            inspector.plain(Place.BODY, octets, start, to);
        }
    }
}
