package phalanx.diagnose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import phalanx.anomaly.Anomaly;
import phalanx.anomaly.AnomalyDetector;
import phalanx.anomaly.AnomalyModel;
import phalanx.measure.SecondSeries;
import phalanx.run.Progress;

/** Finds when the traffic left what was usual in the recording itself. One thread. */
public final class UnusualStretches {
    private static final int MOST = 20;
    /** Fewer points than this are too few to know what is usual. */
    private static final int LEAST_POINTS = 150;

    private static final double NOTICED = 1.25;
    private static final double LEAST_SECONDS_MORE = 0.001;
    private static final double LEAST_LOSS_MORE = 0.005;

    private UnusualStretches() {}

    /**
     * Only changes for the worse count: more delay, more loss, slower answers, less throughput than usual.
     *
     * @param model makes a fresh one for each series
     * @return the most unusual, by time; empty when the recording is too short to tell
     * @throws Progress.Cancelled when the work was given up
     */
    public static Optional<List<UnusualStretch>> of(
            List<SecondSeries> seconds, Supplier<AnomalyModel> model, Progress progress) {
        List<UnusualStretch> all = new ArrayList<>();
        boolean judged = false;
        for (int i = 0; i < seconds.size(); i++) {
            SecondSeries series = seconds.get(i);
            progress.stopIfCancelled();
            if (series.series().size() < LEAST_POINTS) {
                continue;
            }
            judged = true;
            progress.at("Looking for unusual stretches", i, seconds.size());
            for (Anomaly anomaly : new AnomalyDetector(model.get()).in(series.series())) {
                UnusualStretch stretch = new UnusualStretch(series, anomaly);
                if (isWorse(stretch)) {
                    all.add(stretch);
                }
            }
        }
        if (!judged) {
            return Optional.empty();
        }
        return Optional.of(all.stream()
                .sorted(Comparator.comparingDouble(
                                (UnusualStretch s) -> s.anomaly().deviation())
                        .reversed())
                .limit(MOST)
                .sorted(Comparator.comparingLong(UnusualStretch::startNanos))
                .toList());
    }

    /** Worse than all that came shortly before, and by so much that someone may have noticed. */
    private static boolean isWorse(UnusualStretch stretch) {
        Anomaly.Recent before = stretch.anomaly().before();
        boolean worst = stretch.of().quantity() == SecondSeries.Quantity.THROUGHPUT
                ? stretch.value() < before.least()
                : stretch.value() > before.largest();
        return worst && isNoticed(stretch);
    }

    private static boolean isNoticed(UnusualStretch stretch) {
        double usual = stretch.usual();
        return switch (stretch.of().quantity()) {
            case DELAY, ROUND_TRIP, RESPONSE_TIME ->
                stretch.value() > NOTICED * usual && stretch.value() - usual > LEAST_SECONDS_MORE;
            case LOSS -> stretch.value() - usual > LEAST_LOSS_MORE;
            case THROUGHPUT -> stretch.value() * NOTICED < usual;
        };
    }
}
