package phalanx.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import phalanx.run.ForeignText;

/** Log records of OpenTelemetry (opentelemetry/proto/logs/v1/logs.proto). */
final class OtlpLogs {
    /** The least severity number of an error. */
    private static final int ERROR = 17;

    private OtlpLogs() {}

    static void take(JsonNode document, Gathering into) {
        into.format("OTLP logs");
        for (JsonNode resourceLogs : document.path("resourceLogs")) {
            Map<String, String> resource = new HashMap<>();
            OtlpAttributes.into(resourceLogs.path("resource"), resource);
            for (JsonNode scope : resourceLogs.path("scopeLogs")) {
                for (JsonNode log : scope.path("logRecords")) {
                    take(log, resource, into);
                }
            }
        }
    }

    private static void take(JsonNode log, Map<String, String> resource, Gathering into) {
        Map<String, String> attributes = new HashMap<>();
        OtlpAttributes.into(log, attributes);
        Fields record = OtlpAttributes.fields(attributes, resource);
        long said = log.path("timeUnixNano").asLong();
        long time = said > 0 ? said : log.path("observedTimeUnixNano").asLong();
        if (time <= 0) {
            into.wrong(0, "a log record has no time");
            return;
        }
        String service = record.shown("service.name");
        boolean error = log.path("severityNumber").asLong() >= ERROR;
        String severity = log.path("severityText").asText(error ? "ERROR" : "");
        into.add(new Event(
                time,
                0,
                Event.Source.OPENTELEMETRY,
                "log",
                error ? Event.Weight.TROUBLE : Event.Weight.ORDINARY,
                record.endpoint("client.address", "client.port"),
                record.endpoint("server.address", "server.port"),
                service,
                ForeignText.name((service + " " + severity).strip() + " "
                        + OtlpAttributes.text(log.path("body")).strip()),
                ForeignText.name(log.path("traceId").asText())));
    }
}
