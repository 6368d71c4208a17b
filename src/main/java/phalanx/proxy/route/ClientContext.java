package phalanx.proxy.route;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * TLS to the servers of one upstream. Made with the JDK's TLS: a server's certificate is checked by what the JDK trusts. Any thread.
 */
public final class ClientContext {
    static final String UNUSABLE = "PHX-5005";

    private final SslContext context;
    private final UpstreamTls settings;

    private ClientContext(SslContext context, UpstreamTls settings) {
        this.context = context;
        this.settings = settings;
    }

    /** @param folder what relative names start from: the configuration's */
    public static Outcome<ClientContext> of(UpstreamSettings upstream, Path folder) {
        UpstreamTls tls = upstream.tls();
        try {
            SslContextBuilder builder =
                    SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols("TLSv1.2", "TLSv1.3");
            if (!tls.verify()) {
                builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
            } else if (!tls.trusted().isEmpty()) {
                builder.trustManager(readable(folder.resolve(tls.trusted())).toFile());
            }
            if (!tls.certificate().isEmpty()) {
                builder.keyManager(
                        readable(folder.resolve(tls.certificate())).toFile(),
                        readable(folder.resolve(tls.key())).toFile());
            }
            if (upstream.protocol() == UpstreamSettings.Protocol.HTTP_2) {
                builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2));
            }
            return Outcome.ok(new ClientContext(builder.build(), tls));
        } catch (SSLException | IllegalArgumentException e) {
            return Outcome.failed(new Problem(
                    UNUSABLE,
                    upstream.at() + ": TLS to the servers of " + upstream.name() + " cannot be set up ("
                            + e.getMessage() + ").",
                    "Check the files of its proxy_ssl directives: PEM, keys without a passphrase."));
        }
    }

    private static Path readable(Path file) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(file + " cannot be read");
        }
        return file;
    }

    /** The handler of a connection to a server. */
    SslHandler handler(Channel channel, Server server, int handshakeMillis) {
        String name = settings.serverName().isEmpty() ? server.name().host() : settings.serverName();
        SslHandler handler =
                context.newHandler(channel.alloc(), name, server.address().getPort());
        handler.setHandshakeTimeoutMillis(handshakeMillis);
        if (settings.verify()) {
            SSLParameters parameters = handler.engine().getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            handler.engine().setSSLParameters(parameters);
        }
        return handler;
    }
}
