package phalanx.show.charts;

import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.util.OptionalLong;
import phalanx.show.Palette;
import phalanx.show.Pen;

/** What moves over the charts: the crosshair with its read-outs, the selected packet, the stretch being dragged. One thread. */
final class CrosshairPainter {
    private final ChartPicture picture;
    private final Palette palette;
    private final Frame frame;
    private final Pen pen;

    CrosshairPainter(ChartPicture picture, Palette palette, Frame frame, Pen pen) {
        this.picture = picture;
        this.palette = palette;
        this.frame = frame;
        this.pen = pen;
    }

    /** A line through all charts at the selected packet. */
    void packet(OptionalLong nanos) {
        if (nanos.isPresent() && picture.window().contains(nanos.getAsLong())) {
            double x = frame.x(nanos.getAsLong(), picture.window());
            pen.stroke(palette.selection(), 2);
            upright(x);
        }
    }

    /** A line through all charts and what they say there. */
    void crosshair(long nanos) {
        if (!picture.window().contains(nanos)) {
            return;
        }
        double x = frame.x(nanos, picture.window());
        pen.stroke(palette.soft(), 1, 4, 3);
        upright(x);
        for (int row = 0; row < picture.panels().size(); row++) {
            String said = Readout.at(picture, picture.panels().get(row), picture.seconds(nanos));
            if (!said.isEmpty()) {
                say(said, row);
            }
        }
    }

    /** In the header, over the legend that it repeats. */
    private void say(String said, int row) {
        double size = 0.88 * frame.fontSize();
        double title = PanelHeader.titleEnd(picture.panels().get(row), frame) + 10;
        double right = frame.left() + frame.plotWidth();
        double width = Math.min(right - title, PanelHeader.width(said, size, Font.PLAIN) + 14);
        double top = frame.rowTop(row) + 2;
        double height = frame.header() - 4;
        pen.fill(palette.background());
        pen.rectangle(title, top, right - title, height, 0);
        pen.fill(palette.card());
        pen.rectangle(right - width, top, width, height, 4);
        pen.stroke(palette.rail(), 1);
        pen.frame(right - width, top, width, height, 4);
        pen.fill(palette.text());
        pen.font(size, false);
        pen.text(said, right - width + 7, top + height / 2, Pen.Align.LEFT, width - 12);
    }

    /** @param selects whether it will be the selected time range rather than a zoom */
    void drag(double from, double to, boolean selects) {
        double left = Math.clamp(Math.min(from, to), frame.left(), frame.left() + frame.plotWidth());
        double right = Math.clamp(Math.max(from, to), frame.left(), frame.left() + frame.plotWidth());
        for (int row = 0; row < picture.panels().size(); row++) {
            Rectangle2D area = frame.plot(row);
            pen.fill((selects ? palette.selection() : palette.soft()).deriveColor(0, 1, 1, 0.25));
            pen.rectangle(left, area.getY(), right - left, area.getHeight(), 0);
            pen.stroke(selects ? palette.selection() : palette.soft(), 1);
            pen.frame(left, area.getY(), right - left, area.getHeight(), 0);
        }
    }

    private void upright(double x) {
        double snapped = Math.floor(x) + 0.5;
        for (int row = 0; row < picture.panels().size(); row++) {
            Rectangle2D area = frame.plot(row);
            pen.line(snapped, area.getY(), snapped, area.getMaxY());
        }
    }
}
