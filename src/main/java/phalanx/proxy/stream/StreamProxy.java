package phalanx.proxy.stream;

import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;
import phalanx.proxy.route.Upstream;
import phalanx.proxy.transport.Workers;

/** A {@code server} block of {@code stream} at work. Any thread. */
public sealed interface StreamProxy permits TcpProxy, UdpProxy {
    /** Listens; done once the address is bound. Closing its channel ends it. */
    ChannelFuture bind(InetSocketAddress address);

    /** Takes over what a reload says; who is connected stays where it is. */
    void update(StreamSettings settings, Upstream upstream);

    /** The kind that the settings ask for. */
    static StreamProxy of(StreamSettings settings, Upstream upstream, Workers workers) {
        return settings.udp() ? new UdpProxy(settings, upstream, workers) : new TcpProxy(settings, upstream, workers);
    }
}
