package phalanx.capture.remote;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import phalanx.capture.live.FrameSource;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Makes a line again that was cut, with growing pauses, and counts the time without. {@link #attempt} on one thread, the rest on any. */
final class Reconnection {
    private static final long FIRST_MILLIS = 250, LONGEST_MILLIS = 8_000;

    private final HopAddress at;
    private final Duration patience;
    private final CountDownLatch givenUp = new CountDownLatch(1);
    private final List<FrameSource.Gap> gaps = new CopyOnWriteArrayList<>();

    /** @param patience after which it is not tried any more */
    Reconnection(HopAddress at, Duration patience) {
        this.at = at;
        this.patience = patience;
    }

    /**
     * Tries until it succeeds. Only a line that cannot be made, or whose other side does not capture now, is tried again: who was refused is
     * refused again.
     *
     * @param lastSign {@link System#nanoTime} when the line was last known to live
     */
    <T> Outcome<T> attempt(long lastSign, Supplier<Outcome<T>> connect) {
        long pause = FIRST_MILLIS;
        while (true) {
            if (stopped(pause)) {
                return Outcome.failed(RemoteProblems.cut(at, seconds(lastSign), "it was stopped"));
            }
            pause = Math.min(pause * 2, LONGEST_MILLIS);
            switch (connect.get()) {
                case Outcome.Ok<T> again -> {
                    return again;
                }
                case Outcome.Failed<T>(Problem why) -> {
                    boolean passes = why.code().equals(RemoteProblems.UNREACHABLE)
                            || why.code().equals(RemoteProblems.NOT_STARTED);
                    if (!passes) {
                        return Outcome.failed(why);
                    }
                    if (System.nanoTime() - lastSign > patience.toNanos()) {
                        return Outcome.failed(RemoteProblems.cut(at, seconds(lastSign), why.what()));
                    }
                }
            }
        }
    }

    /** Counts a gap that ends now. */
    void count(long lastSign) {
        long millis = (System.nanoTime() - lastSign) / 1_000_000;
        gaps.add(new FrameSource.Gap(System.currentTimeMillis() - millis, millis));
    }

    private static long seconds(long lastSign) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - lastSign);
    }

    private boolean stopped(long pauseMillis) {
        try {
            return givenUp.await(pauseMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends the waiting. */
    void giveUp() {
        givenUp.countDown();
    }

    /** Those that ended. */
    List<FrameSource.Gap> gaps() {
        return gaps;
    }
}
