package phalanx.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What is said of a span, a point, a log record or who sent it (opentelemetry/proto/common/v1/common.proto). */
final class OtlpAttributes {
    private OtlpAttributes() {}

    /** @param of an object with a list of attributes */
    static void into(JsonNode of, Map<String, String> into) {
        for (JsonNode attribute : of.path("attributes")) {
            into.put(attribute.path("key").asText(), text(attribute.path("value")));
        }
    }

    /** As fields: what is said of a thing itself goes before what is said of who sent it. */
    static Fields fields(Map<String, String> own, Map<String, String> resource) {
        return field -> {
            String value = own.get(field);
            return value != null ? value : resource.getOrDefault(field, "");
        };
    }

    /** A value as text; those of a list one behind the other. */
    static String text(JsonNode value) {
        JsonNode list = value.path("arrayValue").path("values");
        if (list.isArray()) {
            return StreamSupport.stream(list.spliterator(), false)
                    .filter(one -> !one.has("arrayValue"))
                    .map(OtlpAttributes::text)
                    .collect(Collectors.joining(" "));
        }
        return value.properties().stream()
                .findFirst()
                .map(one -> one.getValue().asText())
                .orElse("");
    }
}
