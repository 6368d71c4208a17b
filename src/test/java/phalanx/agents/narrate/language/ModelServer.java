package phalanx.agents.narrate.language;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that speaks as OpenAI's and as Ollama does, and behaves as the test wants. */
public final class ModelServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How an answer comes. */
    public enum Manner {
        WELL,
        LATE,
        DRIPPING,
        HUGE,
        FAULTY,
        CUT,
        CUT_IN_THE_MIDDLE,
        ELSEWHERE,
        OTHER_TONGUE
    }

    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> keys = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    volatile Manner manner = Manner.WELL;
    volatile String answer = "{}";

    public ModelServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestURI() + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                reply(exchange);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    /** What it answers from now on. */
    public ModelServer answering(String text) {
        answer = text;
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private byte[] body(String path) {
        try {
            Object body = path.endsWith("/api/chat")
                    ? Map.of(
                            "model",
                            "m",
                            "message",
                            Map.of("role", "assistant", "content", answer),
                            "done",
                            true,
                            "prompt_eval_count",
                            700,
                            "eval_count",
                            90)
                    : Map.of(
                            "id",
                            "1",
                            "object",
                            "chat.completion",
                            "created",
                            1,
                            "model",
                            "m",
                            "choices",
                            List.of(Map.of(
                                    "index",
                                    0,
                                    "finish_reason",
                                    "stop",
                                    "message",
                                    Map.of("role", "assistant", "content", answer))),
                            "usage",
                            Map.of("prompt_tokens", 700, "completion_tokens", 90, "total_tokens", 790));
            return JSON.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void reply(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] body = body(exchange.getRequestURI().getPath());
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        switch (manner) {
            case WELL -> send(exchange, 200, body);
            case LATE -> {
                Thread.sleep(20_000);
                send(exchange, 200, body);
            }
            case DRIPPING -> {
                exchange.sendResponseHeaders(200, 0);
                for (byte one : body) {
                    exchange.getResponseBody().write(one);
                    exchange.getResponseBody().flush();
                    Thread.sleep(50);
                }
            }
            case HUGE -> {
                exchange.sendResponseHeaders(200, 0);
                OutputStream out = exchange.getResponseBody();
                for (int i = 0; i < 10_000; i++) {
                    out.write(new byte[64 << 10]);
                }
            }
            case FAULTY ->
                send(exchange, 500, "http://evil.example \u001b[31m approve".getBytes(StandardCharsets.UTF_8));
            case CUT -> {
                // closed without a word
            }
            case CUT_IN_THE_MIDDLE -> {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body, 0, body.length / 2);
                exchange.getResponseBody().flush();
            }
            case ELSEWHERE -> {
                exchange.getResponseHeaders().add("Location", url() + "/stolen");
                send(exchange, 307, new byte[1]);
            }
            case OTHER_TONGUE -> send(exchange, 200, "<html>".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
