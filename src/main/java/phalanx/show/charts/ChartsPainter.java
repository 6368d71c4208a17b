package phalanx.show.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;
import phalanx.show.Graphics2DPen;
import phalanx.show.Palette;
import phalanx.show.Pen;
import phalanx.show.Selection;

/** Draws a picture of charts: to each a header with its legend and a plot of JFreeChart, one time axis for all. One thread. */
final class ChartsPainter {
    /** Room of a label along its axis, so many times the size of texts. */
    private static final double TIME_LABEL = 7, VALUE_LABEL = 2.6;

    private static final BasicStroke HAIR = new BasicStroke(1);
    private static final BasicStroke DASHED =
            new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {3, 3}, 0);
    private static final int EVENT = 120;
    private static final int FAINT = 9, CHOSEN = 22, SELECTED = 40;

    private final ChartPicture picture;
    private final Palette palette;
    private final Frame frame;
    private final PlotTheme theme;

    ChartsPainter(ChartPicture picture, Palette palette, Frame frame) {
        this.picture = picture;
        this.palette = palette;
        this.frame = frame;
        theme = new PlotTheme(palette, frame.fontSize());
    }

    /** The charts without the axis. @param active the row that the keyboard acts on, {@link Selection#NONE} for none */
    void charts(Pen pen, int active) {
        pen.fill(palette.background());
        pen.rectangle(
                0,
                frame.rowTop(0),
                frame.width(),
                frame.rowHeight() * picture.panels().size(),
                0);
        Graphics2D g = pen.graphics();
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont((float) frame.fontSize()));
        for (int row = 0; row < picture.panels().size(); row++) {
            if (picture.panels().get(row).empty().isEmpty()) {
                plot(g, row);
            }
        }
        g.dispose();
        for (int row = 0; row < picture.panels().size(); row++) {
            Panel panel = picture.panels().get(row);
            new PanelHeader(palette, frame).draw(pen, panel, row, row == active);
            if (!panel.empty().isEmpty()) {
                Rectangle2D area = frame.plot(row);
                pen.stroke(palette.rail(), 1, 4, 4);
                pen.frame(area.getX(), area.getY(), area.getWidth(), area.getHeight(), 4);
                pen.fill(palette.soft());
                pen.font(frame.fontSize(), false);
                pen.text(panel.empty(), area.getCenterX(), area.getCenterY(), Pen.Align.CENTER, area.getWidth() - 16);
            }
        }
    }

    /** The time axis, its line at height {@code y}. */
    void axis(Pen pen, double y) {
        pen.fill(palette.background());
        pen.rectangle(0, y, frame.width(), frame.axisHeight(), 0);
        Graphics2D g = pen.graphics();
        Rectangle2D above = new Rectangle2D.Double(frame.left(), y - 1, frame.plotWidth(), 1);
        Rectangle2D all = new Rectangle2D.Double(0, y, frame.width(), frame.axisHeight());
        timeAxis().draw(g, y, all, above, RectangleEdge.BOTTOM, null);
        g.dispose();
    }

    private NumberAxis timeAxis() {
        int labels = (int) Math.clamp(frame.plotWidth() / (TIME_LABEL * frame.fontSize()), 2, 20);
        return theme.axis(picture.fromSeconds(), picture.toSeconds(), labels, TimeLabels::every);
    }

    private void plot(Graphics2D g, int row) {
        Panel panel = picture.panels().get(row);
        Rectangle2D area = frame.plot(row);
        NumberAxis time = timeAxis();
        time.setVisible(false);
        int labels = (int) Math.clamp(area.getHeight() / (VALUE_LABEL * frame.fontSize()), 2, 8);
        NumberAxis value =
                theme.axis(panel.low(), panel.high(), labels, _ -> panel.chart().unit()::label);
        value.setAxisLineVisible(false);
        XYPlot plot =
                new XYPlot(new LayerDataset(panel.layers()), time, value, new LayerRenderer(palette, frame.fontSize()));
        theme.apply(plot);
        AxisSpace space = new AxisSpace();
        space.setLeft(frame.left());
        plot.setFixedRangeAxisSpace(space);
        plot.setFixedDomainAxisSpace(new AxisSpace());
        boolean chosen = picture.findings().stream().anyMatch(ChartPicture.Band::chosen);
        for (ChartPicture.Band band : picture.findings()) {
            if (band.chosen() || !chosen && !covers(band.range())) {
                Color colour = Graphics2DPen.awt(palette.of(band.severity()));
                plot.addDomainMarker(
                        shade(band.range(), colour, chosen ? CHOSEN : FAINT), org.jfree.chart.ui.Layer.BACKGROUND);
            }
        }
        Selection.Range selected = picture.selected();
        if (selected != null) {
            plot.addDomainMarker(
                    shade(selected, Graphics2DPen.awt(palette.selection()), SELECTED),
                    org.jfree.chart.ui.Layer.BACKGROUND);
        }
        for (EventMark mark : picture.marks()) {
            if (picture.window().contains(mark.event().nanos())) {
                boolean here = mark.equals(picture.chosen());
                Color colour = Graphics2DPen.awt(mark.isTrouble() ? palette.critical() : palette.selection());
                plot.addDomainMarker(
                        new ValueMarker(
                                picture.seconds(mark.event().nanos()),
                                new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), here ? 255 : EVENT),
                                here ? HAIR : DASHED),
                        org.jfree.chart.ui.Layer.BACKGROUND);
            }
        }
        plot.draw(g, new Rectangle2D.Double(0, area.getY(), area.getMaxX(), area.getHeight()), null, null, null);
    }

    /** Whether a stretch is most of what is seen, so that shading it would tell nothing. */
    private boolean covers(Selection.Range range) {
        double seen = (double) picture.window().toNanos() - picture.window().fromNanos();
        double both = (double) Math.min(range.toNanos(), picture.window().toNanos())
                - Math.max(range.fromNanos(), picture.window().fromNanos());
        return both > seen / 2;
    }

    private IntervalMarker shade(Selection.Range range, Color colour, int opacity) {
        Color faint = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), opacity);
        double from = Math.max(picture.fromSeconds(), picture.seconds(range.fromNanos()));
        double to = Math.min(picture.toSeconds(), picture.seconds(range.toNanos()));
        Color edge = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), Math.min(255, 3 * opacity));
        return new IntervalMarker(from, Math.max(from, to), faint, HAIR, edge, HAIR, 1);
    }

    /** The layers that have a place in the legend. */
    static List<Layer> legend(Panel panel) {
        return panel.layers().stream().filter(layer -> !layer.name().isEmpty()).toList();
    }
}
