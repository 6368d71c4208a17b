package phalanx.lab.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** A request that came in whole and waits for its answer. Any thread; it is answered once. */
public final class Request {
    private final ChannelHandlerContext context;
    private final String method;
    private final String path;
    private final HttpHeaders headers;
    private final String body;
    private final boolean keepAlive;
    private final long arrivedNanos = System.nanoTime();

    Request(ChannelHandlerContext context, FullHttpRequest message) {
        this.context = context;
        this.method = message.method().name();
        this.path = message.uri();
        this.headers = message.headers();
        this.body = message.content().toString(StandardCharsets.UTF_8);
        this.keepAlive = HttpUtil.isKeepAlive(message);
    }

    public String method() {
        return method;
    }

    /** The request's target, with its query. */
    public String path() {
        return path;
    }

    /** A field's first value; empty where it is not there. */
    public String header(String name) {
        return headers.get(name, "");
    }

    public String body() {
        return body;
    }

    /** {@link System#nanoTime} when its last octet was read. */
    public long arrivedNanos() {
        return arrivedNanos;
    }

    /** Sends the answer, in JSON. */
    public void answer(int status, String json) {
        ByteBuf content = ByteBufUtil.writeUtf8(context.alloc(), json);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), content);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        HttpUtil.setContentLength(response, content.readableBytes());
        HttpUtil.setKeepAlive(response, keepAlive);
        context.writeAndFlush(response)
                .addListener(keepAlive ? ChannelFutureListener.CLOSE_ON_FAILURE : ChannelFutureListener.CLOSE);
    }
}
