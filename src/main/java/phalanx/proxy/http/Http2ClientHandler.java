package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.transport.Shutdown;
import phalanx.proxy.transport.Worker;

/**
 * A client's connection that speaks HTTP/2 (RFC 9113): many exchanges at once, each a stream. Limits hold against floods of resets,
 * continuations, empty frames and control frames. On its event loop.
 */
public final class Http2ClientHandler extends Http2Handler<Http2ClientStream> {
    /** What a client may send on a stream before we took any of it. */
    private static final int STREAM_WINDOW = 256 << 10;

    private static final int CONNECTION_WINDOW = 1 << 20;
    /** Streams that a client may reset in ten seconds (rapid reset, CVE-2023-44487). */
    private static final int MOST_RESETS = 200;

    private static final int RESET_WINDOW_SECONDS = 10;
    /** Continuation frames of one head that bring next to nothing (CVE-2024-27316 and others). */
    private static final int MOST_SMALL_CONTINUATIONS = 8;

    private static final int MOST_EMPTY_DATA = 8;
    private static final int MOST_QUEUED_CONTROL_FRAMES = 1000;
    private static final char ENABLE_CONNECT_PROTOCOL = 8; // RFC 8441 section 3

    private final HttpService service;
    private final ClientConnection client;
    private final int generation;

    private @Nullable PendingWrites writes;
    private long lastTaken = System.nanoTime();
    private boolean closing;
    private long served;

    private Http2ClientHandler(
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings settings,
            Worker worker,
            HttpService service,
            ClientConnection client) {
        super(decoder, encoder, settings, worker);
        this.service = service;
        this.client = client;
        this.generation = service.generation();
    }

    /** The handler for a connection whose next octets are the preface. */
    public static Http2ClientHandler of(Worker worker, HttpService service, ClientConnection client) {
        return new Builder(worker, service, client).build();
    }

