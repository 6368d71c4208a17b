package phalanx.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Objective;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Subject;
import phalanx.agents.trail.Signal;
import phalanx.metrics.CallGraph;

class SloWatchTest {
    private static final Instant BEGAN = Instant.parse("2026-11-22T10:00:00Z");

    private final SloWatch scout = new SloWatch(List.of(new Objective(Subject.EDGE, Measure.P99, 400)), () -> false);

    private static Observation at(int second, double p99, double rate) {
        return new Observation(
                BEGAN.plusSeconds(second),
                Map.of(
                        Subject.EDGE,
                        Map.of(
                                Measure.P99, new Figure(p99, 100, 20),
                                Measure.RATE, new Figure(rate, 40, 1))),
                CallGraph.NONE,
                List.of());
    }

    /** The second at which trouble that begins at one is told of. */
    private int told(int begins, int until) {
        SplittableRandom random = new SplittableRandom(1);
        for (int second = 0; second < until; second++) {
            double p99 = second < begins ? 90 + 20 * random.nextDouble() : 1900;
            if (!scout.signals(at(second, p99, 40)).isEmpty()) {
                return second;
            }
        }
        return -1;
    }

    @Test
    void what_is_broken_for_two_seconds_is_told() {
        assertEquals(12, told(10, 20));
    }

    @Test
    void what_the_forest_has_never_seen_is_told_a_second_earlier() {
        assertEquals(301, told(300, 320));
    }

    @Test
    void one_bad_second_is_none_and_the_next_begins_anew() {
        assertTrue(scout.signals(at(0, 1900, 40)).isEmpty());
        assertTrue(scout.signals(at(1, 100, 40)).isEmpty());
        assertTrue(scout.signals(at(2, 1900, 40)).isEmpty());
        assertTrue(scout.signals(at(3, 1900, 40)).isEmpty());
        Signal signal = scout.signals(at(4, 1900, 40)).getFirst();
        assertEquals(BEGAN.plusSeconds(2), signal.since());
        assertEquals(400, signal.limit());
    }

    @Test
    void of_too_few_requests_nothing_can_be_said() {
        for (int second = 0; second < 10; second++) {
            assertTrue(scout.signals(at(second, 1900, 0.5)).isEmpty());
        }
    }

    @Test
    void what_is_at_its_limit_is_not_calm_yet() {
        List<Signal> none = List.of();
        assertFalse(scout.calm(none, at(0, 395, 40)));
        assertTrue(scout.calm(none, at(1, 355, 40)));
    }

    @Test
    void worse_is_what_is_far_beyond_all_that_was_complained_about() {
        Signal noticed = new Signal(BEGAN, BEGAN, Subject.EDGE, Measure.P99, new Figure(500, 100, 20), 400);
        Signal when = new Signal(BEGAN, BEGAN, Subject.EDGE, Measure.P99, new Figure(1900, 100, 20), 400);
        assertTrue(scout.worse(List.of(noticed), at(0, 2100, 40)));
        assertFalse(scout.worse(List.of(noticed, when), at(1, 2100, 40)), "it was so when the remedy was carried out");
    }
}
