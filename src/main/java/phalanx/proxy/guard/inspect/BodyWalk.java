package phalanx.proxy.guard.inspect;

import phalanx.proxy.guard.detect.Signal;
import phalanx.proxy.guard.rules.Place;

/**
 * Takes a body to an inspector, value by value, as its type has them: forms, their multipart kind (RFC 7578), JSON (RFC 8259), XML, any
 * other text as what it looks like. What cannot be read as its type says is looked at as one text, too; what is neither of such a type
 * nor text holds no values. Linear. One thread.
 */
final class BodyWalk {
    /** PHP, Tomcat and Django read no more, each by a setting of its own; ModSecurity neither (SecArgumentsLimit). */
    private static final int MOST_ARGUMENTS = 1000;

    private final Inspector inspector;
    private final HeadWalk heads;
    private final MultipartBody multipart;
    private final JsonBody json;
    private final XmlBody xml;

    BodyWalk(Inspector inspector, HeadWalk heads) {
        this.inspector = inspector;
        this.heads = heads;
        multipart = new MultipartBody(inspector, heads);
        json = new JsonBody(inspector, heads);
        xml = new XmlBody(inspector);
    }

    /**
     * @param type the Content-Type field's value, empty for none
     * @param whole whether this is all of the body
     * @return whether it may hold values: what is neither of a type that does nor text is not looked at
     */
    boolean body(String type, byte[] octets, int length, boolean whole) {
        String media = media(type);
        if (contains(media, "x-www-form-urlencoded")) {
            form(octets, length);
        } else if (contains(media, "multipart/")) {
            multipart.look(type, octets, length, whole);
        } else if (names(media, "json")) {
            if (!json.look(octets, length, whole)) {
                inspector.note(Place.BODY, Signal.JSON_ODD, octets, 0, Math.min(length, 40));
                text(octets, 0, length);
            }
        } else if (names(media, "xml")) {
            xml.look(octets, length);
        } else if (begins(media, "text/")) {
            untold(octets, length, whole);
        } else if (!legible(octets, 0, length)) {
            return false;
        } else if (first(octets, length) == '<') { // a server may read it that looks at no type
            xml.look(octets, length);
        } else {
            untold(octets, length, whole);
        }
        return true;
    }

    /** A text of no known kind: as what it looks like. */
    private void untold(byte[] octets, int length, boolean whole) {
        byte first = first(octets, length);
        if (paired(octets, length)) { // a form that does not say so
            form(octets, length);
        } else if (first != '{' && first != '[' || !json.look(octets, length, whole)) {
            text(octets, 0, length);
        }
    }

    private static byte first(byte[] octets, int length) {
        int at = 0;
        while (at < length && octets[at] <= ' ' && octets[at] >= 0) {
            at++;
        }
        return at < length ? octets[at] : 0;
    }

    /** Whether a type says that servers read values in it. Clients may say otherwise of anything. */
    static boolean readable(String type) {
        String media = media(type);
        return begins(media, "text/")
                || begins(media, "multipart/")
                || contains(media, "form-urlencoded")
                || names(media, "json")
                || names(media, "xml");
    }

    /** Whether there is no octet that no text has. */
    static boolean legible(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            byte c = octets[i];
            if (c >= 0 && c < ' ' && c != '\n' && c != '\r' && c != '\t') {
                return false;
            }
        }
        return true;
    }

    private static boolean begins(String type, String with) {
        return type.regionMatches(true, 0, with, 0, with.length());
    }

    private void form(byte[] octets, int length) {
        int arguments = 1;
        for (int i = 0; i < length; i++) {
            arguments += octets[i] == '&' ? 1 : 0;
        }
        if (arguments > MOST_ARGUMENTS) {
            inspector.named(octets, 0, 0);
            inspector.note(Place.BODY, Signal.ARGUMENTS_MANY, octets, 0, 0);
        }
        heads.pairs(Place.BODY, octets, 0, length);
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

    /** A type without its parameters: what they say is no type (RFC 9110 section 8.3.1). */
    static String media(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
    }

    /** Whether a word stands in a type so that it begins or ends there: xml in +xml and xhtml-xml, json in ndjson, but no xml in openxmlformats. */
    static boolean names(String media, String word) {
        for (int i = 0; i + word.length() <= media.length(); i++) {
            if (media.regionMatches(true, i, word, 0, word.length())
                    && !(letter(media, i - 1) && letter(media, i + word.length()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean letter(String text, int at) {
        return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }

    static boolean contains(String text, String part) {
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
}
