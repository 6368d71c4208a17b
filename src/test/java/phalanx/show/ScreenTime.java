package phalanx.show;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the screen thread spends its time on: the time of the processor that it uses, for on a loaded machine a thread may stand still
 * without a fault of its own; and the time that code of the desk waits on it, for a lock or a worker. Any thread.
 */
final class ScreenTime {
    /** Who spends it. */
    enum By {
        /** The desk and its toolkit of themselves: layouts, timers, results of jobs. */
        DESK,
        /** The desk in answer to an event of the user's. */
        EVENT,
        /** A test: it makes views, takes pictures, does the desk's jobs at once. */
        TEST
    }

    /** A waiting thread is never taken to have waited for longer than that since it was last looked at. */
    private static final long LOOK_NANOS = 20_000_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Map<By, Long> SPENT = new EnumMap<>(By.class);
    private static final Deque<By> TURNS = new ArrayDeque<>(List.of(By.DESK));
    private static @Nullable Thread screen;
    private static long booked;
    private static long looked;

    private ScreenTime() {}

    /** Does something on the screen thread for somebody's account. */
    static void spend(By whose, Runnable work) {
        begin(whose);
        try {
            work.run();
        } finally {
            end();
        }
    }

    /** Does something for the account of who waits for what is under way. */
    static void giveBack(Runnable work) {
        spend(around(), work);
    }

    private static synchronized By around() {
        return TURNS.stream().skip(1).findFirst().orElse(By.DESK);
    }

    private static synchronized void begin(By whose) {
        screen = Thread.currentThread();
        book();
        TURNS.push(whose);
    }

    private static synchronized void end() {
        book();
        TURNS.pop();
    }

    private static void book() {
        long now = screen == null ? 0 : THREADS.getThreadCpuTime(screen.threadId());
        SPENT.merge(TURNS.getFirst(), now - booked, Long::sum);
        booked = now;
    }

    /** Of the processor, by all together, nanoseconds. */
    static synchronized long spent() {
        book();
        return booked;
    }

    /** Nanoseconds until now. To be asked again and again while the thread may wait. */
    static synchronized long spent(By whose) {
        book();
        long now = System.nanoTime();
        if (screen != null && waits(screen)) {
            SPENT.merge(TURNS.getFirst(), Math.min(now - looked, LOOK_NANOS), Long::sum);
        }
        looked = now;
        return SPENT.getOrDefault(whose, 0L);
    }

    /** Whether it waits within the desk's own code, and not for something to do. */
    private static boolean waits(Thread thread) {
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING ->
                Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().startsWith("phalanx."));
            case NEW, RUNNABLE, TERMINATED -> false;
        };
    }
}
