package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.diagnose.UnusualStretch;
import phalanx.measure.SecondSeries;

/** Five minutes of small questions and answers, some of them slow. */
class UnusualStretchesTest {
    private static final long BEGIN = TestNetwork.BEGIN, MS = TestNetwork.MS;

    @TempDir
    private Path folder = Path.of(".");

    private List<UnusualStretch> after(int seconds, int slowFrom, int slowTo) {
        return TestPipeline.analyze(TestPipeline.talk(folder, seconds, slowFrom, slowTo))
                .unusual()
                .orElse(List.of());
    }

    @Test
    void a_slow_stretch_is_dated_to_the_second_and_placed_on_its_segment() {
        List<UnusualStretch> found = after(300, 220, 240);
        List<UnusualStretch> delays = found.stream()
                .filter(stretch -> stretch.of().quantity() == SecondSeries.Quantity.DELAY)
                .toList();
        assertEquals(1, delays.size(), found.toString());
        UnusualStretch delay = delays.getFirst();
        assertEquals(1, delay.of().from());
        assertEquals(2, delay.of().to());
        assertEquals(BEGIN + 220_000 * MS, delay.startNanos());
        assertTrue(delay.value() > 0.042 && delay.anomaly().usual() < 0.004, delay.toString());
    }

    @Test
    void the_document_has_them_as_its_schema_says() throws IOException {
        List<Path> files = TestPipeline.talk(folder, 300, 220, 240);
        CommandRun run = CommandRun.of("analyze", "--json", files.get(0), files.get(1), files.get(2));
        JsonNode answer = new ObjectMapper().readTree(run.out());
        var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(UnusualStretchesTest.class.getResourceAsStream("/schema/phalanx.analysis-1.schema.json"));
        assertEquals(Set.of(), schema.validate(answer));
        JsonNode delay = answer.get("anomalies").get(0);
        assertEquals("delay", delay.get("quantity").asText());
        assertEquals("p3", delay.get("to").asText());
        assertEquals("1795229161.000000000", delay.get("start").asText());
    }

    @Test
    void an_even_recording_has_none_and_a_short_one_is_not_judged() {
        assertEquals(List.of(), after(300, 0, 0));
        assertTrue(TestPipeline.analyze(TestPipeline.sample("loss-on-wan-link"))
                .unusual()
                .isEmpty());
    }
}
