package phalanx.stitch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TimeMatchingTest {
    @Test
    void as_many_arrivals_as_departures_are_matched_in_order() {
        assertArrayEquals(new int[] {0, 1}, TimeMatching.match(new long[] {0, 10}, new long[] {300, 301}, 5));
    }

    @Test
    void the_departure_without_an_arrival_at_the_usual_delay_is_the_lost_one() {
        long[] left = {0, 200, 400};
        assertArrayEquals(new int[] {1, 2}, TimeMatching.match(left, new long[] {207, 405}, 5));
        assertArrayEquals(new int[] {0, 2}, TimeMatching.match(left, new long[] {4, 406}, 5));
    }

    @Test
    void the_arrival_that_nobody_sent_is_a_copy_of_the_departure_before_it() {
        long[] left = {0, 200};
        long[] arrived = {5, 6, 205};
        assertArrayEquals(new int[] {0, -1, 1}, TimeMatching.match(left, arrived, 5));
        assertEquals(0, TimeMatching.originalOf(left, 6, 5));
    }

    @Test
    void nothing_is_matched_where_nothing_left() {
        assertArrayEquals(new int[] {-1}, TimeMatching.match(new long[0], new long[] {7}, 5));
    }
}
