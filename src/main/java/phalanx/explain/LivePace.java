package phalanx.explain;

/**
 * When it is time for another answer to captures that are still made: at once when they begin and when the first frames have come, then
 * as often as once a second, and never so often that answering takes more than half of the time; once more when nothing comes any more, for
 * the last frames may not have been settled. One thread.
 */
public final class LivePace {
    private static final long LEAST_NANOS = 1_000_000_000;

    private long answered = -1;
    private long begun;
    private long next;
    private boolean onceMore;

    /** @param frames that have come so far  @param now of {@link System#nanoTime()} */
    public boolean isDue(long frames, long now) {
        boolean wanted = frames > answered || onceMore;
        return wanted && (answered < 0 || answered == 0 && frames > 0 || now - next >= 0);
    }

    /** An answer is begun. */
    public void begin(long frames, long now) {
        onceMore = frames > answered && frames > 0;
        answered = frames;
        begun = now;
    }

    /** The answer is there. */
    public void end(long now) {
        next = Math.max(begun + LEAST_NANOS, now + (now - begun));
    }
}
