package phalanx.proxy.transport;

import java.util.Arrays;

/**
 * Who waits for something on one event loop, asked four times a second whether it has waited too long: one timer for all, so that a
 * request sets none. Used on that loop only.
 */
public final class Deadlines {
    /** Somebody who waits. */
    public abstract static class Waiting {
        private int slot = -1;

        /** Asked four times a second. */
        protected abstract void check(long nowNanos);
    }

    private Waiting[] all = new Waiting[64];
    private int count;

    public void add(Waiting waiting) {
        if (waiting.slot >= 0) {
            return;
        }
        if (count == all.length) {
            all = Arrays.copyOf(all, count * 2);
        }
        waiting.slot = count;
        all[count++] = waiting;
    }

    public void remove(Waiting waiting) {
        int slot = waiting.slot;
        if (slot < 0) {
            return;
        }
        Waiting last = all[--count];
        all[slot] = last;
        last.slot = slot;
        all[count] = null;
        waiting.slot = -1;
    }

    void check(long nowNanos) {
        for (int i = count - 1; i >= 0; i--) { // from the end: one that leaves is replaced by one already asked
            if (i < count) {
                try {
                    all[i].check(nowNanos);
                } catch (RuntimeException e) { // one that fails must not end the others' time limits
                    System.getLogger("phalanx.proxy").log(System.Logger.Level.WARNING, "A time limit failed", e);
                }
            }
        }
    }
}
