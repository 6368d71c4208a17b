package phalanx.share;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phalanx.explain.CaseAccount;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.Timeline;
import phalanx.net.Endpoint;
import phalanx.telemetry.Event;
import phalanx.telemetry.LabelledSeries;
import phalanx.telemetry.ServiceName;
import phalanx.telemetry.Telemetry;

/** The key {@code imports} of {@code phalanx.analysis/1}: what other tools recorded. */
final class ImportsJson {
    private ImportsJson() {}

    static void write(CaseAccount account, JsonGenerator json) throws IOException {
        Telemetry imported = account.imported();
        json.writeObjectFieldStart("imports");
        json.writeArrayFieldStart("files");
        for (Telemetry.Imported file : imported.files()) {
            json.writeStartObject();
            json.writeStringField("file", file.file());
            json.writeStringField("format", file.format());
            json.writeNumberField("records", file.records());
            ProblemJson.write(json, file.problems());
            json.writeEndObject();
        }
        json.writeEndArray();
        Timeline timeline = Timeline.of(account);
        json.writeArrayFieldStart("timeline");
        for (Timeline.Row row : timeline.rows()) {
            json.writeStartObject();
            json.writeStringField("time", seconds(row.nanos()));
            Event event = row.event();
            ExplainedFinding told = row.finding();
            if (told != null) {
                json.writeStringField("finding", told.id());
            } else if (event != null) {
                write(event, row.conversation(), json);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("leftOut", timeline.leftOut());
        json.writeNumberField("elsewhere", timeline.elsewhere());
        json.writeArrayFieldStart("names");
        for (ServiceName name : imported.names()) {
            json.writeStartObject();
            json.writeStringField("address", name.address().toString());
            json.writeStringField("kind", name.kind().word());
            json.writeStringField("name", name.shown());
            json.writeEndObject();
        }
        json.writeEndArray();
        ExplainedFinding root = account.analysis().conclusion().finding();
        json.writeArrayFieldStart("series");
        for (LabelledSeries series : imported.series()) {
            SeriesChange change = SeriesChange.of(
                    series, root == null ? Long.MAX_VALUE : root.finding().startNanos());
            json.writeStartObject();
            json.writeStringField("name", series.points().name());
            json.writeObjectFieldStart("labels");
            for (Map.Entry<String, String> label : new TreeMap<>(series.labels()).entrySet()) {
                json.writeStringField(label.getKey(), label.getValue());
            }
            json.writeEndObject();
            json.writeNumberField("points", series.points().size());
            writeMean("before", change.before(), json);
            writeMean("since", change.after(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(Event event, int conversation, JsonGenerator json) throws IOException {
        json.writeStringField("source", event.source().word());
        json.writeStringField("kind", event.kind());
        json.writeStringField("weight", event.weight() == Event.Weight.CHANGE ? "change" : "trouble");
        writeEndpoint("from", event.from(), json);
        writeEndpoint("to", event.to(), json);
        json.writeStringField("service", event.service());
        json.writeStringField("text", event.text());
        json.writeStringField("link", event.link());
        if (conversation >= 0) {
            json.writeNumberField("conversation", conversation);
        } else {
            json.writeNullField("conversation");
        }
    }

    private static void writeEndpoint(String name, @Nullable Endpoint endpoint, JsonGenerator json) throws IOException {
        if (endpoint == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, endpoint.toString());
        }
    }

    private static void writeMean(String name, double mean, JsonGenerator json) throws IOException {
        if (Double.isNaN(mean)) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, mean);
        }
    }

    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).toPlainString();
    }
}
