package phalanx.proxy.http;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Names of header and trailer fields that the proxy itself reads or writes (RFC 9110 section 5.1). Any thread. */
@SuppressWarnings("ImmutableEnumChecker") // both arrays are never changed
public enum FieldName {
    ACCEPT_ENCODING,
    ACCEPT_RANGES,
    ALLOW,
    AUTHORIZATION,
    CACHE_CONTROL,
    CONNECTION,
    CONTENT_ENCODING,
    CONTENT_LENGTH,
    CONTENT_RANGE,
    CONTENT_TYPE,
    COOKIE,
    DATE,
    ETAG,
    EXPECT,
    FORWARDED,
    HOST,
    HTTP2_SETTINGS,
    IF_MATCH,
    IF_MODIFIED_SINCE,
    IF_NONE_MATCH,
    IF_RANGE,
    IF_UNMODIFIED_SINCE,
    KEEP_ALIVE,
    LAST_MODIFIED,
    LOCATION,
    PROXY,
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    PROXY_CONNECTION,
    PROXY_STATUS,
    RANGE,
    RETRY_AFTER,
    SEC_WEBSOCKET_ACCEPT,
    SEC_WEBSOCKET_KEY,
    SERVER,
    SET_COOKIE,
    STATUS,
    TE,
    TRACEPARENT,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
    USER_AGENT,
    VARY,
    VIA,
    X_FORWARDED_FOR,
    X_FORWARDED_HOST,
    X_FORWARDED_PROTO,
    X_REAL_IP,
    X_REQUEST_ID,
    /** Any other name. */
    OTHER;

    private static final int BUCKETS = 1024;
    private static final FieldName[][] TABLE = table();

    private final AsciiString lowerCase = AsciiString.cached(
            name().equals("HTTP2_SETTINGS")
                    ? "http2-settings"
                    : name().toLowerCase(Locale.ROOT).replace('_', '-'));
    private final byte[] written = capitals(lowerCase.toString()).getBytes(StandardCharsets.US_ASCII);

    private static FieldName[][] table() {
        FieldName[][] table = new FieldName[BUCKETS][];
        for (FieldName name : values()) {
            if (name == OTHER) {
                continue;
            }
            byte[] bytes = name.lowerCase.array();
            int bucket = bucket(bytes, 0, bytes.length);
            FieldName[] old = table[bucket] == null ? new FieldName[0] : table[bucket];
            FieldName[] grown = Arrays.copyOf(old, old.length + 1);
            grown[old.length] = name;
            table[bucket] = grown;
        }
        return table;
    }

    private static String capitals(String lowerCase) {
        StringBuilder name = new StringBuilder(lowerCase);
        for (int i = 0; i < name.length(); i++) {
            if (i == 0 || name.charAt(i - 1) == '-') {
                name.setCharAt(i, Character.toUpperCase(name.charAt(i)));
            }
        }
        return switch (name.toString()) {
            case "Etag" -> "ETag";
            case "Te" -> "TE";
            case "Http2-Settings" -> "HTTP2-Settings";
            case "X-Real-Ip" -> "X-Real-IP";
            case "X-Request-Id" -> "X-Request-ID";
            default -> name.toString();
        };
    }

    /** The name in lower case, as HTTP/2 has it. */
    public AsciiString lowerCase() {
        return lowerCase;
    }

    /** The name in the capitals it is usually written with. Not to be changed. */
    byte[] written() {
        return written;
    }

    /** The name that stands in these bytes, whatever its capitals; {@link #OTHER} for one not listed. */
    static FieldName of(byte[] bytes, int start, int length) {
        if (length == 0) {
            return OTHER;
        }
        FieldName[] candidates = TABLE[bucket(bytes, start, length)];
        if (candidates != null) {
            for (FieldName name : candidates) {
                if (equalsIgnoringCase(name.lowerCase.array(), bytes, start, length)) {
                    return name;
                }
            }
        }
        return OTHER;
    }

    /** The name written so, whatever its capitals; {@link #OTHER} for one not listed. */
    public static FieldName of(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        return of(bytes, 0, bytes.length);
    }

    /** Whether a field of this name belongs to one connection, or frames one message on it: never passed on as it is. */
    public boolean ofConnection() {
        return switch (this) {
            case CONNECTION, KEEP_ALIVE, PROXY_CONNECTION, TRANSFER_ENCODING, CONTENT_LENGTH, UPGRADE -> true;
            default -> false;
        };
    }

    /** Whether text can be a field's name: a token (RFC 9110 section 5.1). */
    public static boolean valid(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c < 0x80 && isTokenOctet(c));
    }

    /** Whether an octet may be part of a token: of a method or a field's name (RFC 9110 section 5.6.2). */
    public static boolean isTokenOctet(int octet) {
        return HeadReader.isToken(octet);
    }

    private static int bucket(byte[] bytes, int start, int length) {
        int first = bytes[start] | 0x20;
        int middle = bytes[start + length / 2] | 0x20;
        int last = bytes[start + length - 1] | 0x20;
        return (first * 31 + middle * 7 + last * 131 + length * 17) & (BUCKETS - 1);
    }

    static boolean equalsIgnoringCase(byte[] lowerCase, byte[] bytes, int start, int length) {
        if (lowerCase.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            int c = bytes[start + i];
            if (c >= 'A' && c <= 'Z') {
                c |= 0x20;
            }
            if (c != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }
}
