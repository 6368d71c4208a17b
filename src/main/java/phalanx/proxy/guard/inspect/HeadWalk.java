package phalanx.proxy.guard.inspect;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.guard.decode.Text;
import phalanx.proxy.guard.detect.Signal;
import phalanx.proxy.guard.rules.Place;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.RequestHead;

/** Takes the head of a request to an inspector, value by value. One thread. */
final class HeadWalk {
    private static final byte[][] OWN_GRAMMAR = octets(
            "accept",
            "accept-language",
            "accept-charset",
            "content-disposition",
            "sec-ch-ua",
            "sec-ch-ua-platform",
            "priority");
    private static final byte[] REQUEST_RANGE = octets("request-range")[0];
    private static final List<String> CHARSETS =
            List.of("utf-8", "iso-8859-1", "iso-8859-15", "windows-1252", "us-ascii");
    private static final byte[] REFERER = octets("referer")[0];
    private static final int LONGEST_PLAIN_NAME = 9;
    private static final byte[] NOTHING = new byte[0];

    private final Inspector inspector;
    private final Text target = new Text();

    HeadWalk(Inspector inspector) {
        this.inspector = inspector;
    }

    private static byte[][] octets(String... texts) {
        byte[][] all = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            all[i] = texts[i].getBytes(StandardCharsets.US_ASCII);
        }
        return all;
    }

    void head(RequestHead head) {
        String written = head.target();
        target.clear();
        target.add(written, 0, written.length());
        byte[] octets = target.octets();
        int question = written.indexOf('?');
        path(octets, question < 0 ? written.length() : question);
        if (question >= 0) {
            pairs(Place.QUERY, octets, question + 1, written.length());
        }
        fields(head);
    }

    private void path(byte[] octets, int end) {
        inspector.named(NOTHING, 0, 0);
        int odd = 0;
        while (odd < end && pathLike(octets[odd])) {
            odd++;
        }
        inspector.literals(Place.PATH, octets, 0, end);
        if (odd == end) {
            return;
        }
        int from = odd;
        while (from > 0 && octets[from - 1] != '/') {
            from--;
        }
        inspector.encoded(Place.PATH, octets, from, end, false);
        if (from > 1) { // what stands before may belong to it: ..%2f behind ../
            inspector.paths(Place.PATH, octets, 0, end);
        }
    }

    private static boolean pathLike(byte c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '/'
                || c == '-'
                || c == '_'
                || c == '.'
                || c == '~'
                || c == '+';
    }

    /** Names and values as queries and forms have them. */
    void pairs(Place place, byte[] octets, int from, int to) {
        int start = from;
        while (start < to) {
            int end = start;
            int equals = -1;
            while (end < to && octets[end] != '&') {
                if (octets[end] == '=' && equals < 0) {
                    equals = end;
                }
                end++;
            }
            pair(place, octets, start, equals < 0 ? end : equals, end, true);
            start = end + 1;
        }
    }

    /** A name and behind the sign at its end the value, if there is one. */
    void pair(Place place, byte[] octets, int from, int nameEnd, int end, boolean plus) {
        inspector.named(octets, from, nameEnd < end ? nameEnd : from);
        if (nameEnd >= end) { // a name alone is a value just as well, and written nowhere
            inspector.encoded(place, octets, from, end, plus);
            return;
        }
        name(octets, from, nameEnd, plus);
        inspector.encoded(place, octets, nameEnd + 1, end, plus);
    }

    /** Looks at the name of an argument, unless it is a plain one. */
    void name(byte[] octets, int from, int to, boolean plus) {
        for (int i = from; i < to; i++) {
            byte c = octets[i];
            if (to - from > LONGEST_PLAIN_NAME
                    || !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_')) {
                inspector.encoded(Place.NAME, octets, from, to, plus);
                return;
            }
        }
        inspector.literals(Place.NAME, octets, from, to);
    }

    private void fields(RequestHead head) {
        Fields fields = head.fields();
        byte[] octets = fields.octets();
        boolean agent = false;
        int types = 0;
        for (int i = 0; i < fields.count(); i++) {
            int from = fields.valueStart(i);
            int to = fields.valueEnd(i);
            inspector.named(octets, fields.nameStart(i), fields.nameEnd(i));
            switch (fields.known(i)) {
                case CONTENT_LENGTH,
                        CONNECTION,
                        ACCEPT_ENCODING,
                        HOST,
                        TE,
                        UPGRADE,
                        DATE,
                        EXPECT,
                        IF_MODIFIED_SINCE,
                        IF_UNMODIFIED_SINCE -> {}
                case COOKIE -> cookies(octets, from, to);
                case USER_AGENT -> {
                    agent = to > from;
                    inspector.encoded(Place.AGENT, octets, from, to, false);
                }
                case RANGE -> range(octets, from, to);
                case CONTENT_TYPE -> {
                    contentType(octets, from, to);
                    if (++types > 1) { // one reader takes the first, another the last
                        inspector.note(Place.REQUEST, Signal.CONTENT_TYPE_ODD, octets, from, to);
                    }
                }
                case IF_MATCH,
                        IF_NONE_MATCH,
                        IF_RANGE,
                        CACHE_CONTROL,
                        AUTHORIZATION,
                        TRANSFER_ENCODING,
                        KEEP_ALIVE,
                        VIA,
                        FORWARDED,
                        X_FORWARDED_FOR,
                        X_REAL_IP -> inspector.literals(Place.HEADER, octets, from, to);
                default -> other(fields, i, from, to);
            }
        }
        if (!agent) {
            note(Signal.AGENT_MISSING);
        }
        if (head.hasBody() && (head.method().equals("GET") || head.method().equals("HEAD"))) {
            note(Signal.BODY_UNEXPECTED);
        }
        if (numeric(head.authority())) {
            note(Signal.HOST_ODD);
        }
    }

    /** Whether a host, its port aside, is nothing but digits and dots, or not there. */
    private static boolean numeric(String authority) {
        for (int i = 0; i < authority.length(); i++) {
            char c = authority.charAt(i);
            if (c == ':') {
                return i == 0 || authority.indexOf(':', i + 1) < 0; // more of them are IPv6 without brackets
            }
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private void other(Fields fields, int index, int from, int to) {
        byte[] octets = fields.octets();
        if (fields.named(index, REFERER)) {
            inspector.encoded(Place.REFERER, octets, from, to, false);
            return;
        }
        if (fields.named(index, REQUEST_RANGE)) { // no client has sent it for twenty years
            inspector.note(Place.REQUEST, Signal.RANGE_ODD, octets, from, to);
            return;
        }
        for (byte[] name : OWN_GRAMMAR) {
            if (fields.named(index, name)) {
                inspector.literals(Place.HEADER, octets, from, to);
                return;
            }
        }
        inspector.literals(Place.HEADER, octets, fields.nameStart(index), fields.nameEnd(index));
        inspector.encoded(Place.HEADER, octets, from, to, false);
    }

    private void cookies(byte[] octets, int from, int to) {
        int start = from;
        while (start < to) {
            while (start < to && octets[start] == ' ') {
                start++;
            }
            int end = start;
            int equals = -1;
            while (end < to && octets[end] != ';') {
                if (octets[end] == '=' && equals < 0) {
                    equals = end;
                }
                end++;
            }
            if (start < end) {
                pair(Place.COOKIE, octets, start, equals < 0 ? end : equals, end, false);
            }
            start = end + 1;
        }
    }

    /** RFC 9110 section 14.1.2; many small ranges are how servers are worn down (CVE-2011-3192). */
    private void range(byte[] octets, int from, int to) {
        int commas = 0;
        for (int i = from; i < to; i++) {
            commas += octets[i] == ',' ? 1 : 0;
        }
        boolean plain = to - from > 6 && octets[from] == 'b' && octets[from + 5] == '=';
        if (commas >= 5 || !plain) {
            inspector.note(Place.REQUEST, Signal.RANGE_ODD, octets, from, to);
        }
    }

    /** A type and its parameters (RFC 9110 section 8.3.1): once, and in a character set that servers and we read alike. */
    private void contentType(byte[] octets, int from, int to) {
        inspector.literals(Place.HEADER, octets, from, to);
        int charsets = 0;
        boolean odd = false;
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            byte c = octets[i];
            quoted |= c == '"';
            odd |= c >= 0 && c < 0x20 && c != '\t' || c == ',' && !quoted;
            if (lower(c) == 'c' && i + 8 <= to && starts(octets, i, "charset=")) {
                charsets++;
                odd |= !charset(octets, i + 8, to);
            }
        }
        if (odd || charsets > 1) {
            inspector.note(Place.REQUEST, Signal.CONTENT_TYPE_ODD, octets, from, to);
        }
    }

    private static boolean charset(byte[] octets, int from, int to) {
        int start = from + (from < to && (octets[from] == '"' || octets[from] == '\'') ? 1 : 0);
        for (String name : CHARSETS) {
            int end = start + name.length();
            if (starts(octets, start, to, name)
                    && (end == to || octets[end] == ';' || octets[end] == ' ' || octets[end] == octets[from])) {
                return true;
            }
        }
        return false;
    }

    private static boolean starts(byte[] octets, int at, String text) {
        return starts(octets, at, octets.length, text);
    }

    static boolean starts(byte[] octets, int at, int to, String text) {
        if (at + text.length() > to) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (lower(octets[at + i]) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }

    private void note(Signal signal) {
        inspector.named(NOTHING, 0, 0);
        inspector.note(Place.REQUEST, signal, NOTHING, 0, 0);
    }

    /** The type of a body, or null where none is told. */
    static @Nullable String bodyType(Fields fields) {
        return fields.value(FieldName.CONTENT_TYPE);
    }
}
