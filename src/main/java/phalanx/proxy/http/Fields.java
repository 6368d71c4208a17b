package phalanx.proxy.http;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Header or trailer fields in the order in which they came (RFC 9110 section 5). Values are octets, shown as ISO 8859-1. One thread.
 */
public final class Fields {
    private static final int SPAN = 4;
    /** What a copy has room for: those that a proxy adds. */
    private static final int MORE_FIELDS = 6;

    private static final int MORE_OCTETS = 160;
    private static final List<FieldName> NO_TRAILERS = List.of(
            FieldName.HOST,
            FieldName.CONNECTION,
            FieldName.AUTHORIZATION,
            FieldName.COOKIE,
            FieldName.SET_COOKIE,
            FieldName.TE,
            FieldName.TRAILER,
            FieldName.EXPECT,
            FieldName.CONTENT_TYPE,
            FieldName.CONTENT_ENCODING,
            FieldName.CONTENT_RANGE,
            FieldName.FORWARDED,
            FieldName.X_FORWARDED_FOR,
            FieldName.X_FORWARDED_HOST,
            FieldName.X_FORWARDED_PROTO,
            FieldName.X_REAL_IP,
            FieldName.X_REQUEST_ID);

    /** Names and values; a field that was parsed keeps its place in the head it came in. */
    private byte[] bytes;

    private int used;
    /** For each field: start and length of its name, start and length of its value. */
    private int[] spans;

    private FieldName[] names;
    private int count;

    /** No fields yet. */
    public Fields() {
        this(new byte[256], 0, new int[12 * SPAN], new FieldName[12], 0);
    }

    private Fields(byte[] bytes, int used, int[] spans, FieldName[] names, int count) {
        this.bytes = bytes;
        this.used = used;
        this.spans = spans;
        this.names = names;
        this.count = count;
    }

    /** Fields that stand in a head; everything is copied. */
    static Fields parsed(byte[] head, int length, int[] spans, FieldName[] names, int count) {
        return new Fields(
                Arrays.copyOf(head, length),
                length,
                Arrays.copyOf(spans, Math.max(1, count) * SPAN),
                Arrays.copyOf(names, Math.max(1, count)),
                count);
    }

    /** Another set with the same fields. */
    public Fields copy() {
        return new Fields(
                Arrays.copyOf(bytes, used + MORE_OCTETS),
                used,
                Arrays.copyOf(spans, (count + MORE_FIELDS) * SPAN),
                Arrays.copyOf(names, count + MORE_FIELDS),
                count);
    }

    /**
     * The fields of a request or response that go on to the next connection (RFC 9110 section 7.6.1): not those of the connection, nor
     * those that its Connection field names, nor what frames the message.
     */
    public Fields forwarded() {
        Fields copy = copy();
        int kept = 0;
        boolean named = false;
        for (int i = 0; i < count; i++) {
            switch (names[i]) {
                case CONNECTION -> named |= !onlyKeepAliveOrClose(i);
                case KEEP_ALIVE,
                        PROXY_CONNECTION,
                        TRANSFER_ENCODING,
                        CONTENT_LENGTH,
                        UPGRADE,
                        HTTP2_SETTINGS,
                        PROXY_AUTHENTICATE,
                        PROXY_AUTHORIZATION,
                        PROXY -> {}
                case TE -> {
                    if (hasToken(FieldName.TE, "trailers")) {
                        copy.keep(i, kept++);
                    }
                }
                default -> copy.keep(i, kept++);
            }
        }
        copy.count = kept;
        if (named) {
            for (int i = index(FieldName.CONNECTION); i >= 0; i = index(FieldName.CONNECTION, i + 1)) {
                for (String name : value(i).split(",", -1)) {
                    if (!name.isBlank() && !name.strip().equalsIgnoreCase("te")) {
                        copy.remove(name.strip());
                    }
                }
            }
        }
        return copy;
    }

    /** Those fields of a trailer that may be one (RFC 9110 section 6.5.1): none that frames, routes, authenticates or names clients. */
    Fields trailers() {
        Fields copy = forwarded();
        for (FieldName name : NO_TRAILERS) {
            copy.remove(name);
        }
        return copy;
    }

