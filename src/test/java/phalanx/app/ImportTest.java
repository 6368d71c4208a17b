package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.terminal.ExitCode;

/** What other tools recorded joins an answer by address and time. */
class ImportTest {
    private static final Path SAMPLE = Path.of("sample-pcaps/loss-on-wan-link");

    @TempDir
    private Path folder = Path.of(".");

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Path cluster() throws IOException {
        return file(
                "cluster.json",
                "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[{\"kind\":\"Pod\",\"metadata\":{\"name\":\"upload-0\",\"namespace\":\"shop\"},"
                        + "\"status\":{\"podIP\":\"10.42.4.20\"}}]}");
    }

    private Path deploys() throws IOException {
        return file(
                "deploys.json",
                "[{\"time\":\"2026-11-21T01:40:00Z\",\"service\":\"upload\",\"version\":\"2.1\",\"who\":\"ann\"},"
                        + "{\"time\":\"2026-11-20T01:40:00Z\",\"service\":\"upload\",\"version\":\"2.0\"}]");
    }

    private Path eve() throws IOException {
        return file("eve.json", """
                {"timestamp":"2026-11-21T01:44:52.300000+0000","event_type":"alert","src_ip":"10.42.1.10","src_port":1,"dest_ip":"10.42.4.20","dest_port":2,"alert":{"signature":"one of ours"}}
                {"timestamp":"2026-11-21T01:44:52.400000+0000","event_type":"alert","src_ip":"192.0.2.1","dest_ip":"192.0.2.2","alert":{"signature":"of others"}}
                {"timestamp":"2026-11-21T01:44:52.500000+0000","event_type":"flow","src_ip":"10.42.1.10","dest_ip":"10.42.4.20","proto":"TCP"}
                no object
                """);
    }

    private Path prometheus() throws IOException {
        return file(
                "errors.json",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"__name__\":\"errors\",\"job\":\"upload\"},"
                        + "\"values\":[[1795225400,\"1\"],[1795225480,\"1\"],[1795225510,\"9\"]]}]}}");
    }

    @Test
    void events_stand_between_the_begins_of_findings_and_names_beside_addresses() throws IOException {
        CommandRun run = CommandRun.of(
                "analyze",
                SAMPLE,
                "--import",
                deploys(),
                "--import",
                eve(),
                "--import",
                cluster(),
                "--import",
                prometheus(),
                "--report",
                folder.resolve("r.html"),
                "--report",
                folder.resolve("r.md"));
        assertEquals(ExitCode.PARTLY_READ, run.code(), run.err());
        assertTrue(run.err().contains("1 record is not understood, in line 4"), run.err());
        List<String> all = List.of(
                run.out(), Files.readString(folder.resolve("r.html")), Files.readString(folder.resolve("r.md")));
        for (String report : all) {
            int deploy = report.indexOf("upload 2.1 by ann");
            int begin = report.indexOf("F1 begins");
            int alert = report.indexOf("one of ours");
            assertTrue(0 < deploy && deploy < begin && begin < alert, report);
            assertFalse(report.contains("of others") || report.contains("upload 2.0"), report);
            assertTrue(report.contains("1 are of hosts that the captures do not show"), report);
            assertTrue(report.contains("(shop/upload-0)"), report);
            assertTrue(report.replace("\\", "").contains("errors{job="), report);
        }
        assertTrue(run.out().matches("(?s).*errors\\{job=\"upload\"} +3 +1\\.000 +9\\.000.*"), run.out());
    }

    @Test
    void the_document_holds_them_by_its_schema() throws IOException {
        CommandRun run = CommandRun.of(
                "analyze",
                "--json",
                SAMPLE,
                "--import",
                deploys(),
                "--import",
                cluster(),
                "--import",
                prometheus(),
                "--quiet");
        assertEquals(ExitCode.OK, run.code(), run.err());
        JsonNode answer = new ObjectMapper().readTree(run.out());
        var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(ImportTest.class.getResourceAsStream("/schema/phalanx.analysis-1.schema.json"));
        assertEquals(Set.of(), schema.validate(answer));
        JsonNode imports = answer.get("imports");
        assertEquals(3, imports.get("files").size());
        assertEquals(
                "upload 2.1 by ann", imports.get("timeline").get(0).get("text").asText());
        assertEquals("F3", imports.get("timeline").get(1).get("finding").asText(), "the earliest of the four");
        assertEquals("shop/upload-0", imports.get("names").get(0).get("name").asText());
        assertEquals(9, imports.get("series").get(0).get("since").asDouble());
    }

    @Test
    void what_cannot_be_imported_is_told_and_the_answer_given_all_the_same() throws IOException {
        CommandRun run = CommandRun.of("analyze", SAMPLE, "--import", file("notes.txt", "nothing known"));
        assertEquals(ExitCode.UNREADABLE, run.code());
        assertTrue(run.err().contains("PHX-1802"), run.err());
        assertTrue(run.out().startsWith("FAULT Packets are lost"), run.out());
        assertFalse(run.out().contains("Imported"), run.out());
    }
}
