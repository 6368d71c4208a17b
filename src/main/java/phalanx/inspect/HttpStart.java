package phalanx.inspect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import phalanx.decode.Bytes;

/** Tells the first bytes of an HTTP/1.x message: a method of the registry and a space, or {@code HTTP/1.}. Any thread. */
final class HttpStart {
    private static final byte[][] STARTS = starts(
            "GET",
            "POST",
            "HEAD",
            "PUT",
            "DELETE",
            "OPTIONS",
            "CONNECT",
            "TRACE",
            "PATCH",
            "PROPFIND",
            "PROPPATCH",
            "MKCOL",
            "COPY",
            "MOVE",
            "LOCK",
            "UNLOCK",
            "REPORT",
            "SEARCH",
            "NOTIFY",
            "M-SEARCH",
            "SUBSCRIBE",
            "UNSUBSCRIBE",
            "BITS_POST");

    private HttpStart() {}

    private static byte[][] starts(String... methods) {
        byte[][] all = new byte[methods.length + 1][];
        for (int i = 0; i < methods.length; i++) {
            all[i] = (methods[i] + " ").getBytes(StandardCharsets.US_ASCII);
        }
        all[methods.length] = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);
        return all;
    }

    static boolean at(byte[] bytes, int start, int end) {
        int first = start < end ? Bytes.u8(bytes, start) : 0;
        if (first < 'B' || first > 'U') {
            return false;
        }
        for (byte[] one : STARTS) {
            if (one[0] == first && end - start >= one.length && matches(bytes, start, one)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] bytes, int start, byte[] expected) {
        for (int i = 1; i < expected.length; i++) {
            if (Bytes.u8(bytes, start + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean at(byte[] line, int length) {
        for (byte[] one : STARTS) {
            if (length >= one.length && Arrays.equals(line, 0, one.length, one, 0, one.length)) {
                return true;
            }
        }
        return false;
    }
}
