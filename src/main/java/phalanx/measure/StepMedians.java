package phalanx.measure;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import phalanx.metrics.TimeSeries;

/** The median of the values that fall into each step; of a step with very many, of its first 256. One thread. */
final class StepMedians {
    private static final int MOST_A_STEP = 256;
    private static final double NANOS = 1e9;

    private final Steps steps;
    private final @Nullable LongList[] values;

    StepMedians(Steps steps) {
        this.steps = steps;
        values = new LongList[steps.count()];
    }

    void add(long when, long nanos) {
        int step = steps.of(when);
        if (step < 0) {
            return;
        }
        LongList list = values[step];
        if (list == null) {
            list = new LongList();
            values[step] = list;
        }
        if (list.size() < MOST_A_STEP) {
            list.add(nanos);
        }
    }

    /** In seconds. */
    TimeSeries series(String name) {
        double[] medians = new double[values.length];
        for (int step = 0; step < medians.length; step++) {
            LongList list = values[step];
            medians[step] =
                    list == null ? Double.NaN : Delays.summary(list.toArray()).medianNanos() / NANOS;
        }
        return new TimeSeries(name, steps.begins(), medians);
    }

    boolean isEmpty() {
        return Arrays.stream(values).allMatch(list -> list == null);
    }
}
