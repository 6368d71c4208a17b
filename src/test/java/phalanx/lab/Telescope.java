package phalanx.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Takes what the lab tells of itself, as any collector would. */
final class Telescope implements AutoCloseable {
    final List<Seen> spans = new CopyOnWriteArrayList<>();
    final Set<String> metrics = ConcurrentHashMap.newKeySet();
    final AtomicInteger logs = new AtomicInteger();
    final AtomicInteger proxySpans = new AtomicInteger();
    private final HttpServer server;

    /** A span, with who tells of it. */
    record Seen(Map<String, String> resource, Span span) {
        String from(String key) {
            return resource.getOrDefault(key, "");
        }

        String attribute(String key) {
            return text(span.getAttributesList()).getOrDefault(key, "");
        }
    }

    Telescope() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.createContext("/v1/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            take(exchange, body);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    String at() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(HttpExchange exchange, byte[] body) throws IOException {
        if (exchange.getRequestHeaders().getFirst("Content-Type").startsWith("application/json")) {
            proxySpans.incrementAndGet(); // the proxy's exporter speaks JSON
            return;
        }
        switch (exchange.getRequestURI().getPath()) {
            case "/v1/traces" ->
                ExportTraceServiceRequest.parseFrom(body)
                        .getResourceSpansList()
                        .forEach(one -> one.getScopeSpansList()
                                .forEach(scope -> scope.getSpansList()
                                        .forEach(span -> spans.add(new Seen(text(one.getResource()), span)))));
            case "/v1/metrics" ->
                ExportMetricsServiceRequest.parseFrom(body)
                        .getResourceMetricsList()
                        .forEach(one -> one.getScopeMetricsList()
                                .forEach(scope ->
                                        scope.getMetricsList().forEach(metric -> metrics.add(metric.getName()))));
            default ->
                ExportLogsServiceRequest.parseFrom(body)
                        .getResourceLogsList()
                        .forEach(one -> one.getScopeLogsList()
                                .forEach(scope -> scope.getLogRecordsList().stream()
                                        .filter(line -> !line.getTraceId().isEmpty())
                                        .forEach(_ -> logs.incrementAndGet())));
        }
    }

    private static Map<String, String> text(Resource resource) {
        return text(resource.getAttributesList());
    }

    private static Map<String, String> text(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey,
                        one -> one.getValue().hasIntValue()
                                ? Long.toString(one.getValue().getIntValue())
                                : one.getValue().getStringValue()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
