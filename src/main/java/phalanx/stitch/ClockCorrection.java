package phalanx.stitch;

import java.util.List;

/**
 * What is known of a clock apart from its offset: its steps and its drift.
 *
 * @param firstNanos stamp of the capture's first frame, where the drift counts from
 * @param driftPpm against the reference clock
 */
record ClockCorrection(long firstNanos, double driftPpm, List<ClockAlignment.Step> steps) {
    long correct(long stamp, int row) {
        return ClockAlignment.steady(stamp, row, firstNanos, driftPpm, steps);
    }
}
