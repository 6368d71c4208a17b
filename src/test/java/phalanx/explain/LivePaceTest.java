package phalanx.explain;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** When the next answer is due. */
class LivePaceTest {
    private static final long MS = 1_000_000;

    private final LivePace pace = new LivePace();

    private void answer(long frames, long from, long to) {
        assertTrue(pace.isDue(frames, from * MS), "at " + from);
        pace.begin(frames, from * MS);
        pace.end(to * MS);
    }

    @Test
    void the_first_frames_wait_for_nothing_later_ones_for_a_second_or_as_long_as_answering_took() {
        answer(0, 0, 5);
        assertFalse(pace.isDue(0, 50 * MS));
        answer(3, 60, 80);
        assertFalse(pace.isDue(4, 1059 * MS));
        answer(5, 1060, 3060);
        assertFalse(pace.isDue(9, 5059 * MS));
        assertTrue(pace.isDue(9, 5060 * MS));
    }

    @Test
    void when_nothing_comes_any_more_there_is_one_more_answer() {
        answer(7, 0, 10);
        assertFalse(pace.isDue(7, 900 * MS));
        answer(7, 1000, 1010);
        assertFalse(pace.isDue(7, 9000 * MS));
        answer(8, 9000, 9010);
    }
}
