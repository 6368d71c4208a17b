package phalanx.act.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.act.Carried;
import phalanx.act.Effect;
import phalanx.act.Remedy;
import phalanx.proxy.listen.LabAuthority;

/** Hooks at addresses of https, with a real server of TLS: who it is must be known, or nothing is sent. */
class HookTlsTest {
    private static final Remedy.Hook REMEDY = new Remedy.Hook("hook", "policy", "policy-1", "127.0.0.1:8081");

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Runnable stop = () -> {};
    private int port;

    @AfterEach
    void stop() {
        stop.run();
    }

    /** A server that shows a certificate for a name. @return what trusts its authority */
    private SSLSocketFactory serve(String name) throws Exception {
        LabAuthority authority = LabAuthority.in(folder.resolve("authority"));
        File certificate = authority.issue(List.of(name)).toFile();
        File key = new File(certificate.getPath().replace(".pem", "-key.pem"));
        HttpsServer secret = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secret.setHttpsConfigurator(new HttpsConfigurator(context(SslContextBuilder.forServer(certificate, key))));
        begin(secret);
        return context(SslContextBuilder.forClient()
                        .trustManager(authority.certificateFile().toFile()))
                .getSocketFactory();
    }

    private void begin(HttpServer begun) {
        stop = () -> begun.stop(0);
        port = begun.getAddress().getPort();
        begun.setExecutor(task -> Thread.ofPlatform().daemon().start(task));
        begun.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        begun.start();
    }

    private static SSLContext context(SslContextBuilder builder) throws Exception {
        return ((JdkSslContext) builder.sslProvider(SslProvider.JDK).build()).context();
    }

    private Carried carriedOut(SSLSocketFactory trusting) {
        URI place = URI.create("https://hooks.example.com:" + port + "/well");
        Hook hook = new Hook.Address(Set.of(), Map.of(Hook.Action.RUN, place), true, Duration.ofSeconds(1));
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return new HookRemedies(
                        new HookBook(Map.of("hook", hook)), new HookClient(trusting, _ -> new InetAddress[] {loopback}))
                .carryOut(REMEDY, "INC-1/1");
    }

    private void assertRefused(String why, Carried carried) {
        assertEquals(Effect.FAILED, carried.effect());
        assertTrue(carried.says().contains(why), carried.says());
        assertEquals(List.of(), asked);
    }

    @Test
    void a_server_that_is_known_is_asked() throws Exception {
        assertEquals(Effect.DONE, carriedOut(serve("hooks.example.com")).effect());
        assertEquals(List.of("/well"), asked);
    }

    @Test
    void one_that_nobody_vouches_for_is_told_nothing() throws Exception {
        serve("hooks.example.com");
        assertRefused("The certificate of hooks.example.com is not accepted", carriedOut((SSLSocketFactory)
                SSLSocketFactory.getDefault()));
    }

    @Test
    void one_of_another_name_is_told_nothing() throws Exception {
        assertRefused("The certificate of hooks.example.com is not accepted", carriedOut(serve("other.example.com")));
    }

    @Test
    void one_without_tls_is_given_up_at_the_end_of_its_time() throws Exception {
        begin(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        assertRefused("hooks.example.com does not speak TLS on port ", carriedOut((SSLSocketFactory)
                SSLSocketFactory.getDefault()));
    }
}
