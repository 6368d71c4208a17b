package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.concurrent.GenericFutureListener;
import org.jspecify.annotations.Nullable;

/**
 * What one stream sends: the last data is held back so that the end of the stream can go with it (RFC 9113 section 8.1). On the
 * connection's event loop.
 */
final class Http2Output {
    private final Http2Handler<?> handler;
    private final int id;
    private final GenericFutureListener<ChannelFuture> written;
    private @Nullable ByteBuf last;

    /** @param written told of each piece of data that was sent */
    Http2Output(Http2Handler<?> handler, int id, Runnable written) {
        this.handler = handler;
        this.id = id;
        this.written = _ -> written.run();
    }

    ChannelPromise promise() {
        return handler.context().newPromise();
    }

    void headers(Http2Headers headers, boolean end, ChannelPromise promise) {
        handler.encoder().writeHeaders(handler.context(), id, headers, 0, end, promise);
    }

    /** Takes some of a body; the buffer is released. */
    void data(ByteBuf data) {
        ByteBuf before = last;
        last = data;
        if (before != null) {
            write(before, false, promise());
        }
    }

    private void write(ByteBuf data, boolean end, ChannelPromise promise) {
        promise.addListener(written);
        handler.encoder().writeData(handler.context(), id, data, 0, end, promise);
    }

    /** Ends the body. */
    void end(@Nullable Fields trailer, ChannelPromise promise) {
        ByteBuf data = last;
        last = null;
        if (trailer == null) {
            write(data == null ? Unpooled.EMPTY_BUFFER : data, true, promise);
            return;
        }
        if (data != null) {
            write(data, false, promise());
        }
        Http2Headers headers = new DefaultHttp2Headers(false, trailer.count());
        Http2Fields.write(trailer, headers);
        headers(headers, true, promise);
    }

    /** Hands everything to the kernel at the end of this round of the event loop. */
    void flush() {
        ByteBuf data = last;
        if (data != null) {
            last = null;
            write(data, false, promise());
        }
        handler.flushSoon();
    }

    /** Ends the stream in the middle. */
    void reset(Http2Error error) {
        release();
        handler.resetStream(handler.context(), id, error.code(), promise());
        handler.flushSoon();
    }

    /** Drops what was held back. */
    void release() {
        if (last != null) {
            last.release();
            last = null;
        }
    }
}
