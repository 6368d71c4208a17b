package phalanx.proxy.stream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import phalanx.proxy.route.Balancer;
import phalanx.proxy.route.Server;
import phalanx.proxy.route.Upstream;
import phalanx.proxy.transport.Transport;
import phalanx.proxy.transport.Worker;
import phalanx.proxy.transport.Workers;

/** Passes TCP connections on to the servers of an upstream. Any thread. */
public final class TcpProxy implements StreamProxy {
    private static final InetSocketAddress GONE = new InetSocketAddress(NetUtil.LOCALHOST, 0);
    private final Workers workers;
    private volatile StreamSettings settings;
    private volatile Upstream upstream;

    TcpProxy(StreamSettings settings, Upstream upstream, Workers workers) {
        this.settings = settings;
        this.upstream = upstream;
        this.workers = workers;
    }

    @Override
    public void update(StreamSettings changed, Upstream changedUpstream) {
        settings = changed;
        upstream = changedUpstream;
    }

    @Override
    public ChannelFuture bind(InetSocketAddress address) {
        return workers.transport()
                .listening()
                .group(workers.group())
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel client) {
                        accepted(client);
                    }
                })
                .bind(address);
    }

    private void accepted(Channel client) {
        Upstream its = upstream;
        its.begin();
        client.closeFuture().addListener(_ -> its.end());
        connect(client, its, workers.of(client), new HashSet<>());
    }

    private void connect(Channel client, Upstream its, Worker worker, Set<Server> tried) {
        InetSocketAddress peer = (InetSocketAddress) client.remoteAddress();
        Balancer.Choice choice = its.choose(Balancer.Asking.of(peer != null ? peer : GONE, worker), tried);
        if (choice == null) {
            client.close(); // nobody is there: a refused connection says it as well as TCP can
            return;
        }
        Transport transport = workers.transport();
        long begun = System.nanoTime();
        transport
                .connecting()
                .group(client.eventLoop())
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connect().toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        // the relay is added once both sides stand
                    }
                })
                .connect(choice.server().address())
                .addListener((ChannelFuture done) -> worker.run(() -> {
                    boolean failed = !done.isSuccess();
                    its.outcome(choice.server(), failed, failed);
                    its.balancer().learn(choice.server(), System.nanoTime() - begun, failed);
                    if (failed) {
                        choice.server().release();
                        tried.add(choice.server());
                        if (client.isActive()) {
                            connect(client, its, worker, tried);
                        }
                        return;
                    }
                    done.channel()
                            .closeFuture()
                            .addListener(_ -> choice.server().release());
                    Relay.join(client, done.channel(), worker, settings.idle());
                }));
    }
}
