package phalanx.stitch;

/** Sorts many items by time without an object for each: a stable merge sort of indexes. Any thread. */
public final class TimeOrder {
    private TimeOrder() {}

    /** Indexes of {@code times} in ascending order, equal times in index order. */
    public static int[] of(long[] times) {
        int[] order = new int[times.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        int[] spare = new int[times.length];
        for (int width = 1; width < order.length; width *= 2) {
            for (int begin = 0; begin < order.length; begin += 2 * width) {
                int middle = Math.min(begin + width, order.length);
                merge(times, order, spare, begin, middle, Math.min(middle + width, order.length));
            }
            int[] merged = spare;
            spare = order;
            order = merged;
        }
        return order;
    }

    /** Whether no time is before the one that stands before it, so that there is nothing to sort. */
    public static boolean holds(long[] times) {
        for (int i = 1; i < times.length; i++) {
            if (times[i] < times[i - 1]) {
                return false;
            }
        }
        return true;
    }

    private static void merge(long[] times, int[] order, int[] into, int begin, int middle, int end) {
        if (middle == end || times[order[middle - 1]] <= times[order[middle]]) {
            System.arraycopy(order, begin, into, begin, end - begin); // in order already, as most of a capture is
            return;
        }
        int left = begin;
        int right = middle;
        for (int i = begin; i < end; i++) {
            boolean takeLeft = left < middle && (right >= end || times[order[left]] <= times[order[right]]);
            into[i] = takeLeft ? order[left++] : order[right++];
        }
    }
}
