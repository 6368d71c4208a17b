package phalanx.telemetry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Messages of OTLP as JSON, from protobuf: field names in lower camel case, ids in hexadecimal, whole numbers of 64 bits as text
 * (opentelemetry.io, "OTLP Specification", JSON Protobuf Encoding; opentelemetry/proto, v1). Exemplars and the buckets of exponential
 * histograms are left out. One thread.
 */
final class OtlpMessage {
    /** The messages that hold one of the three signals; the name is that of the only field of such a message. */
    enum Signal {
        TRACES("resourceSpans", "ResourceSpans", "rejectedSpans"),
        METRICS("resourceMetrics", "ResourceMetrics", "rejectedDataPoints"),
        LOGS("resourceLogs", "ResourceLogs", "rejectedLogRecords");

        private final String field;
        private final String type;
        private final String rejected;

        Signal(String field, String type, String rejected) {
            this.field = field;
            this.type = type;
            this.rejected = rejected;
        }

        /** What an answer calls those that were left out. */
        String rejected() {
            return rejected;
        }

        String field() {
            return field;
        }
    }

    /** Each message with its fields: number, name, type; a star for those that come more than once. */
    private static final Map<String, Map<Integer, Field>> FORMS = forms("""
            ResourceSpans: 1 resource Resource, 2 scopeSpans ScopeSpans*, 3 schemaUrl text
            ScopeSpans: 1 scope Scope, 2 spans Span*, 3 schemaUrl text
            Span: 1 traceId hex, 2 spanId hex, 3 traceState text, 4 parentSpanId hex, 5 name text, 6 kind small, 7 startTimeUnixNano big,\
             8 endTimeUnixNano big, 9 attributes KeyValue*, 11 events SpanEvent*, 13 links Link*, 15 status Status, 16 flags small
            SpanEvent: 1 timeUnixNano big, 2 name text, 3 attributes KeyValue*
            Link: 1 traceId hex, 2 spanId hex, 3 traceState text, 4 attributes KeyValue*
            Status: 2 message text, 3 code small
            Resource: 1 attributes KeyValue*
            Scope: 1 name text, 2 version text, 3 attributes KeyValue*
            KeyValue: 1 key text, 2 value AnyValue
            AnyValue: 1 stringValue text, 2 boolValue truth, 3 intValue signed, 4 doubleValue real, 5 arrayValue Values, 6 kvlistValue Pairs,\
             7 bytesValue base64
            Values: 1 values AnyValue*
            Pairs: 1 values KeyValue*
            ResourceMetrics: 1 resource Resource, 2 scopeMetrics ScopeMetrics*, 3 schemaUrl text
            ScopeMetrics: 1 scope Scope, 2 metrics Metric*, 3 schemaUrl text
            Metric: 1 name text, 2 description text, 3 unit text, 5 gauge Points, 7 sum Sum, 9 histogram Histogram,\
             10 exponentialHistogram Exponential, 11 summary Summary
            Points: 1 dataPoints Point*
            Sum: 1 dataPoints Point*, 2 aggregationTemporality small, 3 isMonotonic truth
            Point: 7 attributes KeyValue*, 2 startTimeUnixNano big, 3 timeUnixNano big, 4 asDouble real, 6 asInt signed, 8 flags small
            Histogram: 1 dataPoints Counted*, 2 aggregationTemporality small
            Counted: 9 attributes KeyValue*, 2 startTimeUnixNano big, 3 timeUnixNano big, 4 count big, 5 sum real, 6 bucketCounts big*,\
             7 explicitBounds real*, 10 flags small, 11 min real, 12 max real
            Exponential: 1 dataPoints Scaled*, 2 aggregationTemporality small
            Scaled: 1 attributes KeyValue*, 2 startTimeUnixNano big, 3 timeUnixNano big, 4 count big, 5 sum real, 10 flags small, 12 min real,\
             13 max real
            Summary: 1 dataPoints Summed*
            Summed: 7 attributes KeyValue*, 2 startTimeUnixNano big, 3 timeUnixNano big, 4 count big, 5 sum real, 6 quantileValues Quantile*,\
             8 flags small
            Quantile: 1 quantile real, 2 value real
            ResourceLogs: 1 resource Resource, 2 scopeLogs ScopeLogs*, 3 schemaUrl text
            ScopeLogs: 1 scope Scope, 2 logRecords LogRecord*, 3 schemaUrl text
            LogRecord: 1 timeUnixNano big, 11 observedTimeUnixNano big, 2 severityNumber small, 3 severityText text, 5 body AnyValue,\
             6 attributes KeyValue*, 8 flags small, 9 traceId hex, 10 spanId hex, 12 eventName text
            """);

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Values inside of values; a sender's own data has a few. */
    private static final int DEEPEST = 40;

