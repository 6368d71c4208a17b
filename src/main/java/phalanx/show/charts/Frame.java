package phalanx.show.charts;

import java.awt.geom.Rectangle2D;
import phalanx.show.Selection;

/**
 * Where on the drawing the charts lie: all of the same height, below each other, with the time axis on one line. Pixels. Any thread.
 *
 * @param width of the whole drawing
 * @param rowHeight of each chart with its header
 * @param fontSize of the desk
 * @param top where the first chart begins
 */
record Frame(double width, double rowHeight, double fontSize, double top) {
    private static final double RIGHT = 14, BELOW = 8;

    double left() {
        return 4 + 6.6 * fontSize;
    }

    double header() {
        return fontSize + 12;
    }

    /** Height of the time axis below the charts. */
    double axisHeight() {
        return fontSize + 12;
    }

    double plotWidth() {
        return Math.max(1, width - left() - RIGHT);
    }

    Rectangle2D plot(int row) {
        return new Rectangle2D.Double(
                left(), rowTop(row) + header(), plotWidth(), Math.max(10, rowHeight - header() - BELOW));
    }

    double rowTop(int row) {
        return top + row * rowHeight;
    }

    /** The chart at that height. */
    int row(double y) {
        return (int) Math.floor((y - top) / rowHeight);
    }

    /** The same further down. */
    Frame below(double by) {
        return new Frame(width, rowHeight, fontSize, top + by);
    }

    double x(long nanos, Selection.Range window) {
        return left()
                + plotWidth()
                        * ((double) (nanos - window.fromNanos()) / Math.max(1, window.toNanos() - window.fromNanos()));
    }

    /** The time at a place, within the window. */
    long nanos(double x, Selection.Range window) {
        double share = Math.clamp((x - left()) / plotWidth(), 0, 1);
        return window.fromNanos() + Math.round(share * (window.toNanos() - window.fromNanos()));
    }
}
