package phalanx.stitch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimeOrderTest {
    @Test
    void sorts_like_the_library_and_keeps_equal_times_in_index_order() {
        Random random = new Random(7);
        for (int size : new int[] {0, 1, 2, 3, 17, 1000}) {
            long[] times = random.longs(size, -5, 50).toArray();
            int[] expected = IntStream.range(0, size)
                    .boxed()
                    .sorted(Comparator.comparingLong(i -> times[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            assertArrayEquals(expected, TimeOrder.of(times), () -> Arrays.toString(times));
            assertEquals(Arrays.equals(times, Arrays.stream(times).sorted().toArray()), TimeOrder.holds(times));
            assertTrue(TimeOrder.holds(Arrays.stream(times).sorted().toArray()));
        }
    }
}
