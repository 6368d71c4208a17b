package phalanx.proxy.guard.client;

import java.util.concurrent.atomic.AtomicLong;

/** The generic cell rate algorithm (ITU-T I.371): one time for a key, moved on by each request that passes. Any thread. */
final class CellRate {
    private CellRate() {}

    /** Nanoseconds until a request would pass, 0 or less if it would now. Parameters as in {@link #take}. */
    static long early(AtomicLong due, long now, long ahead) {
        long next = due.get();
        return (next == 0 || next - now < 0 ? 0 : next - now) - ahead;
    }

    /**
     * Takes a request.
     *
     * @param due when the next one would be due, in {@link System#nanoTime}; 0 at first
     * @param interval nanoseconds between two
     * @param ahead nanoseconds that they may come before they are due
     * @return above 0 to refuse it: nanoseconds until it would pass; else it passes, so many nanoseconds before it is due
     */
    static long take(AtomicLong due, long now, long interval, long ahead) {
        while (true) {
            long next = due.get();
            long from = next == 0 || next - now < 0 ? now : next;
            long early = from - now;
            if (early > ahead) {
                return early - ahead;
            }
            if (due.compareAndSet(next, from + interval)) {
                return -early;
            }
        }
    }
}
