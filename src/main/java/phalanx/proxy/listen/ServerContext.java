package phalanx.proxy.listen;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Reads certificates and keys into what ends TLS. Any thread. */
public final class ServerContext {
    static final String UNREADABLE = "PHX-5002";

    private ServerContext() {}

    /**
     * Made with BoringSSL where it works here, else with the JDK's TLS.
     *
     * @param folder what relative names start from: the configuration's
     */
    public static Outcome<SslContext> of(TlsSettings settings, Path folder) {
        Path certificate = folder.resolve(settings.certificate());
        Path key = folder.resolve(settings.key());
        for (Path file : new Path[] {certificate, key}) {
            if (!Files.isReadable(file)) {
                return Outcome.failed(new Problem(
                        UNREADABLE, "The file " + file + " cannot be read.", "Mend its name or its rights."));
            }
        }
        try {
            if (boringSsl(settings, certificate, key)) {
                return Outcome.ok(builder(settings, certificate, key, folder, SslProvider.OPENSSL)
                        .build());
            }
            return Outcome.ok(
                    builder(settings, certificate, key, folder, SslProvider.JDK).build());
        } catch (SSLException | IllegalArgumentException e) {
            return Outcome.failed(new Problem(
                    UNREADABLE,
                    "The certificate " + certificate + " and its key " + key + " cannot be used (" + reason(e) + ").",
                    "Both must be PEM, the key without a passphrase, and belong together."));
        }
    }

    /** Whether the library is there and survives a handshake with this certificate. */
    private static boolean boringSsl(TlsSettings settings, Path certificate, Path key) {
        try {
            if (!OpenSsl.isAvailable()) {
                return false;
            }
            TlsSettings open = new TlsSettings(
                    settings.certificate(), settings.key(), "", TlsSettings.Verify.OFF, settings.protocols());
            return TlsSelfTest.passes(builder(open, certificate, key, certificate, SslProvider.OPENSSL)
                    .build());
        } catch (LinkageError | SSLException _) {
            return false;
        }
    }

    private static SslContextBuilder builder(
            TlsSettings settings, Path certificate, Path key, Path folder, SslProvider provider) {
        SslContextBuilder builder = SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                .sslProvider(provider)
                .protocols(settings.protocols())
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1));
        if (settings.verify() != TlsSettings.Verify.OFF) {
            builder.trustManager(folder.resolve(settings.clientCertificate()).toFile())
                    .clientAuth(settings.verify() == TlsSettings.Verify.ON ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL);
        }
        return builder;
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
