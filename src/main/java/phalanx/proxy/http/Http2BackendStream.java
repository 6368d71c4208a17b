package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One stream of a server's HTTP/2 connection: one exchange. On the connection's event loop. */
final class Http2BackendStream implements BackendStream, Http2Handler.Exchanging {
    private final Http2BackendHandler handler;
    private final int id;
    private final RequestHead request;
    private final Http2Output output;
    private final long readNanos;
    private final long sendNanos;
    private @Nullable BackendListener listener;
    private boolean headSent;
    private boolean requestOver;
    private boolean headRead;
    private boolean wanted = true;
    private int untaken;
    private long lastProgress = System.nanoTime();

    Http2BackendStream(
            Http2BackendHandler handler,
            int id,
            RequestHead request,
            BackendListener listener,
            long readNanos,
            long sendNanos) {
        this.handler = handler;
        this.id = id;
        this.request = request;
        this.output = new Http2Output(handler, id, () -> lastProgress = System.nanoTime());
        this.listener = listener;
        this.readNanos = readNanos;
        this.sendNanos = sendNanos;
    }

    private @Nullable Http2Stream stream() {
        return handler.connection().stream(id);
    }

    // The request.

    private void sendHead(boolean end) {
        if (headSent) {
            return;
        }
        headSent = true;
        output.headers(Http2Fields.request(request), end, output.promise().addListener(sent -> {
            if (!sent.isSuccess()) {
                fail(new Failure(
                        Failure.Side.UPSTREAM,
                        502,
                        "connection_terminated",
                        "The upstream takes no more requests on this connection.",
                        true));
            }
        }));
        Http2Stream stream = stream();
        if (stream != null) {
            handler.exchange(stream, this);
        }
    }

    @Override
    public void data(ByteBuf data) {
        if (listener == null || requestOver) {
            data.release();
            return;
        }
        lastProgress = System.nanoTime();
        sendHead(false);
        output.data(data);
    }

    @Override
    public void end(@Nullable Fields trailer) {
        if (listener == null || requestOver) {
            return;
        }
        requestOver = true;
        lastProgress = System.nanoTime();
        if (!headSent && trailer == null) {
            sendHead(true);
            return;
        }
        sendHead(false);
        output.end(trailer, output.promise());
    }

    @Override
    public void flush() {
        if (listener != null) {
            sendHead(false);
        }
        output.flush();
    }

    @Override
    public boolean writable() {
        Http2Stream stream = stream();
        return stream == null
                ? !headSent && handler.channel().isWritable()
                : handler.encoder().flowController().isWritable(stream);
    }

    @Override
    public void writabilityChanged() {
        lastProgress = System.nanoTime();
        if (listener != null) {
            listener.writable(writable());
        }
    }

    @Override
    public void cancel() {
        listener = null;
        output.release();
        if (headSent) {
            output.reset(Http2Error.CANCEL);
        }
    }

    @Override
    public void readResponse(boolean more) {
        wanted = more;
        Http2Stream stream = stream();
        if (more && untaken > 0 && stream != null) {
            int taken = untaken;
            untaken = 0;
            lastProgress = System.nanoTime();
            handler.consumed(stream, taken);
        }
    }

    // The response.

    void headers(Http2Headers headers, boolean end) {
        BackendListener to = listener;
        if (to == null) {
            return;
        }
        lastProgress = System.nanoTime();
        if (headRead) {
            Fields trailer = Http2Fields.trailer(headers);
            finish();
            to.end(trailer);
            to.flush();
            return;
        }
        ResponseHead head = Http2Fields.response(headers);
        if (head == null) {
            fail(Failure.upstream(502, "http_protocol_error", "The upstream's answer has no good header."));
        } else if (head.status() < 200) {
            to.interim(head.status(), head.fields());
        } else {
            headRead = true;
            if (end) {
                finish();
            }
            to.head(end && !head.bodiless(request.method()) ? head.withLength(0) : head, end);
            if (end) {
                to.flush();
            }
        }
    }

    int responseData(ByteBuf data, boolean end) {
        int octets = data.readableBytes();
        BackendListener to = listener;
        lastProgress = System.nanoTime();
        if (to == null || !headRead) {
            return octets;
        }
        if (octets > 0) {
            to.data(data.retainedSlice());
        }
        if (end && listener != null) {
            finish();
            to.end(null);
            to.flush();
            return octets;
        }
        if (wanted) {
            return octets;
        }
        untaken += octets;
        return 0;
    }

    @Override
    public void readOver() {
        if (listener != null) {
            listener.flush();
        }
    }

    // Ends.

    /** The response is whole; a request that is not is of no use any more. */
    private void finish() {
        listener = null;
        output.release();
        if (!requestOver) {
            output.reset(Http2Error.NO_ERROR);
        }
    }

    void resetByServer(long code) {
        boolean refused = code == Http2Error.REFUSED_STREAM.code(); // it did nothing (RFC 9113 section 8.7)
        fail(new Failure(
                Failure.Side.UPSTREAM,
                502,
                headRead ? "http_response_incomplete" : "http_protocol_error",
                "The upstream reset the stream (" + Objects.requireNonNullElse(Http2Error.valueOf(code), code) + ").",
                refused));
    }

    @Override
    public void closed() {
        boolean unseen = handler.connection().goAwayReceived()
                && id > handler.connection().local().lastStreamKnownByPeer(); // it did nothing (RFC 9113 section 6.8)
        fail(new Failure(
                Failure.Side.UPSTREAM,
                502,
                headRead ? "http_response_incomplete" : "connection_terminated",
                headRead
                        ? "The upstream closed its connection in the middle of the answer."
                        : "The upstream closed its connection without an answer.",
                unseen));
    }

    private void fail(Failure why) {
        BackendListener to = listener;
        listener = null;
        output.release();
        if (to != null) {
            to.failed(why);
            to.flush();
        }
    }

    @Override
    public boolean checkTimes(long now) {
        if (listener == null) {
            return false;
        }
        boolean silent = requestOver && wanted && now - lastProgress > readNanos;
        boolean stuck = !requestOver && !writable() && now - lastProgress > sendNanos;
        if (silent || stuck) {
            fail(Failure.upstream(
                    504,
                    silent ? "connection_read_timeout" : "connection_write_timeout",
                    silent
                            ? "The upstream sent nothing for " + readNanos / 1_000_000_000 + " s."
                            : "The upstream took nothing of the request for " + sendNanos / 1_000_000_000 + " s."));
            output.reset(Http2Error.CANCEL);
        }
        return silent || stuck;
    }
}
