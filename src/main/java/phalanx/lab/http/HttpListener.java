package phalanx.lab.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Takes requests on the loopback, on one event loop. Any thread. */
public final class HttpListener implements AutoCloseable {
    private static final int LONGEST_BODY = 64 << 10;
    private static final int BACKLOG = 1024;

    private final MultiThreadIoEventLoopGroup loop;
    private final Channel listening;

    /**
     * Begins to listen.
     *
     * @param port 0 for any
     * @param taken told of each request on the event loop, where nothing may block
     * @throws BindException the port is taken
     */
    public HttpListener(int port, Consumer<Request> taken) throws IOException {
        loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(LONGEST_BODY),
                                        new Taker(taken));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            String why = "port " + port + " of the loopback cannot be listened on";
            if (bound.cause() instanceof BindException) {
                throw new BindException(why);
            }
            throw new IOException(why, bound.cause());
        }
        listening = bound.channel();
    }

    private static final class Taker extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final Consumer<Request> taken;

        Taker(Consumer<Request> taken) {
            this.taken = taken;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
            if (message.decoderResult().isFailure()) {
                context.close();
            } else {
                taken.accept(new Request(context, message));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close(); // the peer is gone, or the process has no memory left for it
        }
    }

    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    @Override
    public void close() {
        listening.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
