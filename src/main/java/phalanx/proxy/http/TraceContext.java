package phalanx.proxy.http;

import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Which trace an exchange belongs to, and its spans (W3C Trace Context, level 1). Any thread.
 *
 * @param traceId 32 hexadecimal digits
 * @param parent the caller's span, 16 digits; empty where this begins the trace
 * @param server our span of the request as the client sees it
 * @param client our span of the request as the server sees it, which is its caller
 */
public record TraceContext(String traceId, String parent, String server, String client) {
    /** The trace that a request belongs to by its traceparent, or a new one. */
    public static TraceContext of(@Nullable String traceparent, SplittableRandom random) {
        String server = digits(random.nextLong());
        String client = digits(random.nextLong());
        return Optional.ofNullable(traceparent)
                .filter(text -> text.matches("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?")
                        && !text.startsWith("ff")
                        && !text.startsWith("0".repeat(32), 3)
                        && !text.startsWith("0".repeat(16), 36))
                .map(text -> new TraceContext(text.substring(3, 35), text.substring(36, 52), server, client))
                .orElseGet(() -> new TraceContext(
                        digits(random.nextLong()) + digits(random.nextLong() | 1), "", server, client));
    }

    private static String digits(long bits) {
        return HexFormat.of().toHexDigits(bits == 0 ? 1 : bits);
    }

    /** What the server gets as traceparent. */
    public String traceparent() {
        return "00-" + traceId + "-" + client + "-01";
    }
}
