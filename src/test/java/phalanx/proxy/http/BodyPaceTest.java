package phalanx.proxy.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BodyPaceTest {
    private static long seconds(long count) {
        return TimeUnit.SECONDS.toNanos(count);
    }

    @Test
    void what_comes_too_slowly_over_five_seconds_is_told_and_not_before() {
        BodyPace pace = new BodyPace();
        pace.begin(0);
        pace.add(499);
        assertFalse(pace.tooSlow(seconds(4), 100));
        assertTrue(pace.tooSlow(seconds(5), 100));
        pace.add(500);
        assertFalse(pace.tooSlow(seconds(10), 100), "each window counts for itself");
        assertTrue(pace.tooSlow(seconds(15), 100));
    }

    @Test
    void a_pause_that_the_proxy_made_says_nothing_and_no_limit_is_none() {
        BodyPace pace = new BodyPace();
        pace.begin(0);
        pace.begin(seconds(4));
        assertFalse(pace.tooSlow(seconds(8), 100));
        assertFalse(pace.tooSlow(seconds(9), 0));
    }
}
