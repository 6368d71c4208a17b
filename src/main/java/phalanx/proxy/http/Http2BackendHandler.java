package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.transport.Worker;

/**
 * A connection to a server that speaks HTTP/2 (RFC 9113): many exchanges at once, each a stream. On its event loop, which is that of the
 * clients it serves.
 */
public final class Http2BackendHandler extends Http2Handler<Http2BackendStream> implements BackendConnection {
    private static final int STREAM_WINDOW = 1 << 20;
    private static final int CONNECTION_WINDOW = 8 << 20;

    private int begun;

    private Http2BackendHandler(
            Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings, Worker worker) {
        super(decoder, encoder, settings, worker);
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
            connection(streams(false));
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
            Http2BackendStream stream = of.exchange(of.connection().stream(id));
            if (stream != null) {
                of.read(stream);
            }
            return stream;
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
        return added()
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
        return lastActive();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        super.channelActive(ctx); // sends the preface, which nothing may go before
        openWindow(CONNECTION_WINDOW);
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
}
