package phalanx.stitch;

import java.util.List;

/**
 * How the clock of one capture reads on the reference clock. A stamp {@code s} reads
 * {@code s - offset - drift * (s - first) - sum of the steps at or before s}.
 *
 * @param reference true for the capture whose clock the others are read on
 * @param known false when nothing ties this clock to the reference; the numbers are then 0 and mean nothing
 * @param offsetNanos at {@code firstNanos}, before any step
 * @param boundNanos the offset's error is at most this over the whole capture, {@link Long#MAX_VALUE} when there is no bound.
 *     Offsets can be known only up to half the round trip between two points, as delay is not the same both ways
 * @param driftPpm how much faster this clock runs than the reference, parts per million
 * @param firstNanos stamp of the first frame of the capture
 * @param steps by time
 */
public record ClockAlignment(
        boolean reference,
        boolean known,
        long offsetNanos,
        long boundNanos,
        double driftPpm,
        long firstNanos,
        List<Step> steps) {
    /**
     * The clock was set.
     *
     * @param atNanos stamp of the first frame after it, on the capture's own clock
     * @param nanos by how much the clock jumped; negative when it was set back
     * @param frame number of that frame
     * @param row its row in the capture's table: where a clock was set back, stamps come twice and only the place in the file tells
     *     which side of the step a packet is on
     */
    public record Step(long atNanos, long nanos, long frame, int row) {}

    public ClockAlignment {
        steps = List.copyOf(steps);
    }

    /** Whether delays to and from other such clocks mean something. */
    public boolean tied() {
        return known && boundNanos < Long.MAX_VALUE;
    }

    /**
     * The same moment on the reference clock.
     *
     * @param stamp epoch nanoseconds on this capture's clock
     * @param row of the packet that bears it
     */
    public long toCommon(long stamp, int row) {
        return steady(stamp, row, firstNanos, driftPpm, steps) - offsetNanos;
    }

    /** The stamp as a clock would read that never stepped or drifted since {@code firstNanos}. */
    static long steady(long stamp, int row, long firstNanos, double driftPpm, List<Step> steps) {
        long steady = stamp - Math.round(driftPpm * 1e-6 * (stamp - firstNanos));
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).row <= row) {
                steady -= steps.get(i).nanos;
            }
        }
        return steady;
    }
}
