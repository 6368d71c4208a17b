package phalanx.proxy.route;

/** A smoothed time: each new one counts an eighth (as TCP's SRTT, RFC 6298 section 2). Any thread. */
public final class LatencyEstimate {
    private volatile double nanos;

    void add(long sample) {
        double old = nanos;
        nanos = old == 0 ? sample : old + (sample - old) / 8;
    }

    /** Milliseconds; 0 before the first sample. */
    public double millis() {
        return nanos / 1e6;
    }
}
