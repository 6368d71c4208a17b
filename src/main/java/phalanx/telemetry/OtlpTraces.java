package phalanx.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import phalanx.run.ForeignText;

/**
 * Spans of OpenTelemetry as a collector's file exporter or an OTLP request holds them (opentelemetry/proto/trace/v1/trace.proto), in protobuf
 * or JSON. Addresses are taken from attributes of the semantic conventions; names are not looked up.
 */
final class OtlpTraces {
    private static final int ERROR = 2, CLIENT = 3, PRODUCER = 4;

    private OtlpTraces() {}

    /** What of a span matters here. */
    private static final class Span {
        private final Map<String, String> attributes = new HashMap<>();
        private String trace = "";
        private String name = "";
        private String message = "";
        private long kind;
        private long start;
        private long end;
        private long status;

        /** @param resource attributes of who sent it, which its own go before */
        void into(Gathering into, Map<String, String> resource) {
            Fields record = field -> attributes.getOrDefault(field, resource.getOrDefault(field, ""));
            boolean asks = kind == CLIENT || kind == PRODUCER;
            String service = record.shown("service.name");
            String http = ZeekLog.join(record, "http.request.method", "url.path", "http.response.status_code");
            into.add(new Event(
                    start,
                    Math.max(0, end - start),
                    Event.Source.TRACES,
                    "span",
                    status == ERROR ? Event.Weight.TROUBLE : Event.Weight.ORDINARY,
                    asks ? null : record.endpoint("client.address", "client.port"),
                    record.endpoint(
                            asks && record.get("server.address").isEmpty() ? "network.peer.address" : "server.address",
                            asks && record.get("server.address").isEmpty() ? "network.peer.port" : "server.port"),
                    service,
                    ForeignText.name((service + " " + name + (http.isEmpty() ? "" : " (" + http + ")")
                                    + (message.isEmpty() ? "" : ": " + message))
                            .strip()),
                    trace));
        }
    }

    static boolean isOne(JsonNode document) {
        return document.path("resourceSpans").isArray();
    }

    static void take(JsonNode document, Gathering into) {
        into.format("OTLP traces");
        for (JsonNode resourceSpans : document.path("resourceSpans")) {
            Map<String, String> resource = new HashMap<>();
            attributes(resourceSpans.path("resource").path("attributes"), resource);
            for (JsonNode scope : resourceSpans.path("scopeSpans")) {
                for (JsonNode json : scope.path("spans")) {
                    Span span = new Span();
                    span.trace = ForeignText.name(json.path("traceId").asText());
                    span.name = json.path("name").asText();
                    span.kind = json.path("kind").asLong();
                    span.start = json.path("startTimeUnixNano").asLong();
                    span.end = json.path("endTimeUnixNano").asLong();
                    span.status = json.path("status").path("code").asLong();
                    span.message = json.path("status").path("message").asText();
                    attributes(json.path("attributes"), span.attributes);
                    if (span.start > 0) {
                        span.into(into, resource);
                    } else {
                        into.wrong(0, "a span has no begin");
                    }
                }
            }
        }
    }

    private static void attributes(JsonNode list, Map<String, String> into) {
        for (JsonNode attribute : list) {
            attribute.path("value").properties().stream()
                    .findFirst()
                    .ifPresent(value -> into.put(
                            attribute.path("key").asText(), value.getValue().asText()));
        }
    }

    /** @param bytes of a TracesData or ExportTraceServiceRequest, which are alike  @throws Malformed when they are none */
    static void take(ByteBuffer bytes, Gathering into) throws Malformed {
        into.format("OTLP traces");
        for (ProtoMessage data = new ProtoMessage(bytes); data.next(); ) {
            if (data.field() == 1) {
                resourceSpans(data.message(), into);
            }
        }
    }

    private static void resourceSpans(ProtoMessage from, Gathering into) throws Malformed {
        Map<String, String> resource = new HashMap<>();
        while (from.next()) {
            if (from.field() == 1) {
                for (ProtoMessage of = from.message(); of.next(); ) {
                    if (of.field() == 1) {
                        attribute(of.message(), resource);
                    }
                }
            } else if (from.field() == 2) {
                for (ProtoMessage scope = from.message(); scope.next(); ) {
                    if (scope.field() == 2) {
                        span(scope.message(), resource, into);
                    }
                }
            }
        }
    }

    private static void span(ProtoMessage from, Map<String, String> resource, Gathering into) throws Malformed {
        Span span = new Span();
        while (from.next()) {
            switch (from.field()) {
                case 1 -> span.trace = from.hex();
                case 5 -> span.name = from.text();
                case 6 -> span.kind = from.value();
                case 7 -> span.start = from.value();
                case 8 -> span.end = from.value();
                case 9 -> attribute(from.message(), span.attributes);
                case 15 -> {
                    for (ProtoMessage status = from.message(); status.next(); ) {
                        if (status.field() == 2) {
                            span.message = status.text();
                        } else if (status.field() == 3) {
                            span.status = status.value();
                        }
                    }
                }
                default -> {}
            }
        }
        if (span.start > 0) {
            span.into(into, resource);
        } else {
            into.wrong(0, "a span has no begin");
        }
    }

    /** Values that are texts, truths and whole numbers; others are not needed here. */
    private static void attribute(ProtoMessage from, Map<String, String> into) throws Malformed {
        String key = "";
        String value = "";
        while (from.next()) {
            if (from.field() == 1) {
                key = from.text();
            } else if (from.field() == 2) {
                for (ProtoMessage any = from.message(); any.next(); ) {
                    value = any.field() == 1
                            ? any.text()
                            : any.field() == 2 || any.field() == 3 ? String.valueOf(any.value()) : value;
                }
            }
        }
        into.put(key, value);
    }
}
