package phalanx.proxy.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.transport.Deadlines;
import phalanx.proxy.transport.Worker;

/**
 * One end of an HTTP/2 connection (RFC 9113) and its streams. On its event loop.
 *
 * @param <S> what stands behind each stream
 */
abstract class Http2Handler<S extends Http2Handler.Exchanging> extends Http2ConnectionHandler {
    /** What a stream sends before it is the next one's turn: a whole frame, or many small ones would be made of large bodies. */
    private static final int LARGEST_FRAME = 16 << 10;

    private static final int FIRST_WINDOW = 65_535;

    /** The exchange of a stream. */
    interface Exchanging {
        /** The stream is closed, however it came to that. */
        void closed();

        /** All that came for it in this round of reading was told. */
        void readOver();

        /** The peer takes more, or no more for now. */
        void writabilityChanged();

        /** Ends the exchange if the peer let too much time pass; true once, when it does. */
        boolean checkTimes(long nowNanos);
    }

    private final Worker worker;
    private final Http2Connection.PropertyKey key;
    private final Deadlines.Waiting waiting = new Deadlines.Waiting() {
        @Override
        protected void check(long nowNanos) {
            checkTimes(nowNanos);
        }
    };

    /** Those that something came for, and that were not told yet that this was all. */
    private final LinkedHashSet<S> read = new LinkedHashSet<>();

    private @Nullable ChannelHandlerContext context;
    private boolean flushScheduled;
    private boolean turnAsked;
    private boolean checkAsked;
    private long lastActive = System.nanoTime();

    Http2Handler(
            Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings, Worker worker) {
        super(decoder, encoder, settings, true);
        this.worker = worker;
        this.key = connection().newKey();
        connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamClosed(Http2Stream stream) {
                S closed = exchange(stream);
                if (closed != null) {
                    closed.closed();
                }
                lastActive = System.nanoTime();
            }
        });
        encoder.flowController().listener(stream -> {
            S changed = exchange(stream);
            if (changed != null) {
                changed.writabilityChanged();
            }
        });
    }

    /** The streams of a new connection, which take turns at sending. */
    static Http2Connection streams(boolean server) {
        DefaultHttp2Connection streams = new DefaultHttp2Connection(server);
        UniformStreamByteDistributor turns = new UniformStreamByteDistributor(streams);
        turns.minAllocationChunk(LARGEST_FRAME);
        streams.remote().flowController(new DefaultHttp2RemoteFlowController(streams, turns));
        return streams;
    }

    final ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    final boolean added() {
        return context != null;
    }

    final Worker worker() {
        return worker;
    }

    /** {@link System#nanoTime} of when a stream last began or ended, or data came. */
    final long lastActive() {
        return lastActive;
    }

    final void touched() {
        lastActive = System.nanoTime();
    }

    /** The exchange of a stream, if there is one. */
    final @Nullable S exchange(@Nullable Http2Stream stream) {
        return stream == null ? null : stream.getProperty(key);
    }

    final void exchange(Http2Stream stream, S exchange) {
        stream.setProperty(key, exchange);
    }

    /** Something came for an exchange. */
    final void read(S exchange) {
        read.add(exchange);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        tellRead();
        super.channelReadComplete(ctx);
    }

    /** Tells some streams that all was told, and the others in the next turn. */
    private void tellRead() {
        for (int i = 0; i < Worker.MOST_AT_ONCE && !read.isEmpty(); i++) {
            read.removeFirst().readOver();
        }
        if (!read.isEmpty() && !turnAsked) {
            turnAsked = true;
            worker.nextTurn(context().channel(), () -> {
                turnAsked = false;
                tellRead();
            });
        }
    }

    /** Those under way. */
    final List<S> exchanges() {
        List<S> under = new ArrayList<>(connection().numActiveStreams());
        try {
            connection().forEachActiveStream(stream -> {
                S known = exchange(stream);
                if (known != null) {
                    under.add(known);
                }
                return true;
            });
        } catch (Http2Exception e) {
            throw new IllegalStateException(e); // the visitor throws nothing
        }
        return under;
    }

    /** Says how many octets the peer may send before any were taken. */
    final void openWindow(int octets) throws Http2Exception {
        connection()
                .local()
                .flowController()
                .incrementWindowSize(connection().connectionStream(), octets - FIRST_WINDOW);
    }

    /** Says that octets of a stream were taken. */
    final void consumed(Http2Stream stream, int octets) {
        try {
            if (connection().local().flowController().consumeBytes(stream, octets)) {
                flushSoon();
            }
        } catch (Http2Exception e) {
            onError(context(), false, e);
        }
    }

    /** Flushes once for all that is written in this round of the event loop. */
    final void flushSoon() {
        if (!flushScheduled) {
            flushScheduled = true;
            worker.loop().execute(() -> {
                flushScheduled = false;
                flush(context());
            });
        }
    }

    /** Called about every quarter of a second. */
    void checkTimes(long nowNanos) {
        if (!checkAsked) { // else the rest of the last look is still to come
            checkStreams(nowNanos);
        }
    }

    private void checkStreams(long nowNanos) {
        int ended = 0;
        for (S exchange : exchanges()) {
            if (exchange.checkTimes(nowNanos) && ++ended == Worker.MOST_AT_ONCE) {
                checkAsked = true;
                worker.nextTurn(context().channel(), () -> {
                    checkAsked = false;
                    checkStreams(nowNanos);
                });
                return;
            }
        }
    }

    /**
     * Tells every exchange, also of no change: a connection that was full for less than one round of the loop is news to those that asked
     * in between, and none to the codec.
     */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        super.channelWritabilityChanged(ctx);
        exchanges().forEach(Exchanging::writabilityChanged);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        context = ctx;
        super.handlerAdded(ctx);
        worker.deadlines().add(waiting);
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
}
