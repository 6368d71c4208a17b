package phalanx.lab.load;

import java.time.Duration;

/** What customers do when a request fails. */
public enum Retries {
    NONE(0, Duration.ZERO),
    /** Twice, after half a second and a second. */
    POLITE(2, Duration.ofMillis(500)),
    /** At once, up to five times: what turns a short trouble into one that stays (Bronson et al., Metastable Failures, HotOS 2021). */
    STORM(5, Duration.ZERO);

    private final int most;
    /** Before the request is sent again; twice as long each time. */
    private final Duration first;

    Retries(int most, Duration first) {
        this.most = most;
        this.first = first;
    }

    int most() {
        return most;
    }

    /** The wait before the request is sent again. @param sent how often it was sent */
    Duration wait(int sent) {
        return first.multipliedBy(1L << (sent - 1));
    }
}
