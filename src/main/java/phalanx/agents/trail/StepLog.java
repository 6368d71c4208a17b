package phalanx.agents.trail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The newest steps, each with the number that it has in its case. Who reads asks for what is behind the last number it knows, at its own
 * pace: a slow reader holds nobody up and costs no memory, and is told how many steps it missed. Any thread; nobody waits.
 */
public final class StepLog {
    /** Steps that are kept; the oldest make way. */
    public static final int MOST = 2_000;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final List<Runnable> told = new CopyOnWriteArrayList<>();
    private long newest;

    /** A step and its number, from 1 on in each case; it outlives the program. */
    public record Entry(long id, Message step) {}

    /** What was read. @param missed steps behind the number asked for that are no longer kept */
    public record Read(List<Entry> entries, long missed) {
        public Read {
            entries = List.copyOf(entries);
        }
    }

    /** @param before steps of the case, oldest first */
    public StepLog(List<Entry> before) {
        before.forEach(this::keep);
    }

    private synchronized void keep(Entry entry) {
        newest = entry.id();
        entries.addLast(entry);
        if (entries.size() > MOST) {
            entries.removeFirst();
        }
    }

    private synchronized void keepNext(Message step) {
        keep(new Entry(newest + 1, step));
    }

    /** Adds a step behind all others. */
    public void add(Message step) {
        keepNext(step);
        told.forEach(Runnable::run);
    }

    /** The number of the newest step; 0 before the first. */
    public synchronized long newest() {
        return newest;
    }

    /** The steps behind a number, oldest first. @param most that are wanted */
    public synchronized Read after(long id, int most) {
        if (id >= newest) {
            return new Read(List.of(), 0);
        }
        List<Entry> found = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.id() > id && found.size() < most) {
                found.add(entry);
            }
        }
        long oldest = entries.isEmpty() ? newest + 1 : entries.getFirst().id();
        return new Read(found, Math.max(0, oldest - 1 - Math.max(0, id)));
    }

    /** Has somebody told, on the agents' thread, that there is more to read. @param who does not wait @return ends it */
    public Runnable tell(Runnable who) {
        told.add(who);
        return () -> told.remove(who);
    }
}
