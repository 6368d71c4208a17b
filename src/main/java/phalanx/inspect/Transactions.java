package phalanx.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** All transactions of a capture: what their time went to together, and the slowest of them. One thread while it is filled. */
public final class Transactions {
    private static final int SLOWEST = 50;

    private final long[] shares = new long[TimeShare.values().length];
    private final PriorityQueue<Transaction> slowest =
            new PriorityQueue<>(SLOWEST, Comparator.comparingLong(Transaction::nanos));
    private long count;

    /** @param of the stream's clock, read at once */
    void add(int stream, long frame, long startNanos, long[] of) {
        count++;
        long sum = 0;
        for (int i = 0; i < shares.length; i++) {
            shares[i] += of[i];
            sum += of[i];
        }
        if (slowest.size() == SLOWEST) {
            if (slowest.element().nanos() >= sum) {
                return;
            }
            slowest.remove();
        }
        slowest.add(new Transaction(stream, frame, startNanos, of));
    }

    public long count() {
        return count;
    }

    /** Nanoseconds of all together. */
    public long nanos(TimeShare share) {
        return shares[share.ordinal()];
    }

    /** At most fifty, the slowest first. */
    public List<Transaction> slowest() {
        List<Transaction> all = new ArrayList<>(slowest);
        all.sort(Comparator.comparingLong(Transaction::nanos).reversed().thenComparingLong(Transaction::frame));
        return all;
    }
}
