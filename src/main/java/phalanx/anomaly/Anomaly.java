package phalanx.anomaly;

/**
 * A stretch of a series that is unlike its past.
 *
 * @param first index of the point at which it was noticed
 * @param last index of the last point, from the peak on, that is nearer to the peak than to the usual
 * @param peak index of the most unlike one
 * @param deviation of the peak's score from the scores before it, in standard deviations, above {@link AnomalyDetector#LIMIT}
 * @param before what the values were before {@code first}
 */
public record Anomaly(int first, int last, int peak, double deviation, Recent before) {
    /**
     * The 256 values before, or as many as there were.
     *
     * @param least smallest of them
     * @param usual their median
     * @param largest of them
     */
    public record Recent(double least, double usual, double largest) {}

    /** Median of the values before it. */
    public double usual() {
        return before.usual;
    }

    /**
     * The share of scores, 0..1, that cannot be as unlike as this one, whatever their distribution (Chebyshev's inequality).
     */
    public double score() {
        return 1 - 1 / (deviation * deviation);
    }
}
