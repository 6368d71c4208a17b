package phalanx.proxy.guard.inspect;

import java.nio.charset.StandardCharsets;
import phalanx.proxy.guard.detect.Signal;
import phalanx.proxy.guard.rules.Place;

/** The fields of one part of a body (RFC 7578 section 4): what it is called, and whether it is a file. One thread. */
final class PartFields {
    private static final String DISPOSITION = "content-disposition";
    private static final String TYPE = "content-type";
    private static final byte[] NOTHING = new byte[0];

    private final Inspector inspector;
    private final HeadWalk heads;
    private int dispositions;
    private int names;
    private int fileNames;
    private int extendedNames;
    private boolean named;
    private boolean opaque;

    PartFields(Inspector inspector, HeadWalk heads) {
        this.inspector = inspector;
        this.heads = heads;
    }

    /** Begins with a part. */
    void begin() {
        dispositions = 0;
        names = 0;
        fileNames = 0;
        extendedNames = 0;
        named = false;
        opaque = false;
        inspector.named(NOTHING, 0, 0);
    }

    /** Looks at one of its lines, without the line's end. */
    void field(byte[] octets, int from, int to) {
        inspector.literals(Place.HEADER, octets, from, to);
        if (is(octets, from, to, DISPOSITION)) {
            dispositions++;
            disposition(octets, from, to);
        } else if (is(octets, from, to, TYPE)) {
            String type = new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
            opaque = !BodyWalk.readable(type.substring(type.indexOf(':') + 1).strip());
            if (charset(octets, from, to)) {
                odd(octets, from, to);
            }
        } else if (is(octets, from, to, "content-transfer-encoding")) {
            odd(octets, from, to);
        }
    }

    /** Whether all readers take it for a file. Where some may not, that is noted. */
    boolean isFile(byte[] octets, int from, int to) {
        boolean twice = dispositions > 1 || names > 1 || fileNames > 1 || extendedNames > 1;
        if (twice || extendedNames > 0 && fileNames == 0) { // readers take one or the other; RFC 7578 has no filename*
            odd(octets, from, to);
            return false;
        }
        return named;
    }

    /** Whether its type says that it is no text. */
    boolean isOpaque() {
        return opaque;
    }

    /** Whether a line is a field of this name: what only begins like it is another one. */
    private static boolean is(byte[] octets, int from, int to, String name) {
        if (!HeadWalk.starts(octets, from, to, name)) {
            return false;
        }
        int at = blanks(octets, from + name.length(), to);
        return at < to && octets[at] == ':';
    }

    private static int blanks(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && (octets[at] == ' ' || octets[at] == '\t')) {
            at++;
        }
        return at;
    }

    /** The parameters (RFC 6266 section 4.1); what one reader may take for a name and another not is odd. */
    private void disposition(byte[] octets, int from, int to) {
        int semicolon = from;
        while (semicolon < to && octets[semicolon] != ';') {
            if (octets[semicolon++] == '=') {
                odd(octets, from, to);
            }
        }
        while (semicolon < to) {
            int name = semicolon + 1;
            while (name < to && octets[name] <= ' ' && octets[name] >= 0) {
                name++;
            }
            int start = afterEquals(octets, name, to);
            int end = end(octets, start, to);
            boolean extended = parameter(octets, name, to, "filename*");
            if (extended || parameter(octets, name, to, "filename")) {
                fileNames += extended ? 0 : 1;
                extendedNames += extended ? 1 : 0;
                named |= !extended && end > start; // one without a name is a field for some readers
                oddName(octets, start, end);
                inspector.encoded(Place.FILE, octets, start, end, false);
            } else if (parameter(octets, name, to, "name")) {
                names++;
                oddName(octets, start, end);
                inspector.named(octets, start, end);
                heads.name(octets, start, end, false);
            } else if (name < to) {
                odd(octets, from, to);
            }
            semicolon = end;
            while (semicolon < to && octets[semicolon] != ';') {
                semicolon++;
            }
        }
    }

    /** Whether a parameter of this name stands there, blanks before its sign allowed. */
    private static boolean parameter(byte[] octets, int at, int to, String name) {
        if (!HeadWalk.starts(octets, at, to, name)) {
            return false;
        }
        int sign = blanks(octets, at + name.length(), to);
        return sign < to && octets[sign] == '=';
    }

    /** Signs that end a parameter for some readers and not for others. */
    private void oddName(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets[i] == ';' || octets[i] == '"' || octets[i] == '\\' || octets[i] == '=' && i + 1 < to) {
                odd(octets, from, to);
                return;
            }
        }
    }

    private void odd(byte[] octets, int from, int to) {
        inspector.note(Place.BODY, Signal.MULTIPART_ODD, octets, from, to);
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
        i = blanks(octets, Math.min(to, i + 1), to);
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
