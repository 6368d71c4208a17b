package phalanx.app;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import phalanx.proxy.ProxyConfig;
import phalanx.proxy.ProxyServer;
import phalanx.proxy.listen.LabAuthority;
import phalanx.run.Outcome;

/** Load on a proxy for a few seconds while the JVM watches: one before another, HTTP/1.1 and HTTP/2 over TLS, small and larger bodies. */
final class ProxyTraining {
    private static final Duration EACH = Duration.ofSeconds(5);
    private static final int AT_ONCE = 32;

    private ProxyTraining() {}

    /** Makes it, in a folder for its files. What cannot be made is left out: only speed is lost. */
    static void run(Path folder) {
        try {
            Files.writeString(folder.resolve("small"), "hello world\n");
            Files.write(folder.resolve("large"), new byte[100 << 10]);
            LabAuthority authority = LabAuthority.in(folder.resolve("ca"));
            Path certificate = authority.issue(List.of("localhost"));
            String tls = "ssl_certificate " + certificate + "; ssl_certificate_key "
                    + certificate.toString().replace(".pem", "-key.pem") + ";";
            try (ProxyServer behind =
                    start(folder, "server { listen 127.0.0.1:0; route / { root " + folder + "; } }", "")) {
                String upstream = "upstream a { server 127.0.0.1:"
                        + behind.http().getFirst().getPort() + "; }";
                try (ProxyServer before =
                        start(folder, "server { listen 127.0.0.1:0; " + tls + " route / { upstream a; } }", upstream)) {
                    InetSocketAddress at = before.http().getFirst();
                    load(HttpClient.newHttpClient(), "http://127.0.0.1:" + at.getPort());
                    load(
                            HttpClient.newBuilder()
                                    .sslContext(trusting(authority))
                                    .build(),
                            "https://localhost:" + at.getPort());
                }
            }
        } catch (IOException | GeneralSecurityException | IllegalStateException | CompletionException e) {
            System.getLogger("phalanx.app").log(System.Logger.Level.DEBUG, "No training of the proxy", e);
        }
    }

    private static ProxyServer start(Path folder, String server, String upstreams) throws IOException {
        Path file = Files.writeString(
                folder.resolve("train.conf"),
                "worker_threads 1; admin 127.0.0.1:0; " + upstreams + " http { " + server + " }");
        return switch (ProxyConfig.read(file)
                .config()
                .map(ProxyServer::start)
                .orElseThrow(IllegalStateException::new)) {
            case Outcome.Ok<ProxyServer>(ProxyServer proxy) -> proxy;
            case Outcome.Failed<ProxyServer>(var problem) -> throw new IllegalStateException(problem.toString());
        };
    }

    private static SSLContext trusting(LabAuthority authority) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = new FileInputStream(authority.certificateFile().toFile())) {
            trusted.setCertificateEntry(
                    "lab", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static void load(HttpClient client, String site) {
        try (client) {
            long end = System.nanoTime() + EACH.toNanos();
            Map<Boolean, HttpRequest> requests = Map.of(
                    true,
                            HttpRequest.newBuilder(URI.create(site + "/small"))
                                    .timeout(EACH)
                                    .build(),
                    false,
                            HttpRequest.newBuilder(URI.create(site + "/large"))
                                    .timeout(EACH)
                                    .build());
            for (int round = 0; System.nanoTime() < end; round++) {
                List<CompletableFuture<?>> sent = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    sent.add(client.sendAsync(requests.get(round % 4 != 0), HttpResponse.BodyHandlers.discarding()));
                }
                sent.forEach(CompletableFuture::join);
            }
        }
    }
}
