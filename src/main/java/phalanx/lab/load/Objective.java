package phalanx.lab.load;

/**
 * What customers are promised.
 *
 * @param p99Millis of a hundred requests, one may take longer
 * @param errorShare 0 to 1: more must not fail
 */
public record Objective(double p99Millis, double errorShare) {
    /** An answer within 400 ms, and fewer errors than one in a hundred. */
    public static final Objective USUAL = new Objective(400, 0.01);

    /** Whether it was kept; it is not where no request was over. */
    public boolean kept(LoadWindow window) {
        return window.requests() > 0 && window.p99Millis() < p99Millis && window.errorShare() < errorShare;
    }
}
