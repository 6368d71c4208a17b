package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.terminal.ExitCode;

/** Captures and the records of other tools answer as one graph. */
class GraphCommandTest {
    private static final Path SAMPLE = Path.of("sample-pcaps/loss-on-wan-link");

    @TempDir
    private Path folder = Path.of(".");

    private Path cluster() throws IOException {
        return Files.writeString(
                folder.resolve("cluster.json"),
                "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[" + pod("upload-0", "10.42.4.20") + ","
                        + pod("web-0", "10.42.1.10") + "]}");
    }

    private static String pod(String name, String address) {
        return "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"shop\",\"labels\":{\"app\":\""
                + name.replace("-0", "") + "\"}},\"status\":{\"podIP\":\"" + address + "\"}}";
    }

    private Path deploys() throws IOException {
        return Files.writeString(
                folder.resolve("deploys.json"),
                "[{\"time\":\"2026-11-21T01:40:00Z\",\"service\":\"10.42.4.20\",\"version\":\"2.1\",\"who\":\"ann\"}]");
    }

    private static JsonNode statements(CommandRun run) throws IOException {
        JsonNode document = new ObjectMapper().readTree(run.out());
        assertEquals("phalanx.graph/1", document.path("schema").asText(), run.out() + run.err());
        return document.path("statements");
    }

    @Test
    void packets_and_names_are_one_graph() throws IOException {
        CommandRun all = CommandRun.of("graph", SAMPLE, "--import", cluster(), "--json");
        List<String> told = statements(all)
                .valueStream()
                .map(one -> one.path("from").asText() + " "
                        + one.path("relation").asText() + " " + one.path("to").asText() + " "
                        + one.path("source").asText())
                .toList();
        assertTrue(told.contains("hop:edge-router leads_to hop:wan-router packet"), told.toString());
        assertTrue(told.contains("conversation:1 answered_by host:10.42.4.20 packet"), told.toString());
        assertTrue(told.contains("service:upload runs_on host:10.42.4.20 names"), told.toString());
        assertTrue(told.contains("conversation:1 opened_by service:web packet"), told.toString());
        assertTrue(told.contains("conversation:1 passes hop:client packet"), told.toString());
        JsonNode path = statements(CommandRun.of(
                "graph", SAMPLE, "--json", "--ask", "path", "--from", "host:10.42.1.10", "--to", "host:10.42.4.20"));
        assertEquals(2, path.size(), path.toString());
        JsonNode between = statements(CommandRun.of(
                "graph", SAMPLE, "--json", "--ask", "conversations", "--from", "10.42.1.10", "--to", "10.42.4.20"));
        assertFalse(between.isEmpty());
        assertTrue(between.get(0).path("first").asText().startsWith("2026-"), between.toString());
    }

    @Test
    void what_was_changed_is_asked_by_time() throws IOException {
        CommandRun late = CommandRun.of(
                "graph", "--import", deploys(), "--ask", "changes", "--from", "10.42.4.20", "--to", "10.42.4.20");
        assertTrue(
                late.out().contains("changed") && late.out().contains("2026-11-21T01:40:00Z"), late.out() + late.err());
        CommandRun early = CommandRun.of(
                "graph",
                "--import",
                deploys(),
                "--ask",
                "changes",
                "--from",
                "10.42.4.20",
                "--to",
                "10.42.4.20",
                "--before",
                "2026-11-21T01:39:00Z");
        assertEquals("Nothing is stated of that.", early.out().strip(), early.err());
    }

    @Test
    void what_cannot_be_asked_is_said() throws IOException {
        assertEquals(ExitCode.USAGE, CommandRun.of("graph").code());
        CommandRun half = CommandRun.of("graph", "--import", deploys(), "--ask", "path", "--from", "x");
        assertEquals(ExitCode.USAGE, half.code());
        assertTrue(half.err().contains("The question path wants from and to."), half.err());
        CommandRun nobody = CommandRun.of("graph", "--import", deploys(), "--ask", "neighbours", "--from", "nobody");
        assertEquals(ExitCode.USAGE, nobody.code());
        assertTrue(nobody.err().contains("\"nobody\""), nobody.err());
        assertEquals(
                ExitCode.UNREADABLE,
                CommandRun.of("graph", "--import", folder.resolve("none.json")).code());
    }
}
