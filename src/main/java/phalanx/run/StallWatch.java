package phalanx.run;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Watches a thread that must never be busy for long, as the one of the screen: asks it for a sign of life again and again, and tells
 * what it was at when the sign took too long. Any thread may close it.
 */
public final class StallWatch implements AutoCloseable {
    private static final long ASK_MILLIS = 20;
    private static final int DEEPEST = 40;

    /**
     * The thread was busy for too long.
     *
     * @param nanos for how long, at least
     * @param stack what it was at when it was first found busy, innermost first, a line a frame
     */
    public record Stall(long nanos, String stack) {}

    private final Executor watched;
    private final long limitNanos;
    private final LongSupplier clock;
    private final Consumer<Stall> told;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Thread thread;

    /**
     * @param watched runs tasks on the thread
     * @param limit beyond which it is told of
     * @param told on a thread of the watch, once a stall, when it is over
     */
    public StallWatch(Executor watched, Duration limit, Consumer<Stall> told) {
        this(watched, limit, System::nanoTime, told);
    }

    /** As the other; {@code clock} tells the time that counts, in nanoseconds from anywhere, on a thread of the watch. */
    public StallWatch(Executor watched, Duration limit, LongSupplier clock, Consumer<Stall> told) {
        this.watched = watched;
        this.limitNanos = limit.toNanos();
        this.clock = clock;
        this.told = told;
        Jobs.assistant("stall watch", this::watch);
    }

    @Override
    public void close() {
        closed.set(true);
    }

    private void watch() {
        try {
            while (!closed.get()) {
                AtomicBoolean alive = new AtomicBoolean();
                long asked = clock.getAsLong();
                String stack = null;
                watched.execute(() -> {
                    thread = Thread.currentThread();
                    alive.set(true);
                });
                while (!alive.get() && !closed.get()) {
                    Thread.sleep(ASK_MILLIS / 4);
                    Thread busy = thread;
                    long spent = clock.getAsLong() - asked; // a clock may have to be read while time goes by
                    if (stack == null && busy != null && spent > limitNanos) {
                        stack = Arrays.stream(busy.getStackTrace())
                                .limit(DEEPEST)
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining("\n"));
                    }
                }
                if (stack != null && !closed.get()) {
                    told.accept(new Stall(clock.getAsLong() - asked, stack));
                }
                Thread.sleep(ASK_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
