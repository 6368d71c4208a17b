package phalanx.proxy.stream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.route.Balancer;
import phalanx.proxy.route.Upstream;
import phalanx.proxy.transport.Deadlines;
import phalanx.proxy.transport.Worker;
import phalanx.proxy.transport.Workers;

/**
 * Passes datagrams on: each client gets a server and a socket of its own until both have been silent for long. On one event loop.
 */
public final class UdpProxy implements StreamProxy {
    private static final int MOST_SESSIONS = 1024;
    private static final int LARGEST_DATAGRAM = 65_535;

    private final Workers workers;
    private volatile StreamSettings settings;
    private volatile Upstream upstream;
    private final Worker worker;
    private final Map<InetSocketAddress, Session> sessions = new HashMap<>();

    UdpProxy(StreamSettings settings, Upstream upstream, Workers workers) {
        this.settings = settings;
        this.upstream = upstream;
        this.workers = workers;
        this.worker = workers.all().getFirst();
    }

    /** A client and its server. */
    private final class Session extends Deadlines.Waiting {
        private final InetSocketAddress client;
        private final Upstream its;
        private final Balancer.Choice choice;
        private @Nullable ChannelFuture back;
        private long last = System.nanoTime();

        Session(InetSocketAddress client, Upstream its, Balancer.Choice choice) {
            this.client = client;
            this.its = its;
            this.choice = choice;
        }

        @Override
        protected void check(long nowNanos) {
            if (nowNanos - last > settings.idle().toNanos()) {
                end();
            }
        }

        void end() {
            if (sessions.remove(client, this)) {
                worker.deadlines().remove(this);
                its.endedUnknown(choice.server());
                its.end();
                if (back != null) {
                    back.channel().close();
                }
            }
        }
    }

    @Override
    public void update(StreamSettings changed, Upstream changedUpstream) {
        settings = changed;
        upstream = changedUpstream;
    }

    @Override
    public ChannelFuture bind(InetSocketAddress address) {
        ChannelFuture bound = bootstrap(new SimpleChannelInboundHandler<DatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
                        fromClient(ctx.channel(), packet);
                    }

                    @Override
                    public void channelReadComplete(ChannelHandlerContext ctx) {
                        ctx.flush();
                    }
                })
                .bind(address);
        bound.channel()
                .closeFuture()
                .addListener(_ -> worker.loop().execute(() -> {
                    for (Session session : sessions.values().toArray(Session[]::new)) {
                        session.end();
                    }
                }));
        return bound;
    }

    private Bootstrap bootstrap(SimpleChannelInboundHandler<DatagramPacket> handler) {
        return new Bootstrap()
                .group(worker.loop())
                .channel(workers.transport().datagramChannel())
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST_DATAGRAM))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(handler);
                    }
                });
    }

    private void fromClient(Channel front, DatagramPacket packet) {
        InetSocketAddress client = packet.sender();
        Session session = sessions.get(client);
        if (session == null) {
            session = begin(front, client);
            if (session == null) {
                return; // nobody to send it to: it is lost, as datagrams may be
            }
        }
        session.last = System.nanoTime();
        DatagramPacket onward = new DatagramPacket(
                packet.content().retain(), session.choice.server().address());
        Objects.requireNonNull(session.back).addListener((ChannelFuture opened) -> {
            if (opened.isSuccess() && opened.channel().isWritable()) {
                opened.channel().writeAndFlush(onward);
            } else {
                onward.release();
            }
        });
    }

    private @Nullable Session begin(Channel front, InetSocketAddress client) {
        if (sessions.size() >= MOST_SESSIONS) {
            return null;
        }
        Upstream its = upstream;
        Balancer.Choice choice = its.choose(Balancer.Asking.of(client, worker), Set.of());
        if (choice == null) {
            return null;
        }
        its.begin();
        Session session = new Session(client, its, choice);
        sessions.put(client, session);
        worker.deadlines().add(session);
        ChannelFuture opened = bootstrap(new SimpleChannelInboundHandler<DatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
                        if (packet.sender().equals(choice.server().address())) { // others have no business here
                            session.last = System.nanoTime();
                            front.writeAndFlush(
                                    new DatagramPacket(packet.content().retain(), client));
                        }
                    }

                    @Override
                    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                        session.end(); // the server's port is closed, says ICMP
                    }
                })
                .bind(0);
        session.back = opened;
        return session;
    }
}
