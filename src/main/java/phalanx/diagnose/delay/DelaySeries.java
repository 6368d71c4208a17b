package phalanx.diagnose.delay;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Investigation;
import phalanx.measure.SegmentTraffic;

/**
 * The packets of a segment in the order of departure, with how much longer than the fastest each took: a difference that no offset
 * between the clocks can falsify. Nanoseconds. Primitive arrays, index by index; one thread.
 */
final class DelaySeries {
    /** Waits below this are the scheduling of hosts. */
    private static final long NOISE_NANOS = 2_000_000;

    /** A link sends at one rate: so near the middle one must be the rate at which packets leave a queue. */
    private static final double SAME_RATE = 0.15;

    /** Part of the waiting packets that must leave at one rate. */
    private static final double MOST = 0.6;

    private static final int FEWEST = 20;

    /** Longer than this without a packet, and a queue may have grown unseen. */
    private static final long UNSEEN_NANOS = 50_000_000;

    final int[] journeys;
    final long[] departure;
    final long[] wait;
    private final int[] bits;

    DelaySeries(Investigation investigation, SegmentTraffic segment) {
        int from = segment.counts().from();
        PacketTable packets = investigation.packets(from);
        journeys = segment.delivered();
        int[] rows = Arrays.stream(journeys)
                .map(j -> investigation.journeys().row(j, from))
                .toArray();
        departure = Arrays.stream(rows)
                .mapToLong(row -> investigation.stitched().commonNanos(from, row))
                .toArray();
        bits = Arrays.stream(rows).map(row -> 8 * packets.ipLength(row)).toArray();
        long fastest = Arrays.stream(segment.delayNanos()).min().orElse(0);
        wait = Arrays.stream(segment.delayNanos()).map(delay -> delay - fastest).toArray();
    }

    int size() {
        return wait.length;
    }

    /** @param share 0..1  @return the wait that so many packets do not exceed, 0 without packets */
    long quantile(double share) {
        return quantile(wait, share);
    }

    static long quantile(long[] values, double share) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
    }

    /**
     * The rate of the link that packets wait for: packets that leave a queue one behind the other are spaced by their size over that
     * rate, whatever the sender did. Empty when the waits have another reason.
     *
     * @return bits of IP packets a second
     */
    OptionalDouble queueRate() {
        long waiting = Math.max(NOISE_NANOS, quantile(0.95) / 4);
        double[] rates = new double[size()];
        int count = 0;
        long before = Long.MIN_VALUE;
        for (int i = 0; i < size(); i++) {
            long arrival = departure[i] + wait[i];
            if (before != Long.MIN_VALUE && wait[i] > waiting && arrival > before) {
                rates[count++] = 1e9 * bits[i] / (arrival - before);
            }
            before = Math.max(before, arrival);
        }
        if (count < FEWEST) {
            return OptionalDouble.empty();
        }
        double[] sorted = Arrays.copyOf(rates, count);
        Arrays.sort(sorted);
        double middle = sorted[count / 2];
        long same = Arrays.stream(sorted)
                .filter(rate -> Math.abs(rate - middle) <= SAME_RATE * middle)
                .count();
        return same >= MOST * count && isQueue(middle) ? OptionalDouble.of(middle) : OptionalDouble.empty();
    }

    /**
     * Whether waits go up and down as in a queue of that rate: each packet waits as long as the one before, and until that one is sent,
     * less the time between them (Lindley 1952). A sender of even spacing comes out evenly as well, without any queue.
     */
    private boolean isQueue(double rate) {
        double changed = 0;
        double unexplained = 0;
        for (int i = 1; i < size(); i++) {
            long gap = departure[i] - departure[i - 1];
            if (gap < UNSEEN_NANOS && Math.max(wait[i], wait[i - 1]) > NOISE_NANOS) {
                double foreseen = Math.max(0, wait[i - 1] + 1e9 * bits[i - 1] / rate - gap);
                changed += Math.abs((double) wait[i] - wait[i - 1]);
                unexplained += Math.abs(wait[i] - foreseen);
            }
        }
        return changed > 0 && unexplained <= changed / 2;
    }

    /** Packets that left at least so long after the one before among them: they tell more than those of one burst. */
    int[] spaced(long nanos) {
        long[] last = {Long.MIN_VALUE};
        return IntStream.range(0, size())
                .filter(i -> {
                    boolean apart = last[0] == Long.MIN_VALUE || departure[i] - last[0] >= nanos;
                    last[0] = apart ? departure[i] : last[0];
                    return apart;
                })
                .toArray();
    }

    /**
     * The smallest wait in each stretch of time that had packets.
     *
     * @return {@code {begin index, end index, smallest wait}} of each, in order of time
     */
    long[][] floors(long stretchNanos) {
        int[] begins = IntStream.range(0, size())
                .filter(i -> i == 0 || departure[i] / stretchNanos != departure[i - 1] / stretchNanos)
                .toArray();
        long[][] floors = new long[begins.length][];
        for (int k = 0; k < begins.length; k++) {
            int end = k + 1 < begins.length ? begins[k + 1] : size();
            floors[k] = new long[] {
                begins[k], end, Arrays.stream(wait, begins[k], end).min().orElse(0)
            };
        }
        return floors;
    }
}
