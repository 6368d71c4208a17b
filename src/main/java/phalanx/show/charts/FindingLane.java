package phalanx.show.charts;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Palette;
import phalanx.show.Pen;

/**
 * The lane above the charts: a bar with its id for each finding, where it took place, and below them the marks of events; bars that would cover
 * each other stand below. One thread.
 */
final class FindingLane {
    private static final int MOST_ROWS = 3;
    private static final double GAP = 2;

    /** A finding at its place. */
    private record Bar(ChartPicture.Band band, double left, double right, int row) {}

    private final Frame frame;
    private final List<Bar> bars = new ArrayList<>();
    private final EventLane events;
    private int left;

    FindingLane(ChartPicture picture, Frame frame) {
        this.frame = frame;
        events = new EventLane(picture, frame);
        double[] ends = new double[MOST_ROWS];
        for (ChartPicture.Band band : picture.findings()) {
            double from = Math.max(frame.left(), frame.x(band.range().fromNanos(), picture.window()));
            double to = Math.min(
                    frame.left() + frame.plotWidth(), frame.x(band.range().toNanos(), picture.window()));
            double right = Math.max(to, from + 2.2 * frame.fontSize());
            int row = 0;
            while (row < MOST_ROWS && ends[row] > from) {
                row++;
            }
            if (row == MOST_ROWS) {
                left++;
            } else {
                ends[row] = right + GAP;
                bars.add(new Bar(band, from, right, row));
            }
        }
    }

    private double rowHeight() {
        return frame.fontSize() + 4;
    }

    /** Pixels; 0 without findings and events. */
    double height() {
        return above() + events.height();
    }

    /** Height of the findings alone. */
    private double above() {
        int rows = bars.stream().mapToInt(Bar::row).max().orElse(-1) + 1;
        return rows == 0 ? 0 : rows * rowHeight() + 4;
    }

    void draw(Pen pen, Palette palette, String more) {
        pen.fill(palette.background());
        pen.rectangle(0, 0, frame.width(), height(), 0);
        events.draw(pen, palette, above());
        for (Bar bar : bars) {
            Color colour = palette.of(bar.band.severity());
            double y = 2 + bar.row * rowHeight();
            pen.fill(colour.deriveColor(0, 1, 1, bar.band.chosen() ? 0.45 : 0.16));
            pen.rectangle(bar.left, y, bar.right - bar.left, rowHeight() - GAP, 3);
            pen.stroke(colour, bar.band.chosen() ? 2 : 1);
            pen.frame(bar.left, y, bar.right - bar.left, rowHeight() - GAP, 3);
            pen.font(0.85 * frame.fontSize(), true);
            pen.fill(bar.band.chosen() ? palette.text() : colour);
            pen.text(
                    bar.band.id(), bar.left + 5, y + (rowHeight() - GAP) / 2, Pen.Align.LEFT, bar.right - bar.left - 6);
        }
        if (left > 0 && !more.isEmpty()) {
            pen.font(0.85 * frame.fontSize(), false);
            pen.fill(palette.soft());
            pen.text(more, 8, above() / 2, Pen.Align.LEFT, frame.left() - 12);
        }
    }

    /** Findings that found no place. */
    int hidden() {
        return left;
    }

    /** What other tools say that happened at a place. */
    List<EventMark> eventsAt(double x, double y) {
        return y < above() ? List.of() : events.at(x);
    }

    /** The finding at a place, null for none. */
    @Nullable
    ExplainedFinding at(double x, double y) {
        return bars.stream()
                .filter(bar -> x >= bar.left && x <= bar.right && bar.row == (int) Math.floor((y - 2) / rowHeight()))
                .map(bar -> bar.band.told())
                .findFirst()
                .orElse(null);
    }
}
