package phalanx.proxy.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;

/** Shows a connection's octets to a tap as they pass. On the connection's event loop. */
public final class TapHandler extends ChannelDuplexHandler {
    private final TrafficTap.Connection connection;
    /** Whether what is read here comes from the end that made the connection. */
    private final boolean readsFromInitiator;

    public TapHandler(TrafficTap.Connection connection, TrafficTap.Side side) {
        this.connection = connection;
        this.readsFromInitiator = side == TrafficTap.Side.CLIENT;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf octets) {
            connection.data(readsFromInitiator, ByteBufUtil.getBytes(octets));
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf octets) {
            connection.data(!readsFromInitiator, ByteBufUtil.getBytes(octets));
        } else if (message instanceof FileRegion region) {
            connection.unseen(!readsFromInitiator, region.count());
        }
        ctx.write(message, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection.closed();
        ctx.fireChannelInactive();
    }
}
