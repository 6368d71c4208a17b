package phalanx.lab.load;

/**
 * How the requests fared that were over within some seconds. Immutable.
 *
 * @param requests all of them, those sent again counted each time
 * @param errors those answered by 4xx or 5xx, or by nobody within two seconds
 * @param medianMillis of all, from when they were due
 * @param p99Millis as the median
 */
public record LoadWindow(long requests, long errors, double medianMillis, double p99Millis) {
    /** 0 to 1; 0 where there was no request. */
    public double errorShare() {
        return requests == 0 ? 0 : errors / (double) requests;
    }
}
