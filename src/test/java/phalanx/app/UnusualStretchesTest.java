package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
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
    void an_even_recording_has_none_and_a_short_one_is_not_judged() {
        assertEquals(List.of(), after(300, 0, 0));
        assertTrue(TestPipeline.analyze(TestPipeline.sample("loss-on-wan-link"))
                .unusual()
                .isEmpty());
    }
}
