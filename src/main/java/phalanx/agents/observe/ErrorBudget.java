package phalanx.agents.observe;

/**
 * How much of the failures that an objective allows has been used up, over a sliding period (Google, "The Site Reliability Workbook",
 * chapter 5: burn rate = error ratio / (1 - target), budget spent = burn rate x window / period). One thread.
 */
public final class ErrorBudget {
    private static final int BUCKETS = 120;

    private final double allowed;
    private final long bucketMillis;
    private final long[] all = new long[BUCKETS];
    private final long[] failed = new long[BUCKETS];
    private final long[] number = new long[BUCKETS];

    /**
     * @param target share of requests that should succeed, below 1
     * @param periodMillis of the budget
     */
    public ErrorBudget(double target, long periodMillis) {
        this.allowed = 1 - target;
        this.bucketMillis = Math.max(1, periodMillis / BUCKETS);
    }

    /** Counts requests that ended. */
    public void count(long atMillis, long requests, long failures) {
        long bucket = atMillis / bucketMillis;
        int slot = (int) (bucket % BUCKETS);
        if (number[slot] != bucket) {
            number[slot] = bucket;
            all[slot] = 0;
            failed[slot] = 0;
        }
        all[slot] += requests;
        failed[slot] += failures;
    }

    /** The error ratio of the last while against the one allowed: 1 spends the budget exactly over the period. */
    public double burnRate(long nowMillis, long windowMillis) {
        long last = nowMillis / bucketMillis;
        long first = (nowMillis - windowMillis) / bucketMillis + 1;
        long requests = 0;
        long failures = 0;
        for (int slot = 0; slot < BUCKETS; slot++) {
            if (number[slot] >= first && number[slot] <= last) {
                requests += all[slot];
                failures += failed[slot];
            }
        }
        return requests == 0 ? 0 : (double) failures / requests / allowed;
    }

    /** The share of the budget that is used up, 0..; above 1 it is spent. */
    public double spent(long nowMillis) {
        return burnRate(nowMillis, bucketMillis * BUCKETS);
    }
}
