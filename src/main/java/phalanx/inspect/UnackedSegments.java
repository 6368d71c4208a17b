package phalanx.inspect;

import phalanx.net.SeqNumber;

/** Segments that wait for their acknowledgment, in the order they were sent. Bounded; one thread. */
final class UnackedSegments {
    static final long NONE = Long.MIN_VALUE;

    /** As Wireshark: a sender that is never acknowledged here was captured on one side only. */
    private static final int MOST = 10_000;

    /** Room that every stream may have. */
    private static final int SMALL = 64;

    private static final int BYTES_EACH = 12;
    private static final int[] NO_ENDS = {};
    private static final long[] NO_TIMES = {};

    private int[] ends = NO_ENDS;
    private long[] times = NO_TIMES;
    private int first;
    private int size;
    private boolean ordered = true;

    /** @param allowance for the growth of long ones */
    void add(int end, long nanos, Allowance allowance) {
        if (size == MOST || size == ends.length && !grow(allowance)) {
            return;
        }
        int mask = ends.length - 1;
        ordered = ordered && (size == 0 || !SeqNumber.isBefore(end, ends[first + size - 1 & mask]));
        ends[first + size & mask] = end;
        times[first + size & mask] = nanos;
        size++;
    }

    private boolean grow(Allowance allowance) {
        int length = ends.length;
        int larger = Math.max(4, length * 2);
        if (larger > SMALL && !allowance.take(BYTES_EACH * (long) (larger - length))) {
            return false;
        }
        int[] newEnds = new int[larger];
        long[] newTimes = new long[newEnds.length];
        int tail = length - first;
        System.arraycopy(ends, first, newEnds, 0, tail);
        System.arraycopy(ends, 0, newEnds, tail, first);
        System.arraycopy(times, first, newTimes, 0, tail);
        System.arraycopy(times, 0, newTimes, tail, first);
        ends = newEnds;
        times = newTimes;
        first = 0;
        return true;
    }

    /** Forgets all that the number acknowledges. @return when the first segment was sent that ends there, {@link #NONE} without one */
    long acknowledge(int number) {
        int mask = ends.length - 1;
        long found = NONE;
        if (ordered) {
            while (size > 0 && !SeqNumber.isBefore(number, ends[first])) {
                found = found == NONE && ends[first] == number ? times[first] : found;
                first = first + 1 & mask;
                size--;
            }
            return found;
        }
        int kept = 0;
        boolean stillOrdered = true;
        for (int i = 0; i < size; i++) {
            int from = first + i & mask;
            if (SeqNumber.isBefore(number, ends[from])) {
                int to = first + kept & mask;
                ends[to] = ends[from];
                times[to] = times[from];
                stillOrdered &= kept == 0 || !SeqNumber.isBefore(ends[to], ends[to - 1 & mask]);
                kept++;
            } else if (found == NONE && ends[from] == number) {
                found = times[from];
            }
        }
        size = kept;
        ordered = stillOrdered;
        return found;
    }
}
