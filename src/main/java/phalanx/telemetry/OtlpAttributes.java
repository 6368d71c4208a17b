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
