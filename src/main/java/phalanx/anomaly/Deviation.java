package phalanx.anomaly;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;
import phalanx.metrics.TimeSeries;

/**
 * How far a metric of a service left what is normal for it, row by row.
 *
 * @param usual median of its normal values
 * @param values those judged, NaN where there is none
 * @param worse how much worse than usual each is, in units of what it strays in normal times; NaN where there is no value
 */
record Deviation(String service, String metric, Indicator indicator, double usual, double[] values, double[] worse) {
    private static final int LEAST_VALUES = 3;
    /** Worse values than this share of the normal ones are outside of what is normal. */
    private static final double NORMAL = 0.95;
    /** Metrics are not more exact than this. */
    private static final double LEAST_SPREAD = 0.01;

    /** @return empty when too little of it is known */
    static Optional<Deviation> of(TimeSeries normal, TimeSeries judged) {
        String name = judged.name();
        int bar = name.indexOf('|');
        String service = bar < 0 ? name : name.substring(0, bar);
        String metric = bar < 0 ? "" : name.substring(bar + 1);
        Indicator indicator = Indicator.of(metric);
        double[] known = sorted(Arrays.stream(normal.values()));
        if (known.length < LEAST_VALUES || Arrays.stream(judged.values()).allMatch(Double::isNaN)) {
            return Optional.empty();
        }
        double usual = at(known, 0.5);
        double[] strays = sorted(Arrays.stream(known).map(value -> indicator.worse(value, usual)));
        double spread = Math.max(
                Math.max(at(known, 0.75) - at(known, 0.25), at(strays, NORMAL)), LEAST_SPREAD * Math.abs(usual));
        if (spread <= 0) {
            // Never anything but 0: any value is news, but none is endlessly bad.
            double largest = Arrays.stream(judged.values())
                    .map(Math::abs)
                    .filter(v -> v > 0)
                    .max()
                    .orElse(1);
            spread = LEAST_SPREAD * largest;
        }
        double unit = spread;
        return Optional.of(new Deviation(
                service,
                metric,
                indicator,
                usual,
                judged.values(),
                Arrays.stream(judged.values())
                        .map(value -> indicator.worse(value, usual) / unit)
                        .toArray()));
    }

    /** The row at which it is worst. */
    int worst() {
        int worst = 0;
        for (int row = 1; row < worse.length; row++) {
            if (Double.isNaN(worse[worst]) || worse[row] > worse[worst]) {
                worst = row;
            }
        }
        return worst;
    }

    /** How much worse than usual at its worst; 0 when never. */
    double most() {
        return Math.max(0, worse[worst()]);
    }

    private static double[] sorted(DoubleStream values) {
        return values.filter(value -> !Double.isNaN(value)).sorted().toArray();
    }

    private static double at(double[] sorted, double quantile) {
        return sorted[Math.min(sorted.length - 1, (int) (quantile * sorted.length))];
    }
}
