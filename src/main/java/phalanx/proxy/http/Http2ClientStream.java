package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** One stream of a client's HTTP/2 connection: one exchange (RFC 9113 section 5). On the connection's event loop. */
final class Http2ClientStream implements ClientStream {
    private final Http2ClientHandler handler;
    private final Http2Stream stream;
    private final RequestHead request;
    private @Nullable Exchange exchange;
    /** The last data, held back so that the end of the stream can go with it. */
    private @Nullable ByteBuf last;

    private boolean requestWanted = true;
    private boolean requestOver;
    private boolean over;
    private int untaken;
    private long lastProgress = System.nanoTime();

    Http2ClientStream(Http2ClientHandler handler, Http2Stream stream, RequestHead request) {
        this.handler = handler;
        this.stream = stream;
        this.request = request;
    }

    private ChannelHandlerContext context() {
        return handler.context();
    }

    // The request.

    void begin(ClientConnection client, boolean end) {
        Exchange begun = new Exchange(handler.worker(), client, request, this);
        exchange = begun;
        requestOver = end;
        if (end || request.upgrade() != null) { // a tunnel has no body before it stands
            begun.requestEnd(null);
        }
        handler.service().handler().handle(begun);
    }

    /** Takes some of the body; returns how many octets the client may send in their place now. */
    int requestData(ByteBuf data, boolean end) {
        int octets = data.readableBytes();
        lastProgress = System.nanoTime();
        if (exchange == null || over) {
            return octets;
        }
        if (request.upgrade() != null && !exchange.responseStarted()) { // the tunnel does not stand yet
            exchange.clientFailed(Failure.client(400, "data came before the tunnel stood"));
            reset(Http2Error.PROTOCOL_ERROR);
            return octets;
        }
        requestOver |= end;
        if (octets > 0) {
            exchange.requestData(data.retainedSlice());
        }
        if (end) {
            exchange.requestEnd(null);
        }
        if (requestWanted || over) {
            return octets;
        }
        untaken += octets;
        return 0;
    }

    void requestEnd(Fields trailer) {
        requestOver = true;
        if (exchange != null) {
            exchange.requestEnd(trailer);
        }
    }

    void requestFlush() {
        if (exchange != null) {
            exchange.requestFlush();
        }
    }

    @Override
    public void readRequest(boolean more) {
        requestWanted = more;
        if (more && untaken > 0) {
            int taken = untaken;
            untaken = 0;
            lastProgress = System.nanoTime();
            try {
                if (handler.connection().local().flowController().consumeBytes(stream, taken)) {
                    handler.flushSoon();
                }
            } catch (Http2Exception e) {
                handler.onError(context(), false, e);
            }
        }
    }

    // The response.

    @Override
    public void interim(int status, Fields fields) {
        if (!over) {
            Http2Headers headers = new DefaultHttp2Headers().status(Integer.toString(status));
            Http2Fields.write(fields, headers);
            handler.encoder()
                    .writeHeaders(
                            context(), stream.id(), headers, 0, false, context().newPromise());
        }
    }

    @Override
    public void head(ResponseHead head, boolean end) {
        if (over) {
            return;
        }
        boolean tunnel = request.upgrade() != null && head.status() == 101;
        if (request.upgrade() != null && head.status() >= 200 && head.status() < 300) {
            over = true; // the server answers as if nobody had asked for a tunnel: this must not look like one
            Http2Headers refused = new DefaultHttp2Headers().status("502");
            handler.encoder().writeHeaders(context(), stream.id(), refused, 0, true, ending());
            return;
        }
        lastProgress = System.nanoTime();
        handler.encoder()
                .writeHeaders(
                        context(),
                        stream.id(),
                        Http2Fields.response(head, tunnel),
                        0,
                        end,
                        end ? ending() : context().newPromise());
        if (end) {
            ended();
        }
    }

    @Override
    public void data(ByteBuf data) {
        if (over) {
            data.release();
            return;
        }
        lastProgress = System.nanoTime();
        ByteBuf before = last;
        last = data;
        if (before != null) {
            write(before, false);
        }
    }

    @Override
    public boolean file(FileChannel file, long from, long length, Runnable taken) {
        return false; // frames are made of octets that pass through here
    }

    private void write(ByteBuf data, boolean end) {
        ChannelPromise written = end ? ending() : context().newPromise();
        written.addListener(_ -> lastProgress = System.nanoTime()); // the client takes something, however slowly
        handler.encoder().writeData(context(), stream.id(), data, 0, end, written);
    }

    /** Once the answer is out: the rest of a body that is still coming is not wanted (RFC 9113 section 8.1). */
    private ChannelPromise ending() {
        ChannelPromise promise = context().newPromise();
        if (!requestOver) {
            promise.addListener(_ -> {
                if (!requestOver) {
                    handler.resetStream(
                            context(),
                            stream.id(),
                            Http2Error.NO_ERROR.code(),
                            context().newPromise());
                    handler.flushSoon();
                }
            });
        }
        return promise;
    }

    @Override
    public void end(@Nullable Fields trailer) {
        if (over) {
            return;
        }
        ByteBuf data = last;
        last = null;
        if (trailer == null) {
            write(data == null ? Unpooled.EMPTY_BUFFER : data, true);
        } else {
            if (data != null) {
                write(data, false);
            }
            Http2Headers headers = new DefaultHttp2Headers(false, trailer.count());
            Http2Fields.write(trailer, headers);
            handler.encoder().writeHeaders(context(), stream.id(), headers, 0, true, ending());
        }
        ended();
    }

    private void ended() {
        over = true;
        readRequest(true);
    }

    @Override
    public void flush() {
        ByteBuf data = last;
        if (data != null) {
            last = null;
            write(data, false);
        }
        handler.flushSoon();
    }

    @Override
    public void abort() {
        reset(Http2Error.INTERNAL_ERROR);
    }

    private void reset(Http2Error error) {
        if (!over) {
            over = true;
            releaseLast();
            handler.resetStream(context(), stream.id(), error.code(), context().newPromise());
            handler.flushSoon();
        }
    }

    @Override
    public void reset() {
        abort();
    }

    @Override
    public boolean writable() {
        return handler.encoder().flowController().isWritable(stream);
    }

    void writabilityChanged() {
        lastProgress = System.nanoTime();
        if (exchange != null && !over) {
            exchange.clientWritable(writable());
        }
    }

    // Ends.

    void closed() {
        Exchange current = exchange;
        exchange = null;
        over = true;
        releaseLast();
        if (current != null && !current.over()) {
            current.clientFailed(Failure.client(499, "the client gave the request up before the answer was whole"));
        }
    }

    private void releaseLast() {
        if (last != null) {
            last.release();
            last = null;
        }
    }

    void checkTimes(long now) {
        Exchange current = exchange;
        if (current == null) {
            return;
        }
        long waited = now - lastProgress;
        HttpSettings settings = handler.service().settings();
        boolean stalled = over
                ? waited > settings.sendTimeout().toNanos()
                : !writable() && waited > settings.sendTimeout().toNanos();
        boolean silent = !over
                && !requestOver
                && requestWanted
                && request.upgrade() == null
                && waited > settings.bodyTimeout().toNanos();
        if (stalled || silent) {
            current.clientFailed(Failure.client(
                    stalled ? 499 : 408,
                    stalled ? "the client took nothing of the answer" : "the client's body stopped"));
            over = false;
            reset(Http2Error.CANCEL);
        }
    }
}
