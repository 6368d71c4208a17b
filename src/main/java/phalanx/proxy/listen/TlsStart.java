package phalanx.proxy.listen;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.ClientConnection;
import phalanx.proxy.http.Http1ClientHandler;
import phalanx.proxy.http.Http2ClientHandler;
import phalanx.proxy.record.TapHandler;
import phalanx.proxy.record.TrafficTap;
import phalanx.proxy.transport.Worker;

/** Ends TLS and goes on with the version of HTTP agreed on by ALPN (RFC 7301). On the connection's event loop. */
final class TlsStart extends ChannelInboundHandlerAdapter {
    private final Worker worker;
    private final ListenService service;
    private final ClientConnection connection;
    private @Nullable String serverName;

    private TlsStart(Worker worker, ListenService service, ClientConnection connection) {
        this.worker = worker;
        this.service = service;
        this.connection = connection;
    }

    static ChannelHandler[] handlers(Worker worker, ListenService service, ClientConnection connection) {
        if (service.tls(null).isEmpty()) {
            return new ChannelHandler[] {
                new ChannelInboundHandlerAdapter() {
                    @Override
                    public void handlerAdded(ChannelHandlerContext ctx) {
                        ctx.close(); // nobody speaks TLS here
                    }
                }
            };
        }
        SniHandler sni = new SniHandler((String name, Promise<SslContext> promise) -> {
            service.tls(name)
                    .ifPresentOrElse(promise::setSuccess, () -> promise.setFailure(new IllegalStateException()));
            return promise;
        });
        return new ChannelHandler[] {sni, new TlsStart(worker, service, connection)};
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof SniCompletionEvent sni) {
            serverName = sni.hostname();
        } else if (event instanceof SslHandshakeCompletionEvent done) {
            if (!done.isSuccess()) {
                ctx.close();
                return;
            }
            SslHandler tls = ctx.pipeline().get(SslHandler.class);
            ClientConnection secured = secured(tls);
            ChannelHandler next = ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol())
                    ? Http2ClientHandler.of(worker, service, secured)
                    : new Http1ClientHandler(worker, service, secured);
            ChannelHandler[] handlers = shown(service, ctx, next);
            for (int i = handlers.length - 1; i >= 0; i--) {
                ctx.pipeline().addAfter(ctx.name(), null, handlers[i]);
            }
            ctx.pipeline().remove(this);
            return;
        }
        super.userEventTriggered(ctx, event);
    }

    /** A handler, behind one that shows its octets where somebody wants to see them. */
    static ChannelHandler[] shown(ListenService service, ChannelHandlerContext ctx, ChannelHandler handler) {
        TrafficTap tap = service.tap();
        if (tap == null) {
            return new ChannelHandler[] {handler};
        }
        TrafficTap.Connection seen = tap.opened(
                TrafficTap.Side.CLIENT,
                (InetSocketAddress) ctx.channel().remoteAddress(),
                (InetSocketAddress) ctx.channel().localAddress(),
                0);
        return new ChannelHandler[] {new TapHandler(seen, TrafficTap.Side.CLIENT), handler};
    }

    private ClientConnection secured(SslHandler tls) {
        SSLSession session = tls.engine().getSession();
        String subject = null;
        try {
            if (session.getPeerCertificates()[0] instanceof X509Certificate certificate) {
                subject = certificate.getSubjectX500Principal().getName();
            }
        } catch (SSLPeerUnverifiedException _) {
            // most clients have no certificate
        }
        return new ClientConnection(
                connection.number(),
                connection.local(),
                connection.peer(),
                connection.client(),
                new ClientConnection.Tls(session.getProtocol(), session.getCipherSuite(), serverName, subject));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // a handshake that failed
    }
}
