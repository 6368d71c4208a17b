package phalanx.show.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.AbstractXYItemRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.XYDataset;
import org.jspecify.annotations.Nullable;
import phalanx.show.Graphics2DPen;
import phalanx.show.Palette;

/** Draws each layer of a {@link LayerDataset} as one path, because a stroke for each point takes a hundred times as long. One thread. */
final class LayerRenderer extends AbstractXYItemRenderer {
    private static final long serialVersionUID = 1;
    private static final int BAND_OPACITY = 56, SOFT_OPACITY = 120;

    private final transient Palette palette;
    private final double fontSize;

    /** @param fontSize of the desk */
    LayerRenderer(Palette palette, double fontSize) {
        this.fontSize = fontSize;
        this.palette = palette;
    }

    @Override
    public void drawItem(
            Graphics2D g,
            XYItemRendererState state,
            Rectangle2D area,
            @Nullable PlotRenderingInfo info,
            XYPlot plot,
            ValueAxis time,
            ValueAxis value,
            XYDataset dataset,
            int series,
            int item,
            @Nullable CrosshairState crosshair,
            int pass) {
        if (item == state.getFirstItemIndex()) {
            draw(g, ((LayerDataset) dataset).layer(series), new Scale(area, time, value));
        }
    }

    private void draw(Graphics2D g, Layer layer, Scale scale) {
        Color colour = Graphics2DPen.awt(layer.ink().colour(palette));
        switch (layer.form()) {
            case LINE, STEPS -> {
                g.setColor(colour);
                g.setStroke(layer.ink().stroke(1.5f));
                g.draw(line(layer, scale));
                markAlone(g, layer, scale);
            }
            case BAND -> {
                g.setColor(faint(colour, BAND_OPACITY));
                g.fill(band(layer, scale));
            }
            case BARS -> {
                g.setColor(colour);
                g.setStroke(new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL));
                g.draw(bars(layer, scale));
            }
            case RANGES -> {
                g.setColor(faint(colour, SOFT_OPACITY));
                g.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL));
                g.draw(bars(layer, scale));
            }
            case DOTS -> {
                g.setColor(colour);
                Path2D all = new Path2D.Double();
                for (int i = 0; i < layer.points(); i++) {
                    Markers.append(
                            all, layer.ink().number(), scale.x(layer.seconds()[i]), scale.y(layer.high()[i]), 2.6);
                }
                g.fill(all);
            }
            case LETTERS -> letters(g, layer, scale, colour);
        }
    }

    private static Color faint(Color colour, int opacity) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), opacity);
    }

    private static Path2D line(Layer layer, Scale scale) {
        Path2D path = new Path2D.Double();
        boolean down = false;
        for (int i = 0; i < layer.points(); i++) {
            if (Double.isNaN(layer.high()[i])) {
                if (down && layer.form() == Layer.Form.STEPS) {
                    path.lineTo(
                            scale.x(layer.seconds()[i]), path.getCurrentPoint().getY());
                }
                down = false;
                continue;
            }
            double x = scale.x(layer.seconds()[i]);
            double y = scale.y(layer.high()[i]);
            if (!down) {
                path.moveTo(x, y);
            } else {
                if (layer.form() == Layer.Form.STEPS) {
                    path.lineTo(x, path.getCurrentPoint().getY());
                }
                path.lineTo(x, y);
            }
            down = true;
        }
        return path;
    }

    /** A value between two gaps makes no line: it is marked, unless it is 0 and says nothing. */
    private static void markAlone(Graphics2D g, Layer layer, Scale scale) {
        Path2D all = new Path2D.Double();
        double[] values = layer.high();
        for (int i = 0; i < values.length; i++) {
            boolean alone =
                    (i == 0 || Double.isNaN(values[i - 1])) && (i + 1 == values.length || Double.isNaN(values[i + 1]));
            if (alone && !Double.isNaN(values[i]) && values[i] != 0) {
                Markers.append(all, layer.ink().number(), scale.x(layer.seconds()[i]), scale.y(values[i]), 2.6);
            }
        }
        g.fill(all);
    }

    private static Path2D band(Layer layer, Scale scale) {
        Path2D path = new Path2D.Double();
        int begin = 0;
        while (begin < layer.points()) {
            int end = begin;
            while (end < layer.points() && !Double.isNaN(layer.high()[end])) {
                end++;
            }
            if (end - begin > 1) {
                path.moveTo(scale.x(layer.seconds()[begin]), scale.y(layer.high()[begin]));
                for (int i = begin + 1; i < end; i++) {
                    path.lineTo(scale.x(layer.seconds()[i]), scale.y(layer.high()[i]));
                }
                for (int i = end - 1; i >= begin; i--) {
                    path.lineTo(scale.x(layer.seconds()[i]), scale.y(layer.low()[i]));
                }
                path.closePath();
            }
            begin = end + 1;
        }
        return path;
    }

    private static Path2D bars(Layer layer, Scale scale) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < layer.points(); i++) {
            double x = scale.x(layer.seconds()[i]);
            double top = scale.y(layer.high()[i]);
            double bottom = scale.y(layer.low()[i]);
            double more = Math.max(0, (2.5 - (bottom - top)) / 2); // a single byte is to be seen, too
            path.moveTo(x, top - more);
            path.lineTo(x, bottom + more);
        }
        return path;
    }

    private void letters(Graphics2D g, Layer layer, Scale scale, Color colour) {
        g.setColor(colour);
        g.setFont(g.getFont().deriveFont(Font.BOLD, (float) (0.77 * fontSize)));
        float shift = g.getFontMetrics().stringWidth(layer.mark()) / 2f;
        for (int i = 0; i < layer.points(); i++) {
            g.drawString(
                    layer.mark(), (float) scale.x(layer.seconds()[i]) - shift, (float) scale.y(layer.high()[i]) - 4);
        }
    }

    /** From values to pixels. */
    private record Scale(Rectangle2D area, ValueAxis time, ValueAxis value) {
        double x(double seconds) {
            return time.valueToJava2D(seconds, area, RectangleEdge.BOTTOM);
        }

        double y(double of) {
            return value.valueToJava2D(of, area, RectangleEdge.LEFT);
        }
    }
}
