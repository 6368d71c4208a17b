package phalanx.receive;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * Why something is not taken, as the sender is told (RFC 9457) and the log. Immutable, any thread.
 *
 * @param status of the answer
 * @param code {@code PHX-nnnn}
 * @param title the same for all of its kind
 * @param detail what the sender can do
 */
record Refusal(HttpResponseStatus status, String code, String title, String detail) {
    /** No token, a wrong one, or a page of a browser. */
    static final String NOT_LET_IN = "PHX-1701";
    /** Something else than an upload was asked for. */
    static final String NO_UPLOAD = "PHX-1702";
    /** Larger than a capture may be. */
    static final String TOO_LARGE = "PHX-1703";
    /** The folder is as full as it may get. */
    static final String NO_ROOM = "PHX-1704";
    /** It came too slowly, or not to its end. */
    static final String TOO_SLOW = "PHX-1705";
    /** It is no capture. */
    static final String NO_CAPTURE = "PHX-1706";

    static final Refusal WRONG_HOST = new Refusal(
            HttpResponseStatus.MISDIRECTED_REQUEST,
            NOT_LET_IN,
            "This server goes by its address",
            "Name it 127.0.0.1 or localhost.");
    static final Refusal PAGE = new Refusal(
            HttpResponseStatus.FORBIDDEN,
            NOT_LET_IN,
            "Pages may not send captures",
            "Send it with a program, curl for example.");
    static final Refusal NOWHERE = new Refusal(
            HttpResponseStatus.NOT_FOUND, NO_UPLOAD, "There is nothing here", "POST /captures takes captures.");
    static final Refusal METHOD = new Refusal(
            HttpResponseStatus.METHOD_NOT_ALLOWED, NO_UPLOAD, "Captures are posted", "POST /captures takes captures.");
    static final Refusal TOKEN = new Refusal(
            HttpResponseStatus.UNAUTHORIZED,
            NOT_LET_IN,
            "The token is missing or wrong",
            "Authorization: Bearer TOKEN");
    static final Refusal CONTENT = new Refusal(
            HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
            NO_UPLOAD,
            "The body must be the capture itself",
            "Content-Type: application/octet-stream, and no Content-Encoding; the capture itself may be in gzip, zstd or lz4.");
    static final Refusal LENGTH = new Refusal(
            HttpResponseStatus.LENGTH_REQUIRED,
            NO_UPLOAD,
            "How long the body is was not said",
            "Content-Length, or chunked.");
    static final Refusal REQUEST = new Refusal(
            HttpResponseStatus.BAD_REQUEST, NO_UPLOAD, "The request is not understood", "POST /captures HTTP/1.1");
    static final Refusal SIZE = new Refusal(
            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
            TOO_LARGE,
            "The capture is larger than is taken here",
            "Cut it (editcap -c), or ask for a higher limit (phalanx receive --file-size).");
    static final Refusal ROOM = new Refusal(
            HttpResponseStatus.INSUFFICIENT_STORAGE,
            NO_ROOM,
            "The folder holds as much as it may",
            "Ask whoever runs the server to take captures away.");
    static final Refusal BUSY = new Refusal(
            HttpResponseStatus.SERVICE_UNAVAILABLE,
            NO_ROOM,
            "Too many captures come at once",
            "Send it again in a minute.");
    static final Refusal SLOW = new Refusal(
            HttpResponseStatus.REQUEST_TIMEOUT,
            TOO_SLOW,
            "The capture comes too slowly",
            "Send it again over a better line.");
    static final Refusal NOT_KEPT = new Refusal(
            HttpResponseStatus.INSUFFICIENT_STORAGE,
            NO_ROOM,
            "The capture could not be written",
            "Free the disk there.");
    static final Refusal BOMB = new Refusal(
            HttpResponseStatus.UNPROCESSABLE_ENTITY,
            NO_CAPTURE,
            "It unpacks to more than 200 times its size",
            "Send the capture unpacked.");

    static Refusal noCapture(String why) {
        return new Refusal(
                HttpResponseStatus.UNPROCESSABLE_ENTITY,
                NO_CAPTURE,
                "The body is no packet capture",
                why + " pcap, pcapng and snoop are taken, plain or in gzip, zstd or lz4.");
    }
}
