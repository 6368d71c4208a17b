package phalanx.proxy.route;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The path of a request as routes and files see it. Any thread. */
public final class RequestPath {
    private RequestPath() {}

    /**
     * The path with percent-encoding undone once, dot segments removed (RFC 3986 section 5.2.4) and slashes merged.
     *
     * @param path as written, beginning with a slash
     * @return null when it leaves the root, is badly encoded, is no UTF-8, or hides a NUL or a slash in its encoding
     */
    public static @Nullable String normalized(String path) {
        if (plain(path)) {
            return path;
        }
        String decoded = decoded(path);
        if (decoded == null) {
            return null;
        }
        List<String> segments = new ArrayList<>();
        String[] parts = decoded.split("/", -1);
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i];
            boolean last = i == parts.length - 1;
            if (part.equals("..")) {
                if (segments.isEmpty()) {
                    return null;
                }
                segments.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                segments.add(part);
                continue;
            }
            if (last) {
                segments.add(""); // it named a folder
            }
        }
        return "/" + String.join("/", segments);
    }

    /** A normalized path as it is written in a request (RFC 3986 section 2.1). */
    public static String encoded(String path) {
        StringBuilder text = new StringBuilder();
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            boolean plain = c >= '0' && c <= '9'
                    || c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || "/-._~!$&'()*+,;=:@".indexOf(c) >= 0;
            text.append(plain ? Character.toString(c) : String.format("%%%02X", (int) c));
        }
        return text.toString();
    }

    private static boolean plain(String path) {
        char before = 'x';
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%' || c == '\\' || c > 0x7E || before == '/' && (c == '.' || c == '/')) {
                return false;
            }
            before = c;
        }
        return true;
    }

    private static @Nullable String decoded(String path) {
        byte[] bytes = new byte[path.length()];
        int length = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            int octet = c;
            if (c == '%') {
                int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
                int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
                if (i + 2 == path.length() || high < 0 || low < 0) {
                    return null;
                }
                octet = high << 4 | low;
                if (octet == '/' || octet == 0) {
                    return null;
                }
                i += 2;
            }
            if (octet == '\\') { // Windows would take it for a slash
                return null;
            }
            bytes[length++] = (byte) octet;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }
}
