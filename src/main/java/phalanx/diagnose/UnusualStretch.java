package phalanx.diagnose;

import phalanx.anomaly.Anomaly;
import phalanx.measure.SecondSeries;

/** A stretch of seconds in which one measure was worse than what was usual in the recording. No fault by itself: where to look. */
public record UnusualStretch(SecondSeries of, Anomaly anomaly) {
    /** Begin of its first second, on the reference clock. */
    public long startNanos() {
        return of.series().nanos()[anomaly.first()];
    }

    /** End of its last second. */
    public long endNanos() {
        long[] begins = of.series().nanos();
        return begins[anomaly.last()] + (begins[1] - begins[0]);
    }

    /** What the measure was before. */
    public double usual() {
        return anomaly.usual();
    }

    /** The measure at its worst. */
    public double value() {
        return of.series().values()[anomaly.peak()];
    }
}
