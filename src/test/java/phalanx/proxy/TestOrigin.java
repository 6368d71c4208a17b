package phalanx.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An origin server, the JDK's own: it says who it is, repeats what it got, and misbehaves when asked. */
public final class TestOrigin implements AutoCloseable {
    private final HttpServer server;
    private final String name;
    final AtomicInteger requests = new AtomicInteger();
    volatile int status = 200;
    volatile String lastBody = "";
    volatile byte[] lastOctets = {};
    volatile int delayMillis;

    public TestOrigin(String name) throws IOException {
        this.name = name;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        byte[] body = exchange.getRequestBody().readAllBytes();
        lastOctets = body;
        lastBody = new String(body, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(
                name + " " + exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body.length + "\n");
        exchange.getRequestHeaders()
                .forEach((field, values) ->
                        text.append(field).append(": ").append(values).append('\n'));
        try {
            Thread.sleep(delayMillis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        byte[] answer = exchange.getRequestURI().getPath().equals("/big")
                ? new byte[5_000_000]
                : text.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("X-Origin", name);
        exchange.sendResponseHeaders(status, exchange.getRequestMethod().equals("HEAD") ? -1 : answer.length);
        try (OutputStream out = exchange.getResponseBody()) {
            if (!exchange.getRequestMethod().equals("HEAD")) {
                out.write(answer);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
