package phalanx.proxy.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import phalanx.proxy.transport.Worker;
import phalanx.proxy.transport.Workers;

/** One listening address. Any thread. */
public final class Listener {
    private final Channel channel;

    private Listener(Channel channel) {
        this.channel = channel;
    }

    /**
     * Listens, or fails with the cause in the future.
     *
     * @return done once the address is bound
     */
    public static ChannelFuture bind(Workers workers, InetSocketAddress address, ListenService service) {
        return workers.transport()
                .listening()
                .group(workers.group())
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (channel.remoteAddress() instanceof InetSocketAddress peer && !service.admits(peer)) {
                            service.dropped();
                            channel.config()
                                    .setOption(ChannelOption.SO_LINGER, 0); // a reset: nothing is kept of it here
                            channel.close();
                            return;
                        }
                        Worker worker = workers.of(channel);
                        service.connections(1);
                        channel.closeFuture().addListener(_ -> service.connections(-1));
                        channel.pipeline().addLast(new FirstBytes(worker, service));
                    }
                })
                .bind(address);
    }

    /** The listener whose binding succeeded. */
    public static Listener of(ChannelFuture bound) {
        return new Listener(bound.channel());
    }

    /** The address bound, with its real port where 0 was asked for. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Takes no more connections; those that are there go on. */
    public void close() {
        channel.close().awaitUninterruptibly();
    }
}
