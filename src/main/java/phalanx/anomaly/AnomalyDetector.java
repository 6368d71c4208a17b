package phalanx.anomaly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import phalanx.metrics.TimeSeries;

/**
 * Turns a model's scores into anomalies: a score far above all scores before it begins one, and it lasts until the scores have been
 * ordinary for a while, so that one disturbance is told once. One thread, one series.
 */
public final class AnomalyDetector {
    /** Standard deviations above the mean of the scores so far at which a value is unlike its past. */
    public static final double LIMIT = 4;

    /** Points without an unlike one after which an anomaly is over. */
    public static final int QUIET = 100;

    /** Scores that are only learned from. */
    private static final int LEARNING = 50;

    /** With so many scores, what they vary by is only known to a factor of 1.4: it counts for so much more. */
    private static final double FEW = 200;

    /** A model whose scores hardly vary is not taken at its word: the standard deviation is at least this share of the mean. */
    private static final double LEAST_DEVIATION = 0.05;

    /** Values of which the usual one is taken. */
    private static final int RECENT = 256;

    private final AnomalyModel model;
    private long scores;
    private double mean;
    private double squares;

    public AnomalyDetector(AnomalyModel model) {
        this.model = model;
    }

    /**
     * Judges the next value, then learns it.
     *
     * @return standard deviations of its score above the scores before, 0 while there were too few of them
     */
    public double deviation(double value) {
        double score = model.score(value);
        if (Double.isNaN(score)) {
            return 0;
        }
        double spread =
                Math.max(Math.sqrt(squares / Math.max(1, scores)), Math.max(LEAST_DEVIATION * mean, Double.MIN_NORMAL));
        double known = spread * Math.sqrt(1 + FEW / Math.max(1, scores));
        double deviation = scores < LEARNING ? 0 : (score - mean) / known;
        // Welford, "Note on a method for calculating corrected sums of squares and products", 1962
        scores++;
        double step = score - mean;
        mean += step / scores;
        squares += step * (score - mean);
        return deviation;
    }

    /** The anomalies of a whole series, in its order; points without a value are passed over. */
    public List<Anomaly> in(TimeSeries series) {
        List<Anomaly> found = new ArrayList<>();
        double[] values = series.values();
        Anomaly open = null;
        int seen = 0;
        int lastUnlike = 0;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                continue;
            }
            seen++;
            double deviation = deviation(values[i]);
            if (open != null && seen - lastUnlike >= QUIET) {
                found.add(untilReturn(open, values, i));
                open = null;
            }
            if (deviation <= LIMIT) {
                continue;
            }
            lastUnlike = seen;
            if (open == null) {
                open = new Anomaly(i, i, i, deviation, recent(values, i));
            } else {
                boolean worse = deviation > open.deviation();
                open = new Anomaly(
                        open.first(), i, worse ? i : open.peak(), Math.max(deviation, open.deviation()), open.before());
            }
        }
        if (open != null) {
            found.add(untilReturn(open, values, values.length));
        }
        return found;
    }

    /**
     * A model gets used to what is new, and remembers it for some points: the stretch lasts while the values are nearer to the peak than to
     * what was usual.
     */
    private static Anomaly untilReturn(Anomaly anomaly, double[] values, int end) {
        double peak = values[anomaly.peak()];
        int last = anomaly.peak();
        for (int i = last + 1; i < end; i++) {
            if (Math.abs(values[i] - peak) < Math.abs(values[i] - anomaly.usual())) {
                last = i;
            } else if (i > anomaly.last() && !Double.isNaN(values[i])) {
                break;
            }
        }
        return new Anomaly(anomaly.first(), last, anomaly.peak(), anomaly.deviation(), anomaly.before());
    }

    private static Anomaly.Recent recent(double[] values, int before) {
        double[] recent = new double[RECENT];
        int count = 0;
        for (int i = before - 1; i >= 0 && count < RECENT; i--) {
            if (!Double.isNaN(values[i])) {
                recent[count++] = values[i];
            }
        }
        Arrays.sort(recent, 0, count);
        return new Anomaly.Recent(recent[0], recent[count / 2], recent[Math.max(0, count - 1)]);
    }
}
