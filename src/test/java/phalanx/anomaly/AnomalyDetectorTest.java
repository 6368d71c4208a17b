package phalanx.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import phalanx.metrics.TimeSeries;

class AnomalyDetectorTest {
    private static final int SIZE = 1500;

    /** Something like a response time: a slow wave with noise. */
    private static double[] ordinary(long seed) {
        Random random = new Random(seed);
        double[] values = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = 20 + 3 * Math.sin(i / 40.0) + random.nextGaussian();
        }
        return values;
    }

    private static List<Anomaly> find(double[] values) {
        return new AnomalyDetector(new RandomCutForestModel()).in(new TimeSeries("x", new long[values.length], values));
    }

    @Test
    void a_disturbance_is_told_once_with_its_begin_its_end_and_what_was_usual() {
        double[] values = ordinary(1);
        for (int i = 900; i < 930; i++) {
            values[i] += 25;
        }
        List<Anomaly> found = find(values);
        assertEquals(1, found.size(), found.toString());
        Anomaly anomaly = found.getFirst();
        assertEquals(900, anomaly.first());
        assertTrue(anomaly.last() >= 915 && anomaly.last() < 940, anomaly.toString());
        assertTrue(anomaly.usual() > 17 && anomaly.usual() < 23, anomaly.toString());
        assertTrue(anomaly.score() > 0.93 && anomaly.score() < 1, anomaly.toString());
    }

    @Test
    void noise_is_nothing_unusual() {
        int found = 0;
        for (long seed = 1; seed <= 10; seed++) {
            found += find(ordinary(seed)).size();
        }
        assertTrue(found <= 5, found + " in 15,000 ordinary values");
    }

    @Test
    void gaps_are_passed_over_and_the_places_are_those_of_the_series() {
        double[] values = ordinary(1);
        for (int i = 0; i < SIZE; i += 3) {
            values[i] = Double.NaN;
        }
        for (int i = 1001; i < 1030; i++) {
            values[i] += 25;
        }
        assertEquals(1001, find(values).getFirst().first());
    }

    @Test
    void a_series_that_never_changed_is_unusual_when_it_does() {
        double[] values = new double[SIZE];
        values[1200] = 1;
        assertEquals(1200, find(values).getFirst().first());
    }

    @Test
    void large_and_huge_values_are_judged_by_what_changes() {
        double[] values = ordinary(1);
        for (int i = 0; i < SIZE; i++) {
            values[i] += 1.7e12 + (i >= 900 && i < 930 ? 25 : 0);
        }
        assertEquals(900, find(values).getFirst().first());
        values[1200] = 1e300;
        assertEquals(2, find(values).size());
    }

    @Test
    void a_long_gap_does_not_hide_what_was_usual() {
        double[] values = ordinary(1);
        Arrays.fill(values, 500, 900, Double.NaN);
        values[900] = 90;
        Anomaly anomaly = find(values).getFirst();
        assertEquals(900, anomaly.last());
        assertTrue(anomaly.usual() > 15 && anomaly.usual() < 25, anomaly.toString());
    }

    @Test
    void the_model_can_be_another() {
        double[] values = ordinary(1);
        values[700] = -50;
        List<Anomaly> found =
                new AnomalyDetector(value -> Math.abs(value - 20)).in(new TimeSeries("x", new long[SIZE], values));
        assertEquals(List.of(700), found.stream().map(Anomaly::first).toList());
    }
}
