package phalanx.proxy.http;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the heads of HTTP/1 responses (RFC 9112 sections 4 and 6). A line may end in LF alone. One thread. */
final class ResponseReader extends HeadReader {
    private static final byte[] PROTOCOL = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_AT = 9;

    private int at;
    private int minor;
    private int status;
    private int reasonStart;
    private int reasonEnd;
    private boolean chunked;
    private boolean keepAlive;
    private @Nullable ResponseHead head;

    ResponseReader(Http1Limits limits) {
        super(limits.headerBytes(), limits.headerFields(), true);
    }

    @Override
    boolean hasFirstLine() {
        return true;
    }

    @Override
    void beginFirstLine() {
        at = 0;
        status = 0;
        head = null;
    }

    @Override
    boolean firstLine() {
        while (position < end && !refused()) {
            int c = store[position++] & 0xFF;
            if (at < PROTOCOL.length) {
                if (c != PROTOCOL[at]) {
                    refuse(Refusal.bad("the answer does not begin with a version of HTTP/1"));
                }
            } else if (at == PROTOCOL.length) {
                minor = c - '0';
                if (minor < 0 || minor > 9) {
                    refuse(Refusal.bad("the answer does not begin with a version of HTTP/1"));
                }
            } else if (at < STATUS_AT) {
                if (c != ' ') {
                    refuse(Refusal.bad("no status code follows the version"));
                }
            } else if (at < STATUS_AT + 3) {
                if (c < '0' || c > '9') {
                    refuse(Refusal.bad("no status code follows the version"));
                }
                status = status * 10 + c - '0';
                reasonStart = position;
            } else if (c == '\n') {
                reasonEnd = position - 1;
                if (reasonEnd > reasonStart && store[reasonEnd - 1] == '\r') {
                    reasonEnd--;
                }
                return true;
            } else if (at == STATUS_AT + 3) {
                if (c != ' ' && c != '\r') {
                    refuse(Refusal.bad("the status code has more than three digits"));
                }
                reasonStart = c == ' ' ? position : position - 1;
            } else if (c < 0x20 && c != '\r' && c != '\t') {
                refuse(Refusal.bad("the reason phrase holds a control octet"));
            }
            at++;
        }
        return false;
    }

    @Override
    void checkHead() {
        if (status < 100 || status > 599) {
            refuse(Refusal.bad("the status code is not from 100 to 599"));
            return;
        }
        long length = -1;
        chunked = false;
        for (int i = 0; i < fieldCount(); i++) {
            if (known(i) == FieldName.CONTENT_LENGTH) {
                long value = lengthValue(i);
                if (value < 0 || length >= 0 && length != value) {
                    refuse(Refusal.bad("the Content-Length is no plain number, or two differ"));
                    return;
                }
                length = value;
            } else if (known(i) == FieldName.TRANSFER_ENCODING) {
                if (chunked || !value(i).equalsIgnoreCase("chunked")) {
                    refuse(Refusal.bad("the Transfer-Encoding is not chunked alone"));
                    return;
                }
                chunked = true;
            }
        }
        if (chunked && length >= 0) {
            refuse(Refusal.bad("there are both Content-Length and Transfer-Encoding"));
            return;
        }
        Fields fields = fields();
        boolean close = fields.hasToken(FieldName.CONNECTION, "close");
        keepAlive = minor == 0 ? !close && fields.hasToken(FieldName.CONNECTION, "keep-alive") : !close;
        String reason = new String(store, reasonStart, reasonEnd - reasonStart, StandardCharsets.ISO_8859_1);
        head = new ResponseHead(status, reason, fields, length);
    }

    /** The head just read. */
    ResponseHead head() {
        return Objects.requireNonNull(head);
    }

    /** Whether the body of the response just read comes in chunks. */
    boolean chunked() {
        return chunked;
    }

    /** Whether the server keeps its connection open after it. */
    boolean keepAlive() {
        return keepAlive;
    }
}
