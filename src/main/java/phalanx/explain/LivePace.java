package phalanx.explain;

/**
 * When it is time for another answer to captures that are still made: at once when the first frames have come, then as often as once a
 * second, and never so often that answering takes more than half of the time. One thread.
 */
public final class LivePace {
    private static final long LEAST_NANOS = 1_000_000_000;

    private long answered;
    private long begun;
    private long next = Long.MIN_VALUE;

    /** @param frames that have come so far  @param now of {@link System#nanoTime()} */
    public boolean isDue(long frames, long now) {
        return frames > answered && (next == Long.MIN_VALUE || now - next >= 0);
    }

    /** An answer is begun. */
    public void begin(long frames, long now) {
        answered = frames;
        begun = now;
    }

    /** The answer is there. */
    public void end(long now) {
        next = Math.max(begun + LEAST_NANOS, now + (now - begun));
    }
}
