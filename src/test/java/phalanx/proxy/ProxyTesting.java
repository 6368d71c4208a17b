package phalanx.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** A proxy between a real client and real origins. Every test ends with a look for lost buffers. */
abstract class ProxyTesting {
    private static final Logger LEAKS = Logger.getLogger(ResourceLeakDetector.class.getName());

    @TempDir
    Path folder;

    private final List<String> leaks = new ArrayList<>();
    final List<AutoCloseable> toClose = new ArrayList<>();
    final HttpClient client = HttpClient.newBuilder().build();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            leaks.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private @Nullable ProxyServer started;

    @BeforeEach
    void listen() {
        LEAKS.addHandler(listener);
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        for (AutoCloseable each : toClose.reversed()) {
            each.close();
        }
        client.close();
        System.gc();
        for (int i = 0; i < 50; i++) {
            PooledByteBufAllocator.DEFAULT.buffer(64).release();
        }
        LEAKS.removeHandler(listener);
        assertEquals(List.of(), leaks);
    }

    TestOrigin origin(String name) throws IOException {
        TestOrigin origin = new TestOrigin(name);
        toClose.add(origin);
        return origin;
    }

    ProxyServer proxy() {
        return Objects.requireNonNull(started);
    }

    static String upstream(String name, TestOrigin... origins) {
        StringBuilder text = new StringBuilder("upstream " + name + " { ");
        for (TestOrigin origin : origins) {
            text.append("server 127.0.0.1:").append(origin.port()).append("; ");
        }
        return text + "}\n";
    }

    void start(String upstreams, String server) throws IOException {
        start(write(upstreams, server));
    }

    void start(Path file) {
        ProxyConfig.Read read = ProxyConfig.read(file);
        assertEquals(List.of(), read.faults());
        switch (ProxyServer.start(read.config().orElseThrow())) {
            case Outcome.Ok<ProxyServer>(ProxyServer running) -> {
                started = running;
                toClose.add(running);
            }
            case Outcome.Failed<ProxyServer>(Problem problem) -> throw new AssertionError(problem);
        }
    }

    Path write(String upstreams, String server) throws IOException {
        return Files.writeString(
                folder.resolve("proxy.conf"),
                "worker_threads 2;\nadmin 127.0.0.1:0;\n" + upstreams + "http { server { listen 127.0.0.1:0; " + server
                        + " } }\n");
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)), headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request, String... headers) throws IOException, InterruptedException {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + proxy().http().getFirst().getPort() + path);
    }

    HttpResponse<String> admin(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + proxy().adminAddress().getPort() + path);
        return send(HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    String raw(String request) throws IOException {
        return raw(uri("/").getPort(), request);
    }

    static String raw(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** The status that curl gets for a body by HTTP/2 without TLS. */
    final String statusByHttp2(String type, byte[] body) throws IOException {
        Path file = Files.write(folder.resolve("body"), body);
        Process curl = new ProcessBuilder(
                        RealServer.program("curl", "curl"),
                        "-s",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code}",
                        "--http2-prior-knowledge",
                        "-H",
                        "Content-Type: " + type,
                        "--data-binary",
                        "@" + file,
                        uri("/").toString())
                .start();
        return new String(curl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