    private final int most;
    private int fields;

    private OtlpMessage(int most) {
        this.most = most;
    }

    /** @param type of a message of its own, or how the value is written */
    private record Field(String name, String type, boolean repeated) {}

    private static Map<String, Map<Integer, Field>> forms(String text) {
        Map<String, Map<Integer, Field>> forms = new HashMap<>();
        text.lines().forEach(line -> {
            String[] sides = line.split(": ", 2);
            Map<Integer, Field> fields = new HashMap<>();
            for (String field : sides[1].split(", ", -1)) {
                String[] words = field.strip().split(" ", 3);
                String type = words[2].replace("*", "");
                fields.put(Integer.valueOf(words[0]), new Field(words[1], type, words[2].endsWith("*")));
            }
            forms.put(sides[0], fields);
        });
        return forms;
    }

    /**
     * A whole message, as an export request holds it.
     *
     * @param mostFields that it may have, each of which takes some 100 bytes of memory; 512 spans have 30,000
     * @throws Malformed when the bytes are no such message, or {@link Malformed.TooLarge a larger one}
     */
    static ObjectNode json(Signal signal, ByteBuffer bytes, int mostFields) throws Malformed {
        OtlpMessage message = new OtlpMessage(mostFields);
        ObjectNode json = NODES.objectNode();
        ArrayNode all = json.putArray(signal.field);
        for (ProtoMessage data = new ProtoMessage(bytes); data.next(); ) {
            if (data.field() == 1) {
                all.add(message.read(signal.type, data.message(), 0));
            }
        }
        return json;
    }

    /**
     * A whole message as a file holds it, what each sender recorded for itself: as much memory as the largest of these is taken.
     *
     * @param mostFields that each may have
     * @param part is given messages like that of {@link #json}
     * @param wrong is told of those that are none
     * @throws Malformed when the bytes are no such message; what comes before is taken
     */
    static void parts(
            Signal signal, ByteBuffer bytes, int mostFields, Consumer<ObjectNode> part, Consumer<Malformed> wrong)
            throws Malformed {
        for (ProtoMessage data = new ProtoMessage(bytes); data.next(); ) {
            if (data.field() == 1) {
                try {
                    ObjectNode one = new OtlpMessage(mostFields).read(signal.type, data.message(), 0);
                    ObjectNode json = NODES.objectNode();
                    json.putArray(signal.field).add(one);
                    part.accept(json);
                } catch (Malformed e) {
                    wrong.accept(e);
                }
            }
        }
    }

    private ObjectNode read(String type, ProtoMessage from, int depth) throws Malformed {
        if (depth > DEEPEST) {
            throw new Malformed("its values lie too deep inside of each other");
        }
        Map<Integer, Field> form = FORMS.getOrDefault(type, Map.of());
        ObjectNode json = NODES.objectNode();
        while (from.next()) {
            count();
            Field field = form.get(from.field());
            if (field != null) {
                put(json, field, from, depth);
            }
        }
        return json;
    }

    private void count() throws Malformed {
        if (++fields > most) {
            throw new Malformed.TooLarge("it has more than " + most + " fields");
        }
    }

    private void put(ObjectNode json, Field field, ProtoMessage from, int depth) throws Malformed {
        if (!field.repeated) {
            switch (field.type) {
                case "text" -> json.put(field.name, from.text());
                case "hex" -> json.put(field.name, from.hex());
                case "base64" -> json.put(field.name, from.octets());
                case "truth" -> json.put(field.name, from.value() != 0);
                case "small" -> json.put(field.name, from.value());
                case "big" -> json.put(field.name, Long.toUnsignedString(from.value()));
                case "signed" -> json.put(field.name, Long.toString(from.value()));
                case "real" -> json.put(field.name, from.real());
                default -> json.set(field.name, read(field.type, from.message(), depth + 1));
            }
        } else if (FORMS.containsKey(field.type)) {
            list(json, field).add(read(field.type, from.message(), depth + 1));
        } else {
            ArrayNode list = list(json, field);
            for (long number : from.numbers()) {
                count();
                if (field.type.equals("big")) {
                    list.add(Long.toUnsignedString(number));
                } else {
                    list.add(Double.longBitsToDouble(number));
                }
            }
        }
    }

    private static ArrayNode list(ObjectNode json, Field field) {
        @Nullable ArrayNode there = json.get(field.name) instanceof ArrayNode list ? list : null;
        return there == null ? json.putArray(field.name) : there;
    }
}
