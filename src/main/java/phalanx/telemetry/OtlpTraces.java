package phalanx.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phalanx.net.Endpoint;
import phalanx.net.IpAddress;
import phalanx.run.ForeignText;

/**
 * Spans of OpenTelemetry (opentelemetry/proto/trace/v1/trace.proto). Addresses are taken from attributes of the semantic conventions; names
 * are not looked up.
 */
final class OtlpTraces {
    /** Numbers of kinds and of the status of a failure. */
    private static final int SERVER = 2, CLIENT = 3, PRODUCER = 4, CONSUMER = 5, ERROR = 2;

    private OtlpTraces() {}

    static void take(JsonNode document, Gathering into) {
        into.format("OTLP traces");
        for (JsonNode resourceSpans : document.path("resourceSpans")) {
            Map<String, String> resource = new HashMap<>();
            OtlpAttributes.into(resourceSpans.path("resource"), resource);
            for (JsonNode scope : resourceSpans.path("scopeSpans")) {
                for (JsonNode span : scope.path("spans")) {
                    if (span.path("startTimeUnixNano").asLong() > 0) {
                        into.add(span(span, resource));
                    } else {
                        into.wrong(0, "a span has no begin");
                    }
                }
            }
        }
    }

    /** @param resource attributes of who sent it, which its own go before */
    private static Span span(JsonNode json, Map<String, String> resource) {
        Map<String, String> attributes = new HashMap<>();
        OtlpAttributes.into(json, attributes);
        Fields record = OtlpAttributes.fields(attributes, resource);
        long number = json.path("kind").asLong();
        Span.Kind kind = number == CLIENT || number == PRODUCER
                ? Span.Kind.CLIENT
                : number == SERVER || number == CONSUMER ? Span.Kind.SERVER : Span.Kind.INTERNAL;
        boolean asks = kind == Span.Kind.CLIENT;
        String http = ZeekLog.join(record, "http.request.method", "url.path", "http.response.status_code");
        String message = json.path("status").path("message").asText();
        long start = json.path("startTimeUnixNano").asLong();
        return new Span(
                ForeignText.name(json.path("traceId").asText()),
                ForeignText.name(json.path("spanId").asText()),
                ForeignText.name(json.path("parentSpanId").asText()),
                record.shown("service.name"),
                record.shown("peer.service"),
                kind,
                start,
                Math.max(0, json.path("endTimeUnixNano").asLong() - start),
                json.path("status").path("code").asLong() == ERROR,
                asks ? null : record.endpoint("client.address", "client.port"),
                asked(record, kind),
                at(record, kind),
                ForeignText.name(json.path("name").asText()
                        + (http.isEmpty() ? "" : " (" + http + ")")
                        + (message.isEmpty() ? "" : ": " + message)),
                told(record));
    }

    private static Map<String, String> told(Fields record) {
        Map<String, String> told = new HashMap<>();
        for (String name : Span.TOLD) {
            String value = record.get(name);
            if (!value.isEmpty()) {
                told.put(name, ForeignText.name(value));
            }
        }
        return told;
    }

    /** An address before a name that another attribute has the address of. */
    private static @Nullable Endpoint asked(Fields record, Span.Kind kind) {
        Endpoint named = record.endpoint("server.address", "server.port");
        return named == null && kind == Span.Kind.CLIENT
                ? record.endpoint("network.peer.address", "network.peer.port")
                : named;
    }

    private static @Nullable IpAddress at(Fields record, Span.Kind kind) {
        String local = record.get("network.local.address");
        String pod = record.get("k8s.pod.ip");
        String host = record.get("host.ip"); // a list, the first of which is as good as any
        int end = host.indexOf(' ');
        String first = !local.isEmpty() ? local : !pod.isEmpty() ? pod : end < 0 ? host : host.substring(0, end);
        return Fields.address(first.isEmpty() && kind == Span.Kind.SERVER ? record.get("server.address") : first);
    }
}
