package phalanx.stitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepDetectorTest {
    private static final long MS = 1_000_000;

    /** 200 packets each way over 2 s, 4 ms one way plus noise; the second clock reads {@code clock(t)}. */
    private static List<StepDetector.PairStep> between(LongUnaryOperator clock, LongUnaryOperator extraThere) {
        Random random = new Random(1);
        long[] left = new long[200];
        long[] took = new long[200];
        long[] leftBack = new long[200];
        long[] tookBack = new long[200];
        for (int i = 0; i < 200; i++) {
            long t = 10L * i * MS;
            long noise = random.nextLong(MS / 2);
            left[i] = t;
            took[i] = clock.applyAsLong(t + 4 * MS + noise + extraThere.applyAsLong(t)) - t;
            long back = t + 5 * MS;
            leftBack[i] = clock.applyAsLong(back);
            tookBack[i] = back + 4 * MS + noise - clock.applyAsLong(back);
        }
        int[] even = IntStream.range(0, 200).map(i -> 2 * i).toArray();
        int[] odd = IntStream.range(0, 200).map(i -> 2 * i + 1).toArray();
        return StepDetector.steps(
                new SegmentDelays(0, 1, left, took, even, even), new SegmentDelays(1, 0, leftBack, tookBack, odd, odd));
    }

    @Test
    void a_clock_set_forward_or_back_is_found_where_and_by_how_much() {
        for (long jump : new long[] {25 * MS, -40 * MS, 3_600_000 * MS}) {
            List<StepDetector.PairStep> steps = between(t -> t + 7 * MS + (t >= 1000 * MS ? jump : 0), t -> 0);
            assertEquals(1, steps.size());
            assertTrue(Math.abs(jump - steps.getFirst().nanos()) < MS, steps::toString);
            assertTrue(Math.abs(1000 * MS - steps.getFirst().atFirst()) < 20 * MS, steps::toString);
        }
    }

    @Test
    void two_steps_are_two() {
        List<StepDetector.PairStep> steps =
                between(t -> t + (t >= 600 * MS ? 10 * MS : 0) + (t >= 1400 * MS ? 10 * MS : 0), t -> 0);
        assertEquals(2, steps.size());
    }

    @Test
    void a_steady_clock_drift_and_a_longer_route_are_no_step() {
        assertTrue(between(t -> t + 7 * MS, t -> 0).isEmpty());
        assertTrue(between(t -> t + t / 20_000, t -> 0).isEmpty());
        assertTrue(between(t -> t, t -> t >= 1000 * MS ? 30 * MS : 0).isEmpty());
    }
}
