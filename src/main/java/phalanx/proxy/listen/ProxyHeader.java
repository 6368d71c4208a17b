package phalanx.proxy.listen;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.transport.Worker;

/** Reads a PROXY header, version 1 or 2, of a peer that is trusted, then looks at what follows. On the connection's event loop. */
final class ProxyHeader extends ChannelInboundHandlerAdapter {
    private final Worker worker;
    private final ListenService service;

    ProxyHeader(Worker worker, ListenService service) {
        this.worker = worker;
        this.service = service;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.pipeline().addBefore(ctx.name(), null, new HAProxyMessageDecoder());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HAProxyMessage header) {
            InetSocketAddress client = client(header);
            header.release();
            InetSocketAddress peer = (InetSocketAddress) ctx.channel().remoteAddress();
            ctx.pipeline().addAfter(ctx.name(), null, new FirstBytes(worker, service, client == null ? peer : client));
            ctx.pipeline().remove(this); // the decoder removes itself and hands on what follows
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private static @Nullable InetSocketAddress client(HAProxyMessage header) {
        byte[] address = header.sourceAddress() == null
                ? null
                : NetUtil.createByteArrayFromIpAddressString(header.sourceAddress());
        try {
            return address == null
                    ? null
                    : new InetSocketAddress(InetAddress.getByAddress(address), header.sourcePort());
        } catch (UnknownHostException _) { // an address of neither 4 nor 16 octets
            return null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // a header that is none
    }
}
