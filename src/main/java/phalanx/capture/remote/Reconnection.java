package phalanx.capture.remote;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import phalanx.capture.live.FrameSource;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * Makes a line again that was cut, with growing pauses, and counts the time without. {@link #attempt} on one thread, the rest on any. Who
 * gives up does not wait for a connection under way: it is made on a thread of its own, and closed when it comes later.
 */
final class Reconnection {
    private static final long FIRST_MILLIS = 250, LONGEST_MILLIS = 8_000;
    /** As long as connecting to a machine that answers may take. */
    private static final long LEAST_MILLIS = 10_000;

    private final HopAddress at;
    private final Duration patience;
    private final CompletableFuture<Boolean> givenUp = new CompletableFuture<>();
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
     * @param connect on a thread of its own, which is interrupted when it was given up or takes too long
     * @param close takes one that comes after that
     */
    <T> Outcome<T> attempt(Supplier<Outcome<T>> connect, Consumer<T> close) {
        long since = System.nanoTime();
        long pause = FIRST_MILLIS;
        while (true) {
            if (stopped(pause)) {
                return Outcome.failed(RemoteProblems.cut(at, seconds(since), "it was stopped"));
            }
            pause = Math.min(pause * 2, LONGEST_MILLIS);
            switch (inTime(since, connect, close)) {
                case Outcome.Ok<T> again -> {
                    return again;
                }
                case Outcome.Failed<T>(Problem why) -> {
                    boolean passes = why.code().equals(RemoteProblems.UNREACHABLE)
                            || why.code().equals(RemoteProblems.NOT_STARTED);
                    if (!passes) {
                        return Outcome.failed(why);
                    }
                    if (System.nanoTime() - since > patience.toNanos()) {
                        return Outcome.failed(RemoteProblems.cut(at, seconds(since), why.what()));
                    }
                }
            }
        }
    }

    private <T> Outcome<T> inTime(long since, Supplier<Outcome<T>> connect, Consumer<T> close) {
        CompletableFuture<Outcome<T>> made = new CompletableFuture<>();
        Thread connecting = Jobs.assistant("line to " + at, () -> made.completeAsync(connect, Runnable::run));
        long left = patience.minusNanos(System.nanoTime() - since).toMillis();
        try {
            CompletableFuture.anyOf(made, givenUp).get(Math.max(left, LEAST_MILLIS), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // a fault of our own
        } catch (TimeoutException _) {
            connecting.interrupt();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (made.isDone()) {
            return made.join();
        }
        connecting.interrupt();
        made.thenAccept(late -> {
            if (late instanceof Outcome.Ok<T>(T line)) {
                close.accept(line);
            }
        });
        return Outcome.failed(RemoteProblems.unreachable(at, "it does not answer in time"));
    }

    /** Counts a gap that ends now. @param lastSign {@link System#nanoTime} when the line was last known to live */
    void count(long lastSign) {
        long millis = (System.nanoTime() - lastSign) / 1_000_000;
        gaps.add(new FrameSource.Gap(System.currentTimeMillis() - millis, millis));
    }

    private static long seconds(long since) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since);
    }

    private boolean stopped(long pauseMillis) {
        try {
            return givenUp.get(pauseMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // nobody completes it so
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends the waiting, also for a connection under way. */
    void giveUp() {
        givenUp.complete(true);
    }

    /** Those that ended. */
    List<FrameSource.Gap> gaps() {
        return gaps;
    }
}
