package phalanx.show.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.function.DoubleFunction;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;
import org.jspecify.annotations.Nullable;
import phalanx.show.Graphics2DPen;
import phalanx.show.Palette;

/** Makes JFreeChart's plots and axes look like the desk: its colours, its font, its way to write figures. One thread. */
final class PlotTheme {
    private final Palette palette;
    private final Font font;

    PlotTheme(Palette palette, double fontSize) {
        this.palette = palette;
        font = new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont((float) (0.85 * fontSize));
    }

    void apply(XYPlot plot) {
        Color rail = Graphics2DPen.awt(palette.rail());
        plot.setBackgroundPaint(Graphics2DPen.awt(palette.background()));
        plot.setOutlinePaint(rail);
        plot.setOutlineStroke(new BasicStroke(1));
        plot.setInsets(RectangleInsets.ZERO_INSETS);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        Color grid = new Color(rail.getRed(), rail.getGreen(), rail.getBlue(), 130);
        plot.setDomainGridlinePaint(grid);
        plot.setRangeGridlinePaint(grid);
        BasicStroke fine = new BasicStroke(1);
        plot.setDomainGridlineStroke(fine);
        plot.setRangeGridlineStroke(fine);
    }

    /** An axis from one value to another. @param steps most labels that have room */
    NumberAxis axis(double low, double high, int steps, Write write) {
        NumberAxis axis = new NumberAxis();
        axis.setAutoRange(false);
        axis.setRange(low, high > low ? high : low + 1);
        double step = step((high - low) / Math.max(1, steps));
        axis.setTickUnit(new NumberTickUnit(step, new Labels(write.at(step))), false, true);
        axis.setTickLabelFont(font);
        axis.setTickLabelPaint(Graphics2DPen.awt(palette.soft()));
        axis.setAxisLinePaint(Graphics2DPen.awt(palette.rail()));
        axis.setTickMarkPaint(Graphics2DPen.awt(palette.rail()));
        axis.setTickLabelInsets(new RectangleInsets(1, 3, 1, 3));
        axis.setTickMarkOutsideLength(3);
        return axis;
    }

    /** The next of 1, 2, 5, 10, ... that is no smaller. */
    static double step(double least) {
        if (!(least > 0)) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        double digit = least / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }

    /** How the labels of an axis are written, given how far apart they are. */
    interface Write {
        DoubleFunction<String> at(double step);
    }

    /** Labels of an axis. */
    private static final class Labels extends NumberFormat {
        private static final long serialVersionUID = 1;

        private final transient DoubleFunction<String> write;

        Labels(DoubleFunction<String> write) {
            this.write = write;
        }

        @Override
        public StringBuffer format(double number, StringBuffer into, FieldPosition position) {
            return into.append(write.apply(number));
        }

        @Override
        public StringBuffer format(long number, StringBuffer into, FieldPosition position) {
            return format((double) number, into, position);
        }

        @Override
        public @Nullable Number parse(String source, ParsePosition position) {
            return null;
        }
    }
}