    private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<Http2ClientHandler, Builder> {
        private final Worker worker;
        private final HttpService service;
        private final ClientConnection client;
        private final Frames frames = new Frames();

        Builder(Worker worker, HttpService service, ClientConnection client) {
            this.worker = worker;
            this.service = service;
            this.client = client;
            HttpSettings settings = service.settings();
            connection(streams(true));
            frameListener(frames);
            Http2Settings ours = Http2Settings.defaultSettings()
                    .maxConcurrentStreams(settings.concurrentStreams())
                    .initialWindowSize(STREAM_WINDOW)
                    .maxHeaderListSize(settings.limits().headerBytes());
            ours.put(ENABLE_CONNECT_PROTOCOL, Long.valueOf(1));
            initialSettings(ours);
            decoderEnforceMaxRstFramesPerWindow(MOST_RESETS, RESET_WINDOW_SECONDS);
            encoderEnforceMaxRstFramesPerWindow(MOST_RESETS, RESET_WINDOW_SECONDS);
            decoderEnforceMaxConsecutiveEmptyDataFrames(MOST_EMPTY_DATA);
            decoderEnforceMaxSmallContinuationFrames(MOST_SMALL_CONTINUATIONS);
            encoderEnforceMaxQueuedControlFrames(MOST_QUEUED_CONTROL_FRAMES);
            gracefulShutdownTimeoutMillis(0);
        }

        @Override
        public Http2ClientHandler build() {
            return super.build();
        }

        @Override
        protected Http2ClientHandler build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            Http2ClientHandler handler = new Http2ClientHandler(decoder, encoder, settings, worker, service, client);
            frames.handler = handler;
            return handler;
        }
    }

    /** What the client sends. */
    private static final class Frames extends Http2FrameAdapter {
        private @Nullable Http2ClientHandler handler;

        private Http2ClientHandler handler() {
            return Objects.requireNonNull(handler);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext ctx,
                int id,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean end)
                throws Http2Exception {
            handler().headers(id, headers, end);
        }

        @Override
        public void onHeadersRead(ChannelHandlerContext ctx, int id, Http2Headers headers, int padding, boolean end)
                throws Http2Exception {
            handler().headers(id, headers, end);
        }

        @Override
        public int onDataRead(ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean end) {
            return handler().data(id, data, padding, end);
        }
    }

    HttpService service() {
        return service;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        super.handlerAdded(ctx);
        writes = new PendingWrites(ctx.channel());
        openWindow(CONNECTION_WINDOW);
    }

    private void headers(int id, Http2Headers headers, boolean end) throws Http2Exception {
        touched();
        Http2Stream stream = connection().stream(id);
        if (stream == null) {
            return;
        }
        Http2ClientStream known = exchange(stream);
        if (known != null) {
            Fields trailer = Http2Fields.trailer(headers);
            if (trailer == null || !end) {
                throw Http2Exception.streamError(id, Http2Error.PROTOCOL_ERROR, "malformed trailer");
            }
            read(known);
            known.requestEnd(trailer);
            return;
        }
        Http2Fields.Read read = Http2Fields.request(
                headers, end, client.tls() != null, service.settings().limits());
        Refusal refusal = read.refusal();
        if (refusal != null) {
            service.refused(client, refusal);
            Http2Headers answer = new DefaultHttp2Headers().status(Integer.toString(refusal.status()));
            encoder().writeHeaders(context(), id, answer, 0, true, context().newPromise());
            if (!end) {
                resetStream(context(), id, Http2Error.NO_ERROR.code(), context().newPromise());
            }
            return;
        }
        served++;
        RequestHead head = Objects.requireNonNull(read.head());
        Http2ClientStream begun = new Http2ClientStream(this, stream, client, head, end);
        exchange(stream, begun);
        read(begun);
        if (served >= service.settings().keepAliveRequests()) {
            closeSoon();
        }
    }

    private int data(int id, ByteBuf data, int padding, boolean end) {
        touched();
        Http2Stream stream = connection().stream(id);
        Http2ClientStream known = exchange(stream);
        int octets = data.readableBytes() + padding;
        if (known == null) {
            return octets;
        }
        read(known);
        return padding + known.requestData(data, end);
    }

    /** Says that no more streams are taken (RFC 9113 section 6.8); the connection ends once those under way have. */
    void closeSoon() {
        if (!closing) {
            closing = true;
            goAway(
                    context(),
                    connection().remote().lastStreamCreated(),
                    Http2Error.NO_ERROR.code(),
                    Unpooled.EMPTY_BUFFER,
                    context().newPromise());
            flushSoon();
        }
    }

    private boolean ending() {
        return service.draining().get() || service.generation() != generation;
    }

    /** Whether the client may send anything of a body now: bodies that nobody takes use up what all streams share. */
    boolean takesBodies() {
        return connection().local().flowController().windowSize(connection().connectionStream()) > 0;
    }

    /** Whether the client has not even read what was sent for so long that nothing of it can be expected. */
    private boolean stuck(long now) {
        PendingWrites sending = Objects.requireNonNull(writes);
        if (sending.shrank() || sending.octets() == 0) {
            lastTaken = now;
        }
        return now - lastTaken > service.settings().sendTimeout().toNanos();
    }

    @Override
    void checkTimes(long now) {
        HttpSettings settings = service.settings();
        if (stuck(now)) { // its streams would stay until their resets are out, which is never
            Shutdown.reset(context());
            return;
        }
        if (connection().numActiveStreams() == 0 && closing) {
            context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        if (connection().numActiveStreams() == 0) {
            if (ending() || now - lastActive() > settings.keepAliveTimeout().toNanos()) {
                closeSoon();
            }
            return;
        }
        if (ending()) {
            closeSoon();
        }
        super.checkTimes(now);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
        if (cause instanceof IOException || cause.getCause() instanceof IOException) {
            ctx.close(); // a reset, or an alert of TLS: nothing that is ours to tell
        } else {
            super.exceptionCaught(ctx, cause);
        }
    }

    @Override
    protected void onStreamError(
            ChannelHandlerContext ctx, boolean outbound, Throwable cause, Http2Exception.StreamException why) {
        if (why
                instanceof
                Http2Exception.HeaderListSizeException) { // the table that made it so large would do it again
            super.onConnectionError(
                    ctx,
                    outbound,
                    cause,
                    Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "headers larger than allowed"));
        } else {
            super.onStreamError(ctx, outbound, cause, why);
        }
    }

    @Override
    public void onError(ChannelHandlerContext ctx, boolean outbound, Throwable cause) {
        if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) == null && !(cause instanceof IOException)) {
            System.getLogger("phalanx.proxy")
                    .log(System.Logger.Level.WARNING, "An HTTP/2 connection was closed", cause);
        }
        super.onError(ctx, outbound, cause);
    }
}
