package phalanx.proxy.http;

import org.jspecify.annotations.Nullable;

/**
 * Why an exchange got no whole answer, and whose side failed. Any thread.
 *
 * @param status what the client is answered, if nothing was sent to it yet
 * @param error the type that RFC 9209 section 2.3 gives it, for the Proxy-Status field
 * @param what one sentence for the answer's text and the log, without anything from the message
 * @param again whether the request certainly did not reach anybody, so that it may be sent elsewhere
 */
public record Failure(Side side, int status, String error, String what, boolean again) {
    private static final String DENIED = "http_request_denied";

    /** The client is banned. */
    public static final Failure BANNED =
            denied(403, "This address is banned for a while because of what came from it.");

    /** Whose side failed. */
    public enum Side {
        CLIENT,
        UPSTREAM,
        PROXY
    }

    /** What an upstream did wrong after the request may have reached it. */
    public static Failure upstream(int status, String error, String what) {
        return new Failure(Side.UPSTREAM, status, error, what, false);
    }

    /** What the client did wrong. */
    public static Failure client(int status, String what) {
        return new Failure(Side.CLIENT, status, "http_request_error", what, false);
    }

    /** What the client may not do here. */
    public static Failure denied(int status, String what) {
        return new Failure(Side.CLIENT, status, DENIED, what, false);
    }

    /** Whether the guard refused the request. */
    public boolean isDenied() {
        return error.equals(DENIED);
    }

    /** What we cannot do. */
    public static Failure proxy(int status, String error, String what) {
        return new Failure(Side.PROXY, status, error, what, false);
    }

    /** The value of the Proxy-Status field (RFC 9209 section 2). */
    public String proxyStatus(@Nullable String nextHop) {
        return "phalanx; error=" + error + (nextHop == null ? "" : "; next-hop=\"" + nextHop + "\"");
    }
}
