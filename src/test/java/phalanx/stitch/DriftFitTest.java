package phalanx.stitch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftFitTest {
    private static final long SECOND = 1_000_000_000;

    private static SegmentDelays delays(int from, int to, double ppm, double congestion) {
        Random random = new Random(from);
        long[] left = new long[3000];
        long[] took = new long[3000];
        for (int i = 0; i < left.length; i++) {
            left[i] = i * SECOND / 50;
            double queue = congestion * i / left.length * random.nextDouble();
            took[i] = (long) (5e6 + ppm * 1e-6 * left[i] + queue + 200_000 * Math.abs(random.nextGaussian()));
        }
        return new SegmentDelays(from, to, left, took, new int[0], new int[0]);
    }

    @Test
    void drift_is_found_within_one_part_per_million_in_a_minute() {
        for (double ppm : new double[] {-20, 0, 12}) {
            assertEquals(ppm, DriftFit.ppm(delays(0, 1, ppm, 0), delays(1, 0, -ppm, 0)), 1);
        }
    }

    @Test
    void growing_congestion_in_one_direction_is_not_taken_for_drift() {
        assertEquals(5, DriftFit.ppm(delays(0, 1, 5, 40e6), delays(1, 0, -5, 0)), 1.5);
    }

    @Test
    void too_few_packets_give_no_drift() {
        SegmentDelays one = new SegmentDelays(0, 1, new long[] {0}, new long[] {5}, new int[1], new int[1]);
        SegmentDelays none = new SegmentDelays(1, 0, new long[0], new long[0], new int[0], new int[0]);
        assertEquals(0, DriftFit.ppm(one, none));
    }
}
