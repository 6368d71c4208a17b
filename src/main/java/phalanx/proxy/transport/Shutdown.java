package phalanx.proxy.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** Ends of connections other than a plain close: of one direction alone, and by a reset. On the connection's event loop. */
public final class Shutdown {
    private Shutdown() {}

    /** Ends both directions by a reset that the other side cannot take for an end; what was not sent yet is lost. */
    public static void reset(ChannelHandlerContext context) {
        context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        context.close();
    }

    /** Lets the other side end its direction without that closing the connection. */
    public static void allowHalf(Channel channel) {
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    /** Says that nothing more is sent: by close_notify over TLS (RFC 8446 section 6.1), and then by FIN. */
    public static void output(Channel channel) {
        if (!(channel instanceof DuplexChannel duplex) || !channel.isActive()) {
            return;
        }
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            duplex.shutdownOutput();
        } else {
            tls.closeOutbound().addListener(_ -> duplex.shutdownOutput());
        }
    }
}