    private boolean onlyKeepAliveOrClose(int index) {
        AsciiString value = valueOctets(index);
        return value.contentEqualsIgnoreCase("keep-alive") || value.contentEqualsIgnoreCase("close");
    }

    /** How many fields there are. */
    public int count() {
        return count;
    }

    /** Which field stands at an index. */
    public FieldName known(int index) {
        return names[index];
    }

    /** The name at an index, in the capitals in which it came. */
    public String name(int index) {
        return text(spans[index * SPAN], spans[index * SPAN + 1]);
    }

    /** The value at an index. */
    public String value(int index) {
        return text(spans[index * SPAN + 2], spans[index * SPAN + 3]);
    }

    /** Where names and values stand; not to be changed, nor kept. */
    public byte[] octets() {
        return bytes;
    }

    /** Where the name at an index begins in {@link #octets}. */
    public int nameStart(int index) {
        return spans[index * SPAN];
    }

    /** Where the name at an index ends in {@link #octets}. */
    public int nameEnd(int index) {
        return spans[index * SPAN] + spans[index * SPAN + 1];
    }

    /** Where the value at an index begins in {@link #octets}. */
    public int valueStart(int index) {
        return spans[index * SPAN + 2];
    }

    /** Where the value at an index ends in {@link #octets}. */
    public int valueEnd(int index) {
        return spans[index * SPAN + 2] + spans[index * SPAN + 3];
    }

    private String text(int start, int length) {
        return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    }

    /** The index of the first field of a name, or -1. */
    public int index(FieldName name) {
        return index(name, 0);
    }

    /** The index of the next field of a name, from an index on, or -1. */
    public int index(FieldName name, int from) {
        for (int i = from; i < count; i++) {
            if (names[i] == name) {
                return i;
            }
        }
        return -1;
    }

    public boolean has(FieldName name) {
        return index(name) >= 0;
    }

    /** The value of the first field of a name, or null. */
    public @Nullable String value(FieldName name) {
        int index = index(name);
        return index < 0 ? null : value(index);
    }

    /** The values of all fields of a name as one list (RFC 9110 section 5.2), or null where there is none. */
    public @Nullable String joined(FieldName name) {
        int index = index(name);
        if (index < 0) {
            return null;
        }
        int next = index(name, index + 1);
        if (next < 0) {
            return value(index);
        }
        StringBuilder values = new StringBuilder(value(index));
        for (; next >= 0; next = index(name, next + 1)) {
            values.append(name == FieldName.COOKIE ? "; " : ", ").append(value(next));
        }
        return values.toString();
    }

