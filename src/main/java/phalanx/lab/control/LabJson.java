package phalanx.lab.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import phalanx.lab.LabStatus;
import phalanx.lab.load.LoadWindow;

/** A lab's status as JSON. Any thread. */
final class LabJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LabJson() {}

    static String of(LabStatus status) {
        ObjectNode root = JSON.createObjectNode().put("objectiveKept", status.kept());
        root.put("edge", status.layout().edge().toString())
                .put("admin", status.layout().admin().toString());
        window(root.putObject("lastSecond"), status.lastSecond());
        window(root.putObject("lastFiveSeconds"), status.lastFive());
        ObjectNode deployment = root.putObject("deployment")
                .put("commit", status.deployment().applied())
                .put("seen", status.deployment().seen());
        status.deployment().refused().ifPresent(why -> deployment.put("refused", why.toString()));
        ArrayNode instances = root.putArray("instances");
        for (LabStatus.Instance one : status.instances()) {
            ObjectNode node = instances
                    .addObject()
                    .put("name", one.name())
                    .put("alive", one.alive())
                    .put("pid", one.pid())
                    .put("at", one.at().toString());
            if (status.layout().ways().containsKey(one.name())) {
                node.put("way", status.layout().way(one.name()).toString());
            }
        }
        return root.toString();
    }

    private static void window(ObjectNode node, LoadWindow window) {
        node.put("requests", window.requests())
                .put("errors", window.errors())
                .put("medianMillis", window.medianMillis())
                .put("p99Millis", window.p99Millis());
    }

    /** For people. */
    static String text(JsonNode status) {
        JsonNode last = status.path("lastFiveSeconds");
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "objective %s: %d requests in 5 s, %d errors, median %.0f ms, p99 %.0f ms%ncommit %s %s%n",
                status.path("objectiveKept").asBoolean() ? "kept" : "BROKEN",
                last.path("requests").asLong(),
                last.path("errors").asLong(),
                last.path("medianMillis").asDouble(),
                last.path("p99Millis").asDouble(),
                status.path("deployment").path("commit").asText(),
                status.path("deployment").path("refused").asText()));
        for (JsonNode one : status.path("instances")) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-10s %-5s process %d, %s%n",
                    one.path("name").asText(),
                    one.path("alive").asBoolean() ? "runs" : "DOWN",
                    one.path("pid").asLong(),
                    one.path("at").asText()));
        }
        return text.toString();
    }
}
