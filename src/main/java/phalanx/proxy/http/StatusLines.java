package phalanx.proxy.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/** Status lines, put together once (RFC 9112 section 4). Any thread. */
final class StatusLines {
    private static final byte[][] LINES = new byte[600][];

    static {
        for (int status = 100; status < LINES.length; status++) {
            LINES[status] = ("HTTP/1.1 " + status + " " + reason(status) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        }
    }

    private StatusLines() {}

    /** The usual reason phrase of a status code. */
    static String reason(int status) {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    static void write(int status, String reason, HeadWriter out) {
        if (reason.equals(reason(status))) {
            out.put(LINES[status]);
        } else {
            out.put("HTTP/1.1 ").put(status).put(' ').put(reason).endLine();
        }
    }
}
