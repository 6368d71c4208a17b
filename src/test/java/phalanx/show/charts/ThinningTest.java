package phalanx.show.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import phalanx.run.Progress;
import phalanx.show.Selection;

class ThinningTest {
    private static final int MILLION = 1_000_000;
    private static final long SECOND = 1_000_000_000L;
    private static final Window WINDOW = Window.of(0, 10 * SECOND, new Selection.Range(0, 10 * SECOND), 1_000);

    /** A value of 1,000 every 10 microseconds, but for one. */
    private static Samples million(int odd, long value) {
        Samples.Builder samples = new Samples.Builder();
        for (int i = 0; i < MILLION; i++) {
            samples.add(i * 10_000L, i == odd ? value : 1_000, i);
        }
        return samples.build();
    }

    private static Thinning thinning() {
        return new Thinning(WINDOW, 1, Progress.NONE);
    }

    @Test
    void a_single_odd_value_among_a_million_is_drawn_and_leads_to_its_packet() {
        List<Layer> layers = thinning().layers(new Track.Spread("x", Ink.series(0), million(654_321, 7_000_000)));
        Layer ranges = layers.getFirst();
        assertEquals(Layer.Form.RANGES, ranges.form());
        assertTrue(ranges.points() <= 1_001, ranges.points() + " points");
        double highest = Arrays.stream(ranges.high()).max().orElseThrow();
        assertEquals(0.007, highest, 1e-12);
        int at = 0;
        while (ranges.high()[at] < highest) {
            at++;
        }
        assertEquals(654_321, ranges.journeys()[at]);
    }

    @Test
    void a_level_keeps_its_lowest_moment() {
        Layer level = thinning()
                .layers(new Track.Level("x", Ink.series(0), million(99, 0)))
                .getFirst();
        assertEquals(0, Arrays.stream(level.high()).min().orElseThrow());
        assertTrue(level.points() <= 4 * 1_001, level.points() + " points");
    }

    @Test
    void rates_add_up_to_what_was_sent() {
        Layer rate = thinning()
                .layers(new Track.Rate("x", Ink.series(0), million(0, 1_000), 8))
                .getFirst();
        double bits =
                Arrays.stream(rate.high()).filter(value -> !Double.isNaN(value)).sum() * WINDOW.stepNanos() / SECOND;
        assertEquals(8.0 * 1_000 * MILLION, bits, 1);
    }

    @Test
    void shares_are_of_what_was_sent_in_the_step_and_nothing_where_nothing_was() {
        Samples.Builder lost = new Samples.Builder();
        Samples.Builder arrived = new Samples.Builder();
        lost.add(1, 1, Selection.NONE);
        for (int i = 2; i < 5; i++) {
            arrived.add(i, 1, Selection.NONE);
        }
        Layer share = thinning()
                .layers(new Track.Share("x", Ink.series(0), lost.build(), arrived.build()))
                .getFirst();
        assertEquals(0.25, share.high()[0]);
        assertTrue(Double.isNaN(share.high()[1]));
    }

    @Test
    void samples_come_out_in_the_order_of_time() {
        Samples.Builder unordered = new Samples.Builder();
        unordered.add(30, 3, 7);
        unordered.add(10, 1, 5);
        unordered.add(20, 2, 6);
        Samples sorted = unordered.build();
        assertEquals(List.of(5, 6, 7), List.of(sorted.journey(0), sorted.journey(1), sorted.journey(2)));
        assertEquals(1, sorted.from(11));
        assertEquals(3, sorted.from(31));
    }
}
