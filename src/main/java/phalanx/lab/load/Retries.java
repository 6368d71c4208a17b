package phalanx.lab.load;

/** What customers do when a request fails. */
public enum Retries {
    NONE(0),
    /** At once, up to five times: what turns a short trouble into one that stays (Bronson et al., Metastable Failures, HotOS 2021). */
    STORM(5);

    private final int most;

    Retries(int most) {
        this.most = most;
    }

    int most() {
        return most;
    }
}
