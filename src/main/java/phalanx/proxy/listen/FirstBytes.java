package phalanx.proxy.listen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.ClientConnection;
import phalanx.proxy.http.Http1ClientHandler;
import phalanx.proxy.http.Http2ClientHandler;
import phalanx.proxy.transport.Deadlines;
import phalanx.proxy.transport.Worker;

/**
 * Waits for the first octets of a connection and puts the right handlers in its own place. Who sends nothing that can be told within ten
 * seconds is closed. On the connection's event loop.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Worker worker;
    private final ListenService service;
    private final long since = System.nanoTime();
    private final Deadlines.Waiting waiting = new Deadlines.Waiting() {
        @Override
        protected void check(long nowNanos) {
            if (nowNanos - since > LONGEST_NANOS && context != null) {
                context.close();
            }
        }
    };

    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf input;
    private @Nullable InetSocketAddress client;

    FirstBytes(Worker worker, ListenService service) {
        this.worker = worker;
        this.service = service;
    }

    /** For a connection whose PROXY header was read. */
    FirstBytes(Worker worker, ListenService service, InetSocketAddress client) {
        this(worker, service);
        this.client = client;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        worker.deadlines().add(waiting);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        worker.deadlines().remove(waiting);
        if (input != null) {
            ByteBuf rest = input;
            input = null;
            ctx.fireChannelRead(rest);
            ctx.fireChannelReadComplete();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        worker.deadlines().remove(waiting);
        if (input != null) {
            input.release();
            input = null;
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        input = input == null ? in : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), input, in);
        InetSocketAddress peer = (InetSocketAddress) ctx.channel().remoteAddress();
        boolean proxyHeader = client == null && service.trustsProxyHeader(peer);
        switch (ProtocolSniffer.look(input, proxyHeader)) {
            case MORE -> {}
            case TLS -> become(ctx, TlsStart.handlers(worker, service, connection(ctx)));
            case HTTP_2 ->
                become(ctx, TlsStart.shown(service, ctx, Http2ClientHandler.of(worker, service, connection(ctx))));
            case HTTP_1 ->
                become(ctx, TlsStart.shown(service, ctx, new Http1ClientHandler(worker, service, connection(ctx))));
            case PROXY_HEADER -> become(ctx, new ProxyHeader(worker, service));
            case OTHER -> ctx.close();
        }
    }

    private ClientConnection connection(ChannelHandlerContext ctx) {
        InetSocketAddress peer = (InetSocketAddress) ctx.channel().remoteAddress();
        return new ClientConnection(
                service.nextConnection(),
                (InetSocketAddress) ctx.channel().localAddress(),
                peer,
                client == null ? peer : client,
                null);
    }

    private void become(ChannelHandlerContext ctx, ChannelHandler... handlers) {
        for (int i = handlers.length - 1; i >= 0; i--) {
            ctx.pipeline().addAfter(ctx.name(), null, handlers[i]);
        }
        ctx.pipeline().remove(this); // hands on what was read
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
