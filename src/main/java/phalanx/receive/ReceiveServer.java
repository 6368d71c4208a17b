package phalanx.receive;

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
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import phalanx.run.Entrance;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.WholeFile;

/** Takes captures by HTTP into a folder; in plain text on the loopback alone, elsewhere by TLS. Any thread. */
public final class ReceiveServer implements AutoCloseable {
    /** The address cannot be listened on. */
    public static final String NOT_LISTENING = "PHX-1707";
    /** Another server takes captures into the folder. */
    public static final String TAKEN = "PHX-1708";

    private static final int LONGEST_LINE = 4096, LONGEST_HEAD = 16 << 10, CHUNK = 64 << 10;
    private static final int MOST_CONNECTIONS = 128;
    /** Of them, who have not shown the token yet: far less than all, so that they take no place of those who have. */
    private static final int MOST_UNKNOWN = 32, MOST_UNKNOWN_OF_ONE = 16;

    private final MultiThreadIoEventLoopGroup loops;
    private final Channel listening;
    private final Inbox inbox;

    private ReceiveServer(MultiThreadIoEventLoopGroup loops, Channel listening, Inbox inbox) {
        this.loops = loops;
        this.listening = listening;
        this.inbox = inbox;
    }

    /**
     * Begins to take captures.
     *
     * @param folder made when it is not there
     * @param token says whether one is right
     * @param identity shown to those who connect from elsewhere; not used on the loopback
     * @param told a line for each capture and each refusal, without secrets
     */
    public static Outcome<ReceiveServer> start(
            String host,
            int port,
            Path folder,
            ReceiveLimits limits,
            Predicate<String> token,
            KeyManagerFactory identity,
            Consumer<String> told) {
        try {
            InetAddress address = InetAddress.getByName(host);
            boolean loopback = address.isLoopbackAddress();
            SslContext tls = loopback
                    ? null
                    : SslContextBuilder.forServer(identity)
                            .sslProvider(SslProvider.JDK)
                            .protocols("TLSv1.3")
                            .build();
            Optional<Inbox> held = Inbox.hold(folder, limits);
            if (held.isEmpty()) {
                return Outcome.failed(new Problem(
                        TAKEN,
                        "Another phalanx receive takes captures into " + folder + ".",
                        "Name another folder, or stop the other one."));
            }
            Inbox inbox = held.get();
            MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
            ChannelFuture bound = new ServerBootstrap()
                    .group(loops)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, MOST_CONNECTIONS)
                    .childHandler(connections(
                            tls,
                            visitor -> new UploadHandler(
                                    inbox,
                                    limits,
                                    shown -> token.test(shown) && visitor.leave(),
                                    loopback,
                                    ReceiveServer::check,
                                    told)))
                    .bind(new InetSocketAddress(address, port))
                    .awaitUninterruptibly();
            if (bound.isSuccess()) {
                return Outcome.ok(new ReceiveServer(loops, bound.channel(), inbox));
            }
            loops.shutdownGracefully();
            inbox.close();
            return Outcome.failed(
                    notListening(host, port, String.valueOf(bound.cause().getMessage())));
        } catch (UnknownHostException _) {
            return Outcome.failed(notListening(host, port, "there is no such host"));
        } catch (SSLException e) {
            return Outcome.failed(new Problem(
                    NOT_LISTENING,
                    "TLS cannot be set up (" + e.getMessage() + ").",
                    "Move the damaged certificate away; another one is made."));
        } catch (IOException e) {
            return Outcome.failed(WholeFile.notWritten(folder, e));
        }
    }

    private static Problem notListening(String host, int port, String why) {
        return new Problem(
                NOT_LISTENING,
                host + ":" + port + " cannot be listened on (" + why + ").",
                "Another program may have it, or its port is below 1024: choose another, or stop the other program.");
    }

    private interface Handlers {
        UploadHandler make(Entrance.Visitor visitor);
    }

    private static ChannelInitializer<SocketChannel> connections(@Nullable SslContext tls, Handlers handlers) {
        AtomicInteger open = new AtomicInteger();
        Entrance entrance = new Entrance(MOST_UNKNOWN, MOST_UNKNOWN_OF_ONE);
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.closeFuture().addListener(_ -> open.decrementAndGet());
                if (open.incrementAndGet() > MOST_CONNECTIONS || channel.remoteAddress() == null) {
                    channel.close();
                    return;
                }
                Entrance.Visitor visitor =
                        entrance.enter(channel.remoteAddress().getAddress(), channel::close);
                channel.closeFuture().addListener(_ -> visitor.leave());
                if (tls != null) {
                    channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                }
                channel.pipeline()
                        .addLast(new HttpServerCodec(LONGEST_LINE, LONGEST_HEAD, CHUNK), handlers.make(visitor));
            }
        };
    }

    private static void check(Runnable reading) {
        Jobs.assistant("received capture", reading);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        try {
            inbox.close();
        } catch (IOException e) {
            System.getLogger("phalanx.receive").log(System.Logger.Level.DEBUG, "a lock stays until the end", e);
        }
    }
}
