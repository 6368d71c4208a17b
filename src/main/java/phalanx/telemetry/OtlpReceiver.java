package phalanx.telemetry;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * Takes traces, metrics and logs by OTLP, over HTTP and gRPC in plain text, each on a port of its own ("OTLP Specification"). Any thread.
 * What is answered with success has been written to the file; the loops serve nothing else, so that they may write to the disk.
 */
public final class OtlpReceiver implements AutoCloseable {
    /** The ports that senders use unless they are told others. */
    public static final int HTTP_PORT = 4318, GRPC_PORT = 4317;
    /** An address cannot be listened on. */
    public static final String NOT_LISTENING = "PHX-1805";
    /** Others than this machine can send. */
    public static final String EXPOSED = "PHX-1806";

    private static final int LONGEST_LINE = 4096, LONGEST_HEAD = 16 << 10, CHUNK = 64 << 10;
    private static final int STREAMS = 32, WINDOW = 1 << 20;

    private final MultiThreadIoEventLoopGroup loops;
    private final Channel http;
    private final Channel grpc;
    private final OtlpStore store;
    private final OtlpFile file;

    private OtlpReceiver(
            MultiThreadIoEventLoopGroup loops, Channel http, Channel grpc, OtlpStore store, OtlpFile file) {
        this.loops = loops;
        this.http = http;
        this.grpc = grpc;
        this.store = store;
        this.file = file;
    }

    /**
     * Begins to receive.
     *
     * @param host by name or address; whoever can reach it can send
     * @param httpPort and {@code grpcPort}: 0 for any free one
     * @param file what comes is kept in, made with the first message; as {@link TelemetryFile} reads it
     * @return failed with {@link #NOT_LISTENING}
     */
    public static Outcome<OtlpReceiver> start(String host, int httpPort, int grpcPort, Path file, OtlpLimits limits) {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException _) {
            return Outcome.failed(notListening(host, "no such host"));
        }
        OtlpStore store = new OtlpStore(limits);
        OtlpFile lines = new OtlpFile(file);
        OtlpIntake intake = new OtlpIntake(limits, store, lines);
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        AtomicInteger open = new AtomicInteger();
        ChannelFuture http = bound(
                loops,
                limits,
                new InetSocketAddress(address, httpPort),
                connections(
                        limits,
                        store,
                        open,
                        channel -> channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(LONGEST_LINE, LONGEST_HEAD, CHUNK),
                                        new OtlpHttp(intake, address.isLoopbackAddress()))));
        ChannelFuture grpc = bound(
                loops,
                limits,
                new InetSocketAddress(address, grpcPort),
                connections(
                        limits,
                        store,
                        open,
                        channel -> channel.pipeline()
                                .addLast(
                                        Http2FrameCodecBuilder.forServer()
                                                .initialSettings(Http2Settings.defaultSettings()
                                                        .maxConcurrentStreams(STREAMS)
                                                        .initialWindowSize(WINDOW)
                                                        .maxHeaderListSize(LONGEST_HEAD))
                                                .build(),
                                        new Http2MultiplexHandler(new ChannelInitializer<>() {
                                            @Override
                                            protected void initChannel(Channel stream) {
                                                stream.pipeline().addLast(new OtlpGrpc(intake));
                                            }
                                        }))));
        for (ChannelFuture each : new ChannelFuture[] {http, grpc}) {
            if (!each.isSuccess()) {
                http.channel().close();
                grpc.channel().close();
                loops.shutdownGracefully();
                int port = each.equals(http) ? httpPort : grpcPort;
                return Outcome.failed(notListening(
                        host + ":" + port, String.valueOf(each.cause().getMessage())));
            }
        }
        return Outcome.ok(new OtlpReceiver(loops, http.channel(), grpc.channel(), store, lines));
    }

    private static Problem notListening(String where, String why) {
        return new Problem(
                NOT_LISTENING,
                where + " cannot be listened on for OTLP (" + why + ").",
                "A collector or another program may have it: choose other ports, or stop that program.");
    }

    private static ChannelFuture bound(
            MultiThreadIoEventLoopGroup loops,
            OtlpLimits limits,
            InetSocketAddress at,
            ChannelInitializer<SocketChannel> connections) {
        return new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, limits.mostConnections())
                .childHandler(connections)
                .bind(at)
                .awaitUninterruptibly();
    }

    /** What a connection is served by. */
    private interface Served {
        void add(SocketChannel channel);
    }

    private static ChannelInitializer<SocketChannel> connections(
            OtlpLimits limits, OtlpStore store, AtomicInteger open, Served by) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.closeFuture().addListener(_ -> open.decrementAndGet());
                if (open.incrementAndGet() > limits.mostConnections()) {
                    store.turnedAway();
                    channel.close();
                    return;
                }
                channel.pipeline().addLast(new OtlpPatience(limits.patience()));
                by.add(channel);
            }
        };
    }

    /** Where it listens for OTLP/HTTP. */
    public InetSocketAddress http() {
        return (InetSocketAddress) http.localAddress();
    }

    /** Where it listens for OTLP/gRPC. */
    public InetSocketAddress grpc() {
        return (InetSocketAddress) grpc.localAddress();
    }

    /** That others than this machine can send, and what to do about it; empty on the loopback. */
    public Optional<Problem> exposed() {
        InetAddress at = http().getAddress();
        return at.isLoopbackAddress()
                ? Optional.empty()
                : Optional.of(
                        new Problem(
                                EXPOSED,
                                "Whoever can reach "
                                        + (at.isAnyLocalAddress() ? "any address of this machine" : at.getHostAddress())
                                        + " can send here: nobody is asked who they are, and nothing is encrypted.",
                                "Let only the senders through the firewall, or listen on 127.0.0.1 and let a collector or a tunnel bring it."));
    }

    /** What came. */
    public OtlpStore store() {
        return store;
    }

    /** What it is kept in, null while nothing came. */
    public @Nullable Path file() {
        return file.written();
    }

    /** Messages that are held and not kept, for the file has as much as can be read again. */
    public long notKept() {
        return file.leftOut();
    }

    @Override
    public void close() {
        http.close().awaitUninterruptibly();
        grpc.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
        file.close();
    }
}
