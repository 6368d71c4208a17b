package phalanx.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import phalanx.metrics.TimeSeries;

class OtlpStoreTest {
    private final OtlpStore store = new OtlpStore(OtlpLimits.USUAL);

    private static Telemetry traces(int from, int count) {
        List<Span> spans = IntStream.range(2 * from, 2 * (from + count))
                .mapToObj(i -> new Span(
                        Integer.toHexString(i / 2 * 7919),
                        Integer.toHexString(i),
                        "",
                        "quote",
                        "",
                        Span.Kind.SERVER,
                        i,
                        1,
                        false,
                        null,
                        null,
                        null,
                        "GET",
                        Map.of()))
                .toList();
        List<LabelledSeries> series = IntStream.range(0, 100)
                .mapToObj(i -> new LabelledSeries(
                        Map.of("n", "" + i), new TimeSeries("load", new long[] {from}, new double[] {i})))
                .toList();
        return new Telemetry(List.of(), series, List.of(), spans, List.of());
    }

    @Test
    void scarce_memory_holds_whole_traces_one_of_eight_and_tells_all_the_same() {
        List<Span> told = new ArrayList<>();
        store.tell(came -> told.addAll(came.spans()));
        store.take(traces(0, 4_000), 0);
        assertEquals(8_000, store.snapshot().spans().size());
        store.scarce(true);
        long held = store.snapshot().spans().size();
        assertTrue(held > 700 && held < 1_300, "" + held);
        store.take(traces(4_000, 4_000), 0);
        Map<String, Long> whole =
                store.snapshot().spans().stream().collect(Collectors.groupingBy(Span::trace, Collectors.counting()));
        assertTrue(whole.values().stream().allMatch(spans -> spans == 2), "both spans of a trace");
        assertTrue(whole.size() > 700 && whole.size() < 1_300, "" + whole.size());
        assertEquals(16_000, told.size());
        assertEquals(16_000, store.counts().spans());
        assertEquals(100, store.snapshot().series().size());
        store.scarce(false);
        store.take(traces(8_000, 100), 0);
        assertEquals(2 * whole.size() + 200, store.snapshot().spans().size());
    }

    @Test
    void scarce_memory_holds_a_quarter_of_the_series() {
        OtlpStore small = new OtlpStore(new OtlpLimits(1, 1, 1, 10, 100, 8, OtlpLimits.USUAL.patience()));
        small.take(traces(0, 1), 0);
        small.scarce(true);
        assertEquals(25, small.snapshot().series().size());
        assertEquals(75, small.counts().gone());
    }
}
