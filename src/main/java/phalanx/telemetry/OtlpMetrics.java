package phalanx.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import phalanx.run.ForeignText;

/**
 * Points of OpenTelemetry's metrics (opentelemetry/proto/metrics/v1/metrics.proto), those of the same name and attributes as one series.
 * Histograms and summaries give their counts and sums, by the names that Prometheus has for them.
 */
final class OtlpMetrics {
    /** Attributes of a point; instrumentation has a dozen. */
    private static final int MOST_LABELS = 64;
    /** What tells one sender from another (opentelemetry.io, "Resource semantic conventions"). */
    private static final List<String> SENDER = List.of(
            "service.name",
            "service.instance.id",
            "host.name",
            "host.id",
            "container.id",
            "k8s.node.name",
            "k8s.namespace.name",
            "k8s.pod.name",
            "k8s.container.name");

    private static final List<String> SINGLE = List.of("gauge", "sum");
    private static final List<String> COUNTED = List.of("histogram", "exponentialHistogram", "summary");

    private OtlpMetrics() {}

    static void take(JsonNode document, Gathering into) {
        into.format("OTLP metrics");
        for (JsonNode resourceMetrics : document.path("resourceMetrics")) {
            Map<String, String> resource = new HashMap<>();
            OtlpAttributes.into(resourceMetrics.path("resource"), resource);
            for (JsonNode scope : resourceMetrics.path("scopeMetrics")) {
                for (JsonNode metric : scope.path("metrics")) {
                    take(metric, resource, into);
                }
            }
        }
    }

    private static void take(JsonNode metric, Map<String, String> resource, Gathering into) {
        String name = ForeignText.name(metric.path("name").asText());
        for (String kind : SINGLE) {
            for (JsonNode point : metric.path(kind).path("dataPoints")) {
                double value = point.has("asDouble")
                        ? point.path("asDouble").asDouble(Double.NaN)
                        : point.path("asInt").asDouble(Double.NaN);
                add(name, point, resource, value, into);
            }
        }
        for (String kind : COUNTED) {
            for (JsonNode point : metric.path(kind).path("dataPoints")) {
                boolean counted = add(
                        name + "_count", point, resource, point.path("count").asDouble(Double.NaN), into);
                if (counted && point.has("sum")) {
                    add(name + "_sum", point, resource, point.path("sum").asDouble(Double.NaN), into);
                }
            }
        }
    }

    /** @return false for one that is left out */
    private static boolean add(
            String name, JsonNode point, Map<String, String> resource, double value, Gathering into) {
        long nanos = point.path("timeUnixNano").asLong();
        if (nanos <= 0) {
            into.wrong(0, "a point has no time");
            return false;
        }
        Map<String, String> said = new HashMap<>();
        OtlpAttributes.into(point, said);
        if (said.size() > MOST_LABELS) {
            into.wrong(0, "a point has more than " + MOST_LABELS + " attributes");
            return false;
        }
        Map<String, String> labels = new HashMap<>();
        said.forEach((key, text) -> labels.put(ForeignText.name(key), ForeignText.name(text)));
        for (String of : SENDER) {
            String who = resource.getOrDefault(of, "");
            if (!who.isEmpty()) {
                labels.put(of, ForeignText.name(who));
            }
        }
        into.point(name, labels, nanos, Double.isFinite(value) ? value : Double.NaN);
        return true;
    }
}
