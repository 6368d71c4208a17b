package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import phalanx.app.terminal.ExitCode;

/**
 * Every sample against its stored answer. A change that is meant is stored with {@code -Dsamples.store=true} and reviewed like code.
 */
class SamplesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KEPT = Set.of("paths", "segments", "findings", "verdict");

    @TestFactory
    Stream<DynamicTest> the_answer_to_each_sample_is_the_stored_one() throws IOException {
        List<Path> folders;
        try (Stream<Path> entries = Files.list(Path.of("sample-pcaps"))) {
            folders = entries.filter(Files::isDirectory).sorted().toList();
        }
        assertTrue(folders.size() >= 8);
        return folders.stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> compare(folder)));
    }

    private static void compare(Path folder) throws IOException {
        JsonNode answer = JSON.readTree(analyze(folder));
        var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SamplesTest.class.getResourceAsStream("/schema/phalanx.analysis-1.schema.json"));
        assertEquals(Set.of(), schema.validate(answer));
        ObjectNode kept = JSON.createObjectNode();
        KEPT.stream().sorted().forEach(key -> kept.set(key, answer.get(key)));
        kept.get("findings")
                .forEach(finding -> ((ObjectNode) finding)
                        .retain("id", "kind", "severity", "where", "direction", "summary", "evidence"));
        kept.get("findings")
                .forEach(finding -> finding.get("evidence")
                        .forEach(evidence -> ((ObjectNode) evidence)
                                .put(
                                        "file",
                                        Path.of(evidence.get("file").asText())
                                                .getFileName()
                                                .toString())));
        // Delays hang on the last digits of logarithms, which processors may round differently.
        kept.get("segments").forEach(segment -> ((ObjectNode) segment).remove("delayMicros"));
        String found = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(kept) + "\n";
        Path expected = folder.resolve("expected.json");
        if (Boolean.getBoolean("samples.store")) {
            Files.writeString(expected, found);
        }
        assertEquals(Files.readString(expected), found);
        assertTrue(((ArrayNode) answer.get("captures")).size() >= 4);
    }

    private static String analyze(Path folder) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), "analyze", "--json", folder.toString());
        assertEquals(ExitCode.OK, code, err.toString());
        return out.toString();
    }
}
