package phalanx.show.charts;

import phalanx.show.Selection;

/**
 * A stretch of time cut into steps for drawing. Steps begin at multiples of their length from the begin of the recording, so that
 * values do not change while the picture moves. Any thread.
 *
 * @param originNanos begin of the recording
 * @param lastNanos its end
 * @param range what is drawn
 * @param pixels its width
 * @param stepNanos 1, 2 or 5 times a power of ten
 */
record Window(long originNanos, long lastNanos, Selection.Range range, int pixels, long stepNanos) {
    /** Counts need few pixels. Shares need more: of one packet nothing but 0 or 100 per cent can be lost. */
    private static final int PIXELS_A_STEP = 6, STEPS_A_SHARE = 5;

    static Window of(long originNanos, long lastNanos, Selection.Range range, int pixels) {
        double least = (double) (range.toNanos() - range.fromNanos()) * PIXELS_A_STEP / Math.max(1, pixels);
        return new Window(originNanos, lastNanos, range, pixels, Math.max(1, Math.round(PlotTheme.step(least))));
    }

    /** The same in steps long enough for shares. */
    Window coarse() {
        return new Window(originNanos, lastNanos, range, pixels, stepNanos * STEPS_A_SHARE);
    }

    /** Begin of the first step that is drawn. */
    long firstStepNanos() {
        long from = Math.max(originNanos, range.fromNanos());
        return originNanos + Math.floorDiv(from - originNanos, stepNanos) * stepNanos;
    }

    /** Steps until the end of the picture or of the recording. */
    int steps() {
        long to = Math.min(lastNanos, range.toNanos());
        return to < firstStepNanos() ? 0 : (int) ((to - firstStepNanos()) / stepNanos) + 1;
    }

    /** Begin of a step in seconds since the begin of the recording. */
    double begin(int step) {
        return seconds(firstStepNanos() + step * stepNanos);
    }

    double seconds(long nanos) {
        return (nanos - originNanos) / 1e9;
    }

    /** Nanoseconds that a pixel is wide. */
    double pixelNanos() {
        return (double) (range.toNanos() - range.fromNanos()) / Math.max(1, pixels);
    }
}
