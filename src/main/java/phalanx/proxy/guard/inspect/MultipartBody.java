package phalanx.proxy.guard.inspect;

import java.util.List;
import phalanx.proxy.guard.detect.Signal;
import phalanx.proxy.guard.rules.Place;

/** Takes the parts of a body to an inspector (RFC 7578, RFC 2046 section 5.1). What is no such body is looked at as one text. One thread. */
final class MultipartBody {
    private static final List<String> KNOWN =
            List.of("multipart/form-data", "multipart/related", "multipart/mixed", "multipart/alternative");

    private final Inspector inspector;
    private final HeadWalk heads;

    MultipartBody(Inspector inspector, HeadWalk heads) {
        this.inspector = inspector;
        this.heads = heads;
    }

    /** The boundary that all readers of the type see; empty where there is none, or where readers may see others. */
    private static String boundary(String type) {
        String found = "";
        for (int at = type.indexOf(';'); at >= 0; ) {
            int end = parameterEnd(type, at + 1);
            String parameter = type.substring(at + 1, end);
            int equals = parameter.indexOf('=');
            String name = (equals < 0 ? parameter : parameter.substring(0, equals)).strip();
            if (BodyWalk.contains(name, "boundary")) {
                if (equals < 0 || !found.isEmpty() || !name.equalsIgnoreCase("boundary")) {
                    return "";
                }
                String value = parameter.substring(equals + 1).strip();
                boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                found = quoted ? value.substring(1, value.length() - 1) : value;
            }
            at = end < type.length() ? end : -1;
        }
        return found;
    }

    /** The next semicolon that is in no quotes, or the end. */
    private static int parameterEnd(String type, int from) {
        boolean quoted = false;
        for (int i = from; i < type.length(); i++) {
            char c = type.charAt(i);
            quoted ^= c == '"';
            if (c == ';' && !quoted) {
                return i;
            }
        }
        return type.length();
    }

    /** @param whole whether this is all of the body, which must then end as its kind does */
    void look(String type, byte[] octets, int length, boolean whole) {
        String boundary = boundary(type);
        if (KNOWN.stream().noneMatch(known -> BodyWalk.contains(type, known))) {
            inspector.note(Place.REQUEST, Signal.CONTENT_TYPE_ODD, octets, 0, 0);
        }
        int at = boundary.isEmpty() ? -1 : delimiter(boundary, octets, 0, length);
        if (at < 0) {
            inspector.note(Place.BODY, Signal.MULTIPART_ODD, octets, 0, Math.min(length, 40));
            inspector.named(octets, 0, 0);
            inspector.plain(Place.BODY, octets, 0, length);
            return;
        }
        boolean closed = !whole;
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

    /** Where the next line begins that is nothing but a delimiter; one with more behind it is content for some readers (RFC 2046 section 5.1.1). */
    private int delimiter(String boundary, byte[] octets, int from, int length) {
        int last = length - boundary.length() - 2;
        for (int i = from; i <= last; i++) {
            if (octets[i] == '-'
                    && octets[i + 1] == '-'
                    && (i == 0 || octets[i - 1] == '\n')
                    && same(octets, i + 2, boundary)) {
                if (lineEnds(octets, i + 2 + boundary.length(), length)) {
                    return i;
                }
                inspector.note(Place.BODY, Signal.MULTIPART_ODD, octets, i, Math.min(length, i + 40));
            }
        }
        return -1;
    }

    /** Whether only blanks come before the line's end, or what closes the body and then blanks. */
    private static boolean lineEnds(byte[] octets, int from, int length) {
        int i = from;
        if (i + 1 < length && octets[i] == '-' && octets[i + 1] == '-') {
            i += 2;
        }
        while (i < length && (octets[i] == ' ' || octets[i] == '\t' || octets[i] == '\r')) {
            i++;
        }
        return i >= length || octets[i] == '\n';
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
        int dispositions = 0;
        inspector.named(octets, 0, 0);
        while (line < to) {
            int end = lineEnd(octets, line, to);
            int visible = end > line && octets[end - 1] == '\r' ? end - 1 : end;
            if (visible == line) {
                line = end + 1;
                break;
            }
            file |= partField(octets, line, visible);
            if (isField(octets, line, visible, "content-disposition") && ++dispositions > 1) {
                inspector.note(
                        Place.BODY, Signal.MULTIPART_ODD, octets, line, visible); // readers take one or the other
                file = false;
            }
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
        if (!isField(octets, from, to, "content-disposition")) {
            if (isField(octets, from, to, "content-transfer-encoding")
                    || isField(octets, from, to, "content-type") && charset(octets, from, to)) {
                inspector.note(Place.BODY, Signal.MULTIPART_ODD, octets, from, to);
            }
            return false;
        }
        return disposition(octets, from, to);
    }

    /** Whether a line is a field of this name: what only begins like it is another one. */
    private static boolean isField(byte[] octets, int from, int to, String name) {
        if (!HeadWalk.starts(octets, from, to, name)) {
            return false;
        }
        int at = from + name.length();
        while (at < to && (octets[at] == ' ' || octets[at] == '\t')) {
            at++;
        }
        return at < to && octets[at] == ':';
    }

    /** The parameters (RFC 6266 section 4.1); what one reader may take for a name and another not is odd. */
    private boolean disposition(byte[] octets, int from, int to) {
        boolean file = false;
        int semicolon = from;
        while (semicolon < to && octets[semicolon] != ';') {
            if (octets[semicolon++] == '=') {
                inspector.note(Place.BODY, Signal.MULTIPART_ODD, octets, from, to);
            }
        }
        while (semicolon < to) {
            int name = semicolon + 1;
            while (name < to && octets[name] <= ' ' && octets[name] >= 0) {
                name++;
            }
            int start = afterEquals(octets, name, to);
            int end = end(octets, start, to);
            if (parameter(octets, name, to, "filename=") || parameter(octets, name, to, "filename*=")) {
                file |= end > start; // one without a name is a field for some readers
                oddName(octets, start, end);
                inspector.encoded(Place.FILE, octets, start, end, false);
            } else if (parameter(octets, name, to, "name=")) {
                oddName(octets, start, end);
                inspector.named(octets, start, end);
                heads.name(octets, start, end, false);
            } else if (name < to) {
                inspector.note(Place.BODY, Signal.MULTIPART_ODD, octets, from, to);
            }
            semicolon = end;
            while (semicolon < to && octets[semicolon] != ';') {
                semicolon++;
            }
        }
        return file;
    }

    /** Whether a name stands there, blanks before its sign allowed. */
    private static boolean parameter(byte[] octets, int at, int to, String text) {
        int name = text.length() - 1;
        if (!HeadWalk.starts(octets, at, to, text.substring(0, name))) {
            return false;
        }
        int i = at + name;
        while (i < to && (octets[i] == ' ' || octets[i] == '\t')) {
            i++;
        }
        return i < to && octets[i] == '=';
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
        while (i < to && (octets[i] == ' ' || octets[i] == '\t')) {
            i++;
        }
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
}
