package phalanx.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import phalanx.metrics.Moment;
import phalanx.metrics.TimeSeries;
import phalanx.run.ForeignText;

/** Answers of Prometheus to {@code /api/v1/query_range} ("HTTP API", range queries): a matrix of labelled series. */
final class PrometheusAnswer {
    private PrometheusAnswer() {}

    static boolean isOne(JsonNode document) {
        return document.path("data").path("resultType").isTextual();
    }

    static void take(JsonNode document, Gathering into) {
        into.format("Prometheus");
        JsonNode data = document.path("data");
        if (!data.path("resultType").asText().equals("matrix")) {
            into.wrong(
                    0,
                    "its result is a "
                            + ForeignText.name(data.path("resultType").asText())
                            + " and no matrix, as range queries give");
            return;
        }
        for (JsonNode one : data.path("result")) {
            Map<String, String> labels = new HashMap<>();
            one.path("metric")
                    .properties()
                    .forEach(label -> labels.put(
                            ForeignText.name(label.getKey()),
                            ForeignText.name(label.getValue().asText())));
            String name = labels.remove("__name__");
            JsonNode values = one.path("values");
            long[] nanos = new long[values.size()];
            double[] points = new double[values.size()];
            for (int i = 0; i < nanos.length; i++) {
                OptionalLong time = Moment.parse(values.get(i).path(0).asText());
                if (time.isEmpty()) {
                    into.wrong(0, "\"" + ForeignText.name(values.get(i).path(0).asText()) + "\" is no time");
                }
                nanos[i] = time.orElse(i == 0 ? 0 : nanos[i - 1]);
                points[i] = time.isEmpty()
                        ? Double.NaN
                        : value(values.get(i).path(1).asText());
            }
            into.add(new LabelledSeries(labels, new TimeSeries(name == null ? "value" : name, nanos, points)));
        }
    }

    /** Values are texts, of which {@code NaN} and {@code +Inf} are some. */
    private static double value(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? value : Double.NaN;
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }
}
