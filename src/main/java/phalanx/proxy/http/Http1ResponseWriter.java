package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.DefaultFileRegion;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The responses of one HTTP/1 connection as octets: heads, and bodies framed as their heads say (RFC 9112 section 6). On its event loop. */
final class Http1ResponseWriter {
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
    private static final byte[] UPGRADE = ascii("Connection: upgrade\r\n");

    /** How a response's end is told. */
    private enum Framing {
        NONE,
        LENGTH,
        CHUNKED,
        CLOSE
    }

    private final Http1Output output;
    private Framing framing = Framing.NONE;
    private long lengthLeft;

    Http1ResponseWriter(Http1Output output) {
        this.output = output;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes an interim response (RFC 9110 section 15.2). */
    void interim(int status, Fields fields) {
        HeadWriter out = HeadWriter.start();
        StatusLines.write(status, StatusLines.reason(status), out);
        Http1Output.putFields(fields, out);
        out.endLine();
        output.head(out, 0);
    }

    /**
     * Writes the head of a response that switches protocols; what follows is the other protocol's.
     *
     * @param head with status 101
     */
    void upgrade(ResponseHead head) {
        framing = Framing.CLOSE;
        HeadWriter out = start(head);
        String protocol = head.fields().value(FieldName.UPGRADE);
        out.field(FieldName.UPGRADE, protocol == null ? "websocket" : protocol)
                .put(UPGRADE)
                .endLine();
        output.head(out, 0);
    }

    /**
     * Writes a final response's head.
     *
     * @param end whether no body follows
     * @param close whether the connection closes behind the response
     * @return whether it closes, which it also does when only that can tell the response's end
     */
    boolean head(ResponseHead head, RequestHead request, boolean end, boolean close) {
        HeadWriter out = start(head);
        boolean closes = close;
        if (head.bodiless(request.method())) {
            framing = Framing.NONE;
            if (head.contentLength() >= 0 && head.status() != 204) {
                out.field(FieldName.CONTENT_LENGTH, Long.toString(head.contentLength()));
            }
        } else if (head.contentLength() >= 0) {
            framing = Framing.LENGTH;
            lengthLeft = head.contentLength();
            out.field(FieldName.CONTENT_LENGTH, Long.toString(head.contentLength()));
        } else if (end) {
            framing = Framing.NONE;
            out.field(FieldName.CONTENT_LENGTH, "0");
        } else if (request.version() == 11) {
            framing = Framing.CHUNKED;
            out.put(CHUNKED);
        } else {
            framing = Framing.CLOSE;
            closes = true;
        }
        if (closes) {
            out.put(CLOSE);
        } else if (request.version() == 10) {
            out.put(KEEP_ALIVE);
        }
        output.head(out.endLine(), end || framing == Framing.NONE ? 0 : head.contentLength());
        return closes;
    }

    private static HeadWriter start(ResponseHead head) {
        HeadWriter out = HeadWriter.start();
        StatusLines.write(head.status(), head.reason(), out);
        Http1Output.putFields(head.fields(), out);
        return out;
    }

    /**
     * Writes some of the body; the buffer is released.
     *
     * @param data at least an octet
     * @return false if it is more than the head said, and nothing was written
     */
    boolean data(ByteBuf data) {
        switch (framing) {
            case NONE -> data.release();
            case LENGTH -> {
                if (data.readableBytes() > lengthLeft) {
                    data.release();
                    return false;
                }
                lengthLeft -= data.readableBytes();
                output.data(data);
            }
            case CHUNKED -> output.chunk(data);
            case CLOSE -> output.data(data);
        }
        return true;
    }

    /** Hands a part of a file to the kernel; null where the response's framing does not allow it. */
    @Nullable
    ChannelFuture file(FileChannel file, long from, long length) {
        if (framing != Framing.LENGTH || length > lengthLeft) {
            return null;
        }
        lengthLeft -= length;
        return output.file(new OpenFileRegion(file, from, length));
    }

    /** Ends the body; false if it is shorter than the head said. */
    boolean end(@Nullable Fields trailer) {
        if (framing == Framing.CHUNKED) {
            output.lastChunk(trailer);
        }
        return framing != Framing.LENGTH || lengthLeft == 0;
    }

    /** Whether the end of the connection is the end of the body. */
    boolean endsByClose() {
        return framing == Framing.CLOSE;
    }

    /** Answers a request that is no HTTP, or too large, or too slow. The connection closes behind it. */
    void refuse(Refusal refusal, String date) {
        String reason = StatusLines.reason(refusal.status());
        byte[] text = ascii(refusal.status() + " " + reason + "\n\nThe request was refused: " + refusal.reason()
                + ".\nSide that failed: client\n");
        HeadWriter out = HeadWriter.start();
        StatusLines.write(refusal.status(), reason, out);
        out.field(FieldName.SERVER, "phalanx")
                .field(FieldName.DATE, date)
                .field(FieldName.CONTENT_TYPE, "text/plain; charset=utf-8")
                .field(FieldName.CONTENT_LENGTH, Integer.toString(text.length))
                .put(CLOSE)
                .endLine()
                .put(text);
        output.head(out, 0);
    }

    /** A part of a file that is sent in several. */
    private static final class OpenFileRegion extends DefaultFileRegion {
        OpenFileRegion(FileChannel file, long from, long length) {
            super(file, from, length);
        }

        @Override
        protected void deallocate() {
            // whoever opened the file closes it
        }
    }
}
