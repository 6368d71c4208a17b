package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.transport.Deadlines;
import phalanx.proxy.transport.Worker;

/**
 * A connection to a server that speaks HTTP/2 (RFC 9113): many exchanges at once, each a stream. On its event loop, which is that of the
 * clients it serves.
 */
public final class Http2BackendHandler extends Http2ConnectionHandler implements BackendConnection {
    private static final int STREAM_WINDOW = 1 << 20;
    private static final int CONNECTION_WINDOW = 8 << 20;
    private static final int LARGEST_FRAME = 16 << 10;

    private final Worker worker;
    private final Http2Connection.PropertyKey key;
    private final Deadlines.Waiting waiting = new Deadlines.Waiting() {
        @Override
        protected void check(long nowNanos) {
            streams().forEach(stream -> stream.checkTimes(nowNanos));
        }
    };

    private @Nullable ChannelHandlerContext context;
    private boolean flushScheduled;
    private int begun;
    private long idleSince = System.nanoTime();

    private Http2BackendHandler(
            Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings, Worker worker) {
        super(decoder, encoder, settings, true);
        this.worker = worker;
        this.key = connection().newKey();
        connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamClosed(Http2Stream stream) {
                Http2BackendStream closed = stream.getProperty(key);
                if (closed != null) {
                    closed.closed();
                }
                idleSince = System.nanoTime();
            }
        });
        encoder.flowController().listener(stream -> {
            Http2BackendStream changed = stream.getProperty(key);
            if (changed != null) {
                changed.writabilityChanged();
            }
        });
    }

    /** The handler for a new connection. */
    public static Http2BackendHandler of(Worker worker) {
        return new Builder(worker).build();
    }

    private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<Http2BackendHandler, Builder> {
        private final Worker worker;
        private final Frames frames = new Frames();

        Builder(Worker worker) {
            this.worker = worker;
            DefaultHttp2Connection streams = new DefaultHttp2Connection(false);
            UniformStreamByteDistributor turns = new UniformStreamByteDistributor(streams);
            turns.minAllocationChunk(LARGEST_FRAME);
            streams.remote().flowController(new DefaultHttp2RemoteFlowController(streams, turns));
            connection(streams);
            frameListener(frames);
            initialSettings(Http2Settings.defaultSettings()
                    .pushEnabled(false)
                    .initialWindowSize(STREAM_WINDOW)
                    .maxHeaderListSize(Http1Limits.STANDARD.headerBytes()));
            gracefulShutdownTimeoutMillis(0);
        }

        @Override
        public Http2BackendHandler build() {
            return super.build();
        }

        @Override
        protected Http2BackendHandler build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            Http2BackendHandler handler = new Http2BackendHandler(decoder, encoder, settings, worker);
            frames.handler = handler;
            return handler;
        }
    }

    /** What the server sends. */
    private static final class Frames extends Http2FrameAdapter {
        private @Nullable Http2BackendHandler handler;

        private @Nullable Http2BackendStream stream(int id) {
            Http2BackendHandler of = Objects.requireNonNull(handler);
            Http2Stream stream = of.connection().stream(id);
            return stream == null ? null : stream.getProperty(of.key);
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
                boolean end) {
            onHeadersRead(ctx, id, headers, padding, end);
        }

        @Override
        public void onHeadersRead(ChannelHandlerContext ctx, int id, Http2Headers headers, int padding, boolean end) {
            Http2BackendStream stream = stream(id);
            if (stream != null) {
                stream.headers(headers, end);
            }
        }

        @Override
        public int onDataRead(ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean end) {
            Http2BackendStream stream = stream(id);
            return stream == null ? data.readableBytes() + padding : padding + stream.responseData(data, end);
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext ctx, int id, long code) {
            Http2BackendStream stream = stream(id);
            if (stream != null) {
                stream.resetByServer(code);
            }
        }
    }

    private List<Http2BackendStream> streams() {
        List<Http2BackendStream> streams = new ArrayList<>(connection().numActiveStreams());
        try {
            connection().forEachActiveStream(stream -> {
                Http2BackendStream known = stream.getProperty(key);
                if (known != null) {
                    streams.add(known);
                }
                return true;
            });
        } catch (Http2Exception e) {
            throw new IllegalStateException(e); // the visitor throws nothing
        }
        return streams;
    }

    ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    Http2Connection.PropertyKey key() {
        return key;
    }

    @Override
    public Channel channel() {
        return context().channel();
    }

    @Override
    public boolean reused() {
        return begun > 1;
    }

    @Override
    public boolean anyRead() {
        return true; // a stream that fails says so itself
    }

    /** Whether another exchange can begin on it now. */
    public boolean available() {
        return context != null
                && channel().isActive()
                && !connection().goAwayReceived()
                && !connection().goAwaySent()
                && connection().local().canOpenStream();
    }

    /** Exchanges under way. */
    public int active() {
        return connection().numActiveStreams();
    }

    /** {@link System#nanoTime} of when its last exchange ended. */
    public long idleSince() {
        return idleSince;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        context = ctx;
        super.handlerAdded(ctx);
        worker.deadlines().add(waiting);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        super.channelActive(ctx); // sends the preface, which nothing may go before
        connection()
                .local()
                .flowController()
                .incrementWindowSize(connection().connectionStream(), CONNECTION_WINDOW - 65_535);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        worker.deadlines().remove(waiting);
        super.handlerRemoved0(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        worker.deadlines().remove(waiting);
        super.channelInactive(ctx);
    }

    @Override
    public BackendStream begin(RequestHead head, BackendListener to, Duration readTimeout, Duration sendTimeout) {
        begun++;
        return new Http2BackendStream(
                this,
                connection().local().incrementAndGetNextStreamId(),
                head,
                to,
                readTimeout.toNanos(),
                sendTimeout.toNanos());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        streams().forEach(Http2BackendStream::responseFlush);
        super.channelReadComplete(ctx);
    }

    /** Flushes once for all that is written in this round of the event loop. */
    void flushSoon() {
        if (!flushScheduled) {
            flushScheduled = true;
            worker.loop().execute(() -> {
                flushScheduled = false;
                flush(context());
            });
        }
    }
}
