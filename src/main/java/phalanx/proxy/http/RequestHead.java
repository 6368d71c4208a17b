package phalanx.proxy.http;

import org.jspecify.annotations.Nullable;

/**
 * The head of a request, whichever version carried it (RFC 9110 section 6.2). Checked before it is made. One thread; does not change.
 *
 * @param method case-sensitive token
 * @param target the path and query as the client wrote them, or {@code *}
 * @param version 10, 11 or 20
 * @param scheme {@code http} or {@code https}: how the client reached us, or what it said in an absolute target
 * @param authority the host asked for, with its port if the client gave one; empty when HTTP/1.0 named none
 * @param fields as they came, Host among them for HTTP/1
 * @param contentLength octets of the body, 0 for none, -1 when only its end tells
 * @param keepAlive whether the client means to send another request on its connection
 * @param upgrade the protocol it asks to go over to (RFC 9110 section 7.8, RFC 8441 section 4), or null
 */
public record RequestHead(
        String method,
        String target,
        int version,
        String scheme,
        String authority,
        Fields fields,
        long contentLength,
        boolean keepAlive,
        @Nullable String upgrade) {

    /** The path as written, without its query. */
    public String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    /** What stands behind the question mark; null where there is none. */
    public @Nullable String query() {
        int question = target.indexOf('?');
        return question < 0 ? null : target.substring(question + 1);
    }

    /** The authority without its port, in lower case. */
    public String host() {
        return Authority.host(authority);
    }

    /** Whether asking again does no harm (RFC 9110 section 9.2.2). */
    public boolean idempotent() {
        return switch (method) {
            case "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE" -> true;
            default -> false;
        };
    }

    /** Whether the client sends its body only when it is asked to (RFC 9110 section 10.1.1). */
    public boolean expectsContinue() {
        return fields.has(FieldName.EXPECT);
    }

    public boolean hasBody() {
        return contentLength != 0;
    }

    /** {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2.0}. */
    public String protocol() {
        return version == 20 ? "HTTP/2.0" : version == 10 ? "HTTP/1.0" : "HTTP/1.1";
    }

    /** As a server gets it: with this target, these fields and this upgrade, on a connection that may be kept. */
    public RequestHead forServer(String sentTarget, Fields sentFields, @Nullable String sentUpgrade) {
        return new RequestHead(
                method, sentTarget, version, scheme, authority, sentFields, contentLength, true, sentUpgrade);
    }
}
