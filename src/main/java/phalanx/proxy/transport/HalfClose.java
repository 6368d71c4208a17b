package phalanx.proxy.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** Ends one direction of a connection and leaves the other open. On the connection's event loop. */
public final class HalfClose {
    private HalfClose() {}

    /** Lets the other side end its direction without that closing the connection. */
    public static void allow(Channel channel) {
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
