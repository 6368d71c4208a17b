package phalanx.proxy.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/** Octets of a connection that the kernel has not taken yet. On its event loop. */
final class PendingWrites {
    private final Channel channel;
    private long before;

    PendingWrites(Channel channel) {
        this.channel = channel;
    }

    long octets() {
        ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
        return outbound == null ? 0 : outbound.totalPendingWriteBytes();
    }

    /** Whether there are fewer than when this was last asked: the peer takes something, however slowly. */
    boolean shrank() {
        long now = octets();
        boolean shrank = now < before;
        before = now;
        return shrank;
    }
}
