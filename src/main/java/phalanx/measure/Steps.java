package phalanx.measure;

import java.util.stream.IntStream;

/**
 * The time of an investigation cut into steps of a second, or of so many that there are no more than 1,800.
 *
 * @param firstNanos begin of the first step, on the reference clock
 * @param lengthNanos of each
 * @param count 0 when there is no packet
 */
record Steps(long firstNanos, long lengthNanos, int count) {
    private static final long SECOND = 1_000_000_000L;
    private static final int MOST = 1_800;

    /** @param first stamp of all  @param last of all, before {@code first} when there is none */
    static Steps between(long first, long last) {
        if (first > last || last - first < 0) { // no packet, or clocks centuries apart
            return new Steps(0, SECOND, 0);
        }
        long seconds = (last - first) / SECOND + 1;
        long length = (seconds + MOST - 1) / MOST;
        return new Steps(first, length * SECOND, (int) ((seconds + length - 1) / length));
    }

    /** The step of a time; one before the first or after the last belongs to none: -1. */
    int of(long nanos) {
        long step = Math.floorDiv(nanos - firstNanos, lengthNanos);
        return step < 0 || step >= count ? -1 : (int) step;
    }

    long[] begins() {
        return IntStream.range(0, count)
                .mapToLong(step -> firstNanos + step * lengthNanos)
                .toArray();
    }
}