    /** The value of the first field of any name, whatever its capitals, or null. */
    public @Nullable String value(String name) {
        FieldName known = FieldName.of(name);
        if (known != FieldName.OTHER) {
            return joined(known);
        }
        byte[] wanted = name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < count; i++) {
            if (names[i] == FieldName.OTHER && named(i, wanted)) {
                return value(i);
            }
        }
        return null;
    }

    /** Whether the field at an index has a name, given in lower case. */
    public boolean named(int index, byte[] lowerCase) {
        return FieldName.equalsIgnoringCase(lowerCase, bytes, spans[index * SPAN], spans[index * SPAN + 1]);
    }

    /** Whether an Accept-Encoding field takes a content coding (RFC 9110 section 12.5.3). */
    public boolean acceptsEncoding(String coding) {
        String accepted = joined(FieldName.ACCEPT_ENCODING);
        if (accepted == null) {
            return false;
        }
        for (String item : accepted.split(",", -1)) {
            String[] parts = item.strip().split("\\s*;\\s*", -1);
            if (parts[0].equalsIgnoreCase(coding)) {
                return parts.length < 2 || !parts[1].matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    /** Whether any field of a name has a token in its comma-separated list, whatever its capitals. */
    public boolean hasToken(FieldName name, String token) {
        for (int i = index(name); i >= 0; i = index(name, i + 1)) {
            int end = spans[i * SPAN + 2] + spans[i * SPAN + 3];
            int start = spans[i * SPAN + 2];
            while (start < end) {
                int stop = start;
                while (stop < end && bytes[stop] != ',') {
                    stop++;
                }
                if (equalsTrimmed(start, stop, token)) {
                    return true;
                }
                start = stop + 1;
            }
        }
        return false;
    }

    private boolean equalsTrimmed(int start, int end, String token) {
        while (start < end && (bytes[start] == ' ' || bytes[start] == '\t')) {
            start++;
        }
        while (end > start && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
            end--;
        }
        if (end - start != token.length()) {
            return false;
        }
        for (int i = 0; i < token.length(); i++) {
            if (Character.toLowerCase((char) bytes[start + i]) != Character.toLowerCase(token.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Adds a field at the end. The value must not hold CR, LF or NUL; they become spaces. */
    public Fields add(String name, String value) {
        return add(
                name.getBytes(StandardCharsets.ISO_8859_1),
                FieldName.of(name),
                value.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Adds a field at the end. The value must not hold CR, LF or NUL; they become spaces. */
    public Fields add(FieldName name, String value) {
        return add(name.written(), name, value.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Adds a field of HTTP/2, whose names are in lower case already. */
    void add(CharSequence name, CharSequence value) {
        AsciiString n = AsciiString.of(name);
        AsciiString v = AsciiString.of(value);
        byte[] nameBytes = n.isEntireArrayUsed() ? n.array() : n.toByteArray();
        add(
                nameBytes,
                FieldName.of(nameBytes, 0, nameBytes.length),
                v.isEntireArrayUsed() ? v.array() : v.toByteArray());
    }

    private Fields add(byte[] name, FieldName known, byte[] value) {
        int needed = used + name.length + value.length;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
        if (count == names.length) {
            names = Arrays.copyOf(names, count * 2);
            spans = Arrays.copyOf(spans, count * 2 * SPAN);
        }
        System.arraycopy(name, 0, bytes, used, name.length);
        spans[count * SPAN] = used;
        spans[count * SPAN + 1] = name.length;
        used += name.length;
        for (int i = 0; i < value.length; i++) {
            byte b = value[i];
            bytes[used + i] = b == '\r' || b == '\n' || b == 0 ? (byte) ' ' : b;
        }
        spans[count * SPAN + 2] = used;
        spans[count * SPAN + 3] = value.length;
        used += value.length;
        names[count++] = known;
        return this;
    }

    /** Gives a name one value: the fields of that name go, this one comes at the end. */
    public Fields set(FieldName name, String value) {
        remove(name);
        return add(name, value);
    }

    /** Gives any name one value. */
    public Fields set(String name, String value) {
        remove(name);
        return add(name, value);
    }

    /** Removes all fields of a name. */
    public void remove(FieldName name) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (names[i] != name) {
                keep(i, kept++);
            }
        }
        count = kept;
    }

    /** Removes all fields of any name, whatever its capitals. */
    public void remove(String name) {
        FieldName known = FieldName.of(name);
        if (known != FieldName.OTHER) {
            remove(known);
            return;
        }
        byte[] wanted = name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (!named(i, wanted)) {
                keep(i, kept++);
            }
        }
        count = kept;
    }

    private void keep(int from, int to) {
        if (from != to) {
            names[to] = names[from];
            System.arraycopy(spans, from * SPAN, spans, to * SPAN, SPAN);
        }
    }

    /** The name at an index in lower case. */
    AsciiString lowerCaseName(int index) {
        FieldName known = names[index];
        if (known != FieldName.OTHER) {
            return known.lowerCase();
        }
        return new AsciiString(bytes, spans[index * SPAN], spans[index * SPAN + 1], true).toLowerCase();
    }

    /** The octets of the value at an index. */
    AsciiString valueOctets(int index) {
        return new AsciiString(bytes, spans[index * SPAN + 2], spans[index * SPAN + 3], false);
    }

    /** Writes a field as HTTP/1.1 has it. */
    void write(int index, HeadWriter out) {
        int at = index * SPAN;
        out.field(bytes, spans[at], spans[at + 1], spans[at + 2], spans[at + 3]);
    }

    /** One line a field. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(name(i)).append(": ").append(value(i)).append('\n');
        }
        return text.toString();
    }
}
