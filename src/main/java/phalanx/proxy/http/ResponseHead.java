package phalanx.proxy.http;

/**
 * The head of a final or interim response (RFC 9110 section 15). One thread; its fields may be edited until it is sent.
 *
 * @param status 100 to 599
 * @param reason the reason phrase; may be empty, and HTTP/2 has none
 * @param contentLength octets of the body, -1 when only its end tells; what the field says even where no body follows (HEAD, 304)
 */
public record ResponseHead(int status, String reason, Fields fields, long contentLength) {

    /** Whether no body follows, whatever the fields say (RFC 9112 section 6.3). */
    public boolean bodiless(String method) {
        return status < 200 || status == 204 || status == 304 || method.equals("HEAD");
    }

    public static ResponseHead of(int status, Fields fields, long contentLength) {
        return new ResponseHead(status, StatusLines.reason(status), fields, contentLength);
    }

    /** Without the fields that belong to the server's connection, but for Upgrade, which a 101 needs. */
    ResponseHead forwarded() {
        Fields kept = fields.forwarded();
        String upgrade = status == 101 ? fields.value(FieldName.UPGRADE) : null;
        return new ResponseHead(
                status, reason, upgrade == null ? kept : kept.add(FieldName.UPGRADE, upgrade), contentLength);
    }

    /** With another length of body. */
    public ResponseHead withLength(long length) {
        return new ResponseHead(status, reason, fields, length);
    }
}
