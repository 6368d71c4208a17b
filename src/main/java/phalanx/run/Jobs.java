package phalanx.run;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Starts every piece of background work, names its thread, reports its progress, cancels it, and brings the result back to where it
 * was asked for. Any thread may start a job; callbacks come through {@code back}.
 */
public final class Jobs {
    /** A bug stopped the job; the program goes on. */
    public static final String FAULT = "PHX-0070";
    /** The job was given up on request. */
    public static final String CANCELLED = "PHX-0006";

    private static final long EVERY_NANOS = 50_000_000;

    private final Executor workers;
    private final Executor back;

    /** Takes where work runs and where its results go; both may be {@code Runnable::run} in tests. */
    public Jobs(Executor workers, Executor back) {
        this.workers = workers;
        this.back = back;
    }

    /** One daemon thread a job. */
    public static Jobs onThreads(Executor back) {
        return new Jobs(task -> Thread.ofPlatform().daemon().name("job").start(task), back);
    }

    /** Starts a daemon thread that works for its caller, who catches what it throws and interrupts it to end it. */
    public static Thread assistant(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name(name).start(work);
    }

    /**
     * Works on a daemon thread, and waits for it so long.
     *
     * @throws ExecutionException with what the work threw
     * @throws TimeoutException where it was not done in time; its thread is interrupted
     * @throws InterruptedException where the caller was, likewise
     */
    public static <T> T within(Duration limit, String name, Callable<T> work)
            throws ExecutionException, TimeoutException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        assistant(name, task);
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            task.cancel(true);
        }
    }

    /** How far a job has come, for the screen. {@code total} is 0 when it cannot be known. */
    public record Step(String what, long done, long total) {}

    /** A job under way. */
    public interface Handle {
        /** Asks the job to stop; {@code done} then gets a {@link #CANCELLED} problem unless it had finished. */
        void cancel();
    }

    /**
     * Starts work.
     *
     * @param name for the thread and the log
     * @param work on a worker; may throw {@link Progress.Cancelled}
     * @param steps told of progress, at most 20 times a second
     * @param done told once, of the result, the problem, the cancelling or the bug
     */
    public <T> Handle start(
            String name, Function<Progress, Outcome<T>> work, Consumer<Step> steps, Consumer<Outcome<T>> done) {
        AtomicBoolean cancelled = new AtomicBoolean();
        Progress progress = new Progress() {
            private long last;

            @Override
            public void at(String step, long count, long total) {
                long now = System.nanoTime();
                if (last == 0 || now - last >= EVERY_NANOS) {
                    last = now;
                    back.execute(() -> steps.accept(new Step(step, count, total)));
                }
            }

            @Override
            public boolean cancelled() {
                return cancelled.get();
            }
        };
        workers.execute(() -> {
            Thread.currentThread().setName(name);
            Outcome<T> outcome = run(name, work, progress);
            back.execute(() -> done.accept(outcome));
        });
        return () -> cancelled.set(true);
    }

    /** Has something asked where results are brought to, and waits for the answer; by work on a worker, never from there. */
    public <T> T ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        back.execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
                throw e;
            }
        });
        return answer.join();
    }

    /** The one place that catches what nobody expected, so that a bug ends its job and not the program. */
    private static <T> Outcome<T> run(String name, Function<Progress, Outcome<T>> work, Progress progress) {
        try {
            return work.apply(progress);
        } catch (Progress.Cancelled _) {
            return Outcome.failed(
                    new Problem(CANCELLED, "Cancelled: " + name + ".", "Start it again when you want it."));
        } catch (RuntimeException | Error e) {
            System.getLogger("phalanx.run").log(System.Logger.Level.ERROR, name + " failed", e);
            String what = e instanceof OutOfMemoryError
                    ? "There was not enough memory for: " + name + "."
                    : "Phalanx met a fault of its own in: " + name + " ("
                            + e.getClass().getSimpleName() + ").";
            String remedy = e instanceof OutOfMemoryError
                    ? "Open fewer or smaller captures, or give Java more: PHALANX_JAVA_OPTS=-Xmx8g."
                    : "Everything else goes on working; the log on stderr has the details.";
            return Outcome.failed(new Problem(FAULT, what, remedy));
        }
    }
}
