package phalanx.share;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import phalanx.anomaly.Anomaly;
import phalanx.metrics.MetricTable;
import phalanx.metrics.TimeSeries;
import phalanx.run.Problem;

/** The document {@code phalanx.anomalies/1}: the unusual stretches of a file of metrics, one line a file. */
public final class AnomaliesJson {
    private static final JsonFactory JSON = new JsonFactory();

    private AnomaliesJson() {}

    /** Writes and flushes one line. */
    public static void write(Path file, MetricTable table, Map<TimeSeries, List<Anomaly>> found, Writer out)
            throws IOException {
        line(file, out, json -> {
            json.writeArrayFieldStart("anomalies");
            for (TimeSeries series : table.columns()) {
                for (Anomaly anomaly : found.getOrDefault(series, List.of())) {
                    json.writeStartObject();
                    json.writeStringField("at", table.moments().get(anomaly.first()));
                    json.writeNumberField("score", anomaly.score());
                    json.writeStringField("series", series.name());
                    json.writeStringField("until", table.moments().get(anomaly.last()));
                    json.writeNumberField("value", series.values()[anomaly.peak()]);
                    json.writeNumberField("usual", anomaly.usual());
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
        });
    }

    /** The line of a file that could not be read: what is in it is not known. */
    public static void write(Path file, Problem problem, Writer out) throws IOException {
        line(file, out, json -> {
            json.writeNullField("anomalies");
            ProblemJson.write(json, List.of(problem));
        });
    }

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private static void line(Path file, Writer out, Content content) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeStringField("schema", "phalanx.anomalies/1");
            json.writeStringField("file", file.toString());
            content.write(json);
            json.writeEndObject();
        }
        out.write('\n');
        out.flush();
    }
}
