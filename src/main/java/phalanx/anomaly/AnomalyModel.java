package phalanx.anomaly;

/** Learns a series value by value and says how unlike its past each is. One thread, one series. */
@FunctionalInterface
public interface AnomalyModel {
    /**
     * Judges the next value, then learns it.
     *
     * @param value finite
     * @return how unlike the values before it, larger is more unlike, on the model's own scale; NaN while there were too few
     */
    double score(double value);
}
