package phalanx.proxy.guard.inspect;

import java.util.List;
import phalanx.proxy.guard.detect.Signal;
import phalanx.proxy.guard.rules.Place;

/** Takes the parts of a body to an inspector (RFC 7578, RFC 2046 section 5.1). What is no such body is looked at as one text. One thread. */
final class MultipartBody {
    private static final String FORM = "multipart/form-data";
    private static final List<String> KNOWN =
            List.of(FORM, "multipart/related", "multipart/mixed", "multipart/alternative");

    private final Inspector inspector;
    private final PartFields fields;

    MultipartBody(Inspector inspector, HeadWalk heads) {
        this.inspector = inspector;
        fields = new PartFields(inspector, heads);
    }

    /** @param whole whether this is all of the body, which must then end as its kind does */
    void look(String type, byte[] octets, int length, boolean whole) {
        String boundary = Boundary.of(type);
        if (KNOWN.stream().noneMatch(known -> BodyWalk.contains(type, known))) {
            inspector.note(Place.REQUEST, Signal.CONTENT_TYPE_ODD, octets, 0, 0);
        }
        int at = boundary.isEmpty() ? -1 : delimiter(boundary, octets, 0, length);
        if (at < 0) {
            odd(octets, 0, Math.min(length, 40));
            inspector.named(octets, 0, 0);
            inspector.plain(Place.BODY, octets, 0, length);
            return;
        }
        boolean form = BodyWalk.contains(type, FORM);
        boolean closed = false;
        while (at >= 0) {
            if (closed) { // PHP goes on to read behind the end
                odd(octets, at, Math.min(length, at + 40));
            }
            int start = at + boundary.length() + 2;
            closed |= start + 1 < length && octets[start] == '-' && octets[start + 1] == '-';
            int next = delimiter(boundary, octets, start, length);
            if (!closed || next >= 0) {
                part(octets, start, next < 0 ? length : next, form);
            }
            at = next;
        }
        if (whole && !closed) {
            odd(octets, Math.max(0, length - 40), length);
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
                boolean delimiter = lineEnds(octets, i + 2 + boundary.length(), length);
                if (!delimiter || i > 0 && (i == 1 || octets[i - 2] != '\r')) { // strict readers want both of CRLF
                    odd(octets, i, Math.min(length, i + 40));
                }
                if (delimiter) {
                    return i;
                }
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

    private void part(byte[] octets, int from, int to, boolean form) {
        int line = lineEnd(octets, from, to) + 1;
        fields.begin();
        while (line < to) {
            int end = lineEnd(octets, line, to);
            int visible = end > line && octets[end - 1] == '\r' ? end - 1 : end;
            if (end < to && visible == end) { // a reader that wants CRLF sees one line where others see two
                odd(octets, line, end);
            }
            if (visible == line) {
                line = end + 1;
                break;
            }
            fields.field(octets, line, visible);
            line = end + 1;
        }
        boolean file = fields.isFile(octets, from, Math.min(line, to));
        int end = to;
        end -= end > line && octets[end - 1] == '\n' ? 1 : 0;
        end -= end > line && octets[end - 1] == '\r' ? 1 : 0;
        if (line >= end) {
            return;
        }
        boolean opaque = !form
                && fields.isOpaque()
                && !BodyWalk.legible(octets, line, end); // in forms only a file's name counts
        if (file || opaque) {
            inspector.literals(Place.FILE, octets, line, end);
        } else {
            inspector.plain(Place.BODY, octets, line, end);
        }
    }

    private void odd(byte[] octets, int from, int to) {
        inspector.note(Place.BODY, Signal.MULTIPART_ODD, octets, from, to);
    }

    private static int lineEnd(byte[] octets, int from, int to) {
        int i = from;
        while (i < to && octets[i] != '\n') {
            i++;
        }
        return i;
    }
}
