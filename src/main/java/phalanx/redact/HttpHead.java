package phalanx.redact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Heads of HTTP/1 messages (RFC 9112): method, version, status and the fields that rule the transfer stay; path segments and hosts are
 * replaced, all else is blanked. One thread; no call allocates, but for examples.
 */
final class HttpHead {
    private static final byte[][] METHODS =
            words("GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "OPTIONS ", "PATCH ", "CONNECT ", "TRACE ");
    private static final byte[] VERSION = bytes("HTTP/1.");
    private static final byte[] HOST = bytes("host:");

    /** Fields of which the values say nothing of people. */
    private static final byte[][] KEPT = words("content-length:", "transfer-encoding:", "connection:");

    /** Fields of which the name may stay; of others it is blanked, too. */
    private static final byte[][] NAMED = words(
            "accept:",
            "accept-encoding:",
            "accept-language:",
            "authorization:",
            "cache-control:",
            "content-encoding:",
            "content-type:",
            "cookie:",
            "date:",
            "etag:",
            "expires:",
            "if-modified-since:",
            "if-none-match:",
            "last-modified:",
            "location:",
            "origin:",
            "range:",
            "referer:",
            "server:",
            "set-cookie:",
            "upgrade:",
            "user-agent:",
            "vary:",
            "via:");

    private final StandIns standIns;
    private final Tally tally;
    private byte[] bytes = {};

    HttpHead(StandIns standIns, Tally tally) {
        this.standIns = standIns;
        this.tally = tally;
    }

    /** @return where the head ends, {@code start} when none begins there */
    int replace(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        int line = lineEnd(start, end);
        int method = longest(METHODS, start, line);
        if (begins(VERSION, start, line) && line - start >= 12) {
            if (!isStatus(start + 7, start + 12)) {
                return start;
            }
            blank(start + 12, line); // the reason
            if (line > start + 12) {
                bytes[start + 12] = ' ';
            }
        } else if (method > 0) {
            target(start + method, line);
        } else {
            return start;
        }
        tally.add(Replaced.HTTP);
        return fields(line, end);
    }

    private boolean isStatus(int from, int to) { // "1 200"
        boolean digits = true;
        for (int at = from; at < to; at++) {
            digits &= at == from + 1 ? bytes[at] == ' ' : bytes[at] >= '0' && bytes[at] <= '9';
        }
        return digits;
    }

    private void target(int start, int line) {
        int version = line - VERSION.length - 1;
        boolean versioned = version > start && bytes[version - 1] == ' ' && begins(VERSION, version, line);
        int until = versioned ? version - 1 : line;
        standIns.name(bytes, start, until, Replaced.HTTP);
        if (versioned && (bytes[line - 1] < '0' || bytes[line - 1] > '9')) {
            bytes[line - 1] = '1';
        }
    }

    private int fields(int firstLineEnd, int end) {
        int at = next(firstLineEnd, end);
        while (at < end) {
            int line = lineEnd(at, end);
            if (line == at) {
                return next(line, end);
            }
            field(at, line);
            at = next(line, end);
        }
        return end;
    }

    private void field(int at, int line) {
        int host = begins(HOST, at, line) ? HOST.length : 0;
        int named = longest(NAMED, at, line);
        if (host > 0) {
            int value = at + host;
            while (value < line && bytes[value] == ' ') {
                value++;
            }
            standIns.name(bytes, value, line, Replaced.HTTP);
        } else if (!harmless(at, line)) {
            blank(at + named, line);
        }
    }

    /** A kept field with nothing in its value but digits, or words that rule the transfer. */
    private boolean harmless(int at, int line) {
        int kept = longest(KEPT, at, line);
        if (kept == 0) {
            return false;
        }
        int value = at + kept;
        while (value < line && bytes[value] == ' ') {
            value++;
        }
        boolean digits = true;
        for (int i = value; i < line; i++) {
            digits &= bytes[i] >= '0' && bytes[i] <= '9';
        }
        return digits || VALUES.length > 0 && line == value + longest(VALUES, value, line);
    }

    private static final byte[][] VALUES = words("chunked", "close", "keep-alive", "upgrade", "gzip");

    private void blank(int from, int to) {
        if (to > from) {
            Arrays.fill(bytes, from, to, (byte) 'x');
        }
    }

    private int lineEnd(int start, int end) {
        int at = start;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        return at > start && at < end && bytes[at - 1] == '\r' ? at - 1 : at;
    }

    private int next(int lineEnd, int end) {
        int at = lineEnd < end && bytes[lineEnd] == '\r' ? lineEnd + 1 : lineEnd;
        return Math.min(end, at + 1);
    }

    /** @return the length of the longest word that stands there, 0 for none */
    private int longest(byte[][] words, int at, int end) {
        int longest = 0;
        for (byte[] word : words) {
            longest = word.length > longest && begins(word, at, end) ? word.length : longest;
        }
        return longest;
    }

    /** Small letters stand for either case. */
    private boolean begins(byte[] word, int at, int end) {
        if (word.length > end - at) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            byte b = bytes[at + i];
            boolean capital = b >= 'A' && b <= 'Z' && word[i] >= 'a';
            if ((capital ? b + 32 : b) != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[][] words(String... words) {
        return Arrays.stream(words).map(HttpHead::bytes).toArray(byte[][]::new);
    }

    private static byte[] bytes(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
