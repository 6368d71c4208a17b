package phalanx.show.charts;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import phalanx.show.Palette;
import phalanx.show.Pen;

/** The line above a chart: its title, then what its lines are called, each with a sample of its dash and marker. One thread. */
final class PanelHeader {
    private static final double SAMPLE = 22, GAP = 14, LEFT = 16;
    private static final FontRenderContext METRICS = new FontRenderContext(null, true, true);

    private final Palette palette;
    private final Frame frame;

    PanelHeader(Palette palette, Frame frame) {
        this.palette = palette;
        this.frame = frame;
    }

    void draw(Pen pen, Panel panel, int row, boolean active) {
        double y = frame.rowTop(row) + frame.header() / 2;
        double end = frame.left() + frame.plotWidth();
        pen.font(frame.fontSize(), true);
        pen.fill(active ? palette.selection() : palette.text());
        if (active) {
            pen.text("\u25b8", 3, y, Pen.Align.LEFT, LEFT);
        }
        pen.text(panel.title(), LEFT, y, Pen.Align.LEFT, end - LEFT);
        double x = titleEnd(panel, frame) + GAP;
        double small = 0.88 * frame.fontSize();
        pen.font(small, false);
        for (Layer layer : ChartsPainter.legend(panel)) {
            double room = width(layer.name(), small, Font.PLAIN) + 4;
            if (x + SAMPLE + room > end) {
                pen.fill(palette.soft());
                pen.text("\u2026", x, y, Pen.Align.LEFT, GAP);
                return;
            }
            sample(pen, layer, x, y);
            pen.font(small, false);
            pen.fill(palette.text());
            pen.text(layer.name(), x + SAMPLE + 4, y, Pen.Align.LEFT, room);
            x += SAMPLE + 4 + room + GAP;
        }
        if (!panel.note().isEmpty() && end - x > 60) {
            pen.fill(palette.soft());
            pen.text(panel.note(), x, y, Pen.Align.LEFT, end - x);
        }
    }

    private void sample(Pen pen, Layer layer, double x, double y) {
        switch (layer.form()) {
            case LINE, STEPS -> {
                float[] dash = layer.ink().dash();
                double[] lengths = new double[dash.length];
                for (int i = 0; i < dash.length; i++) {
                    lengths[i] = dash[i];
                }
                pen.stroke(layer.ink().colour(palette), 2, lengths);
                pen.line(x, y, x + SAMPLE, y);
            }
            case BAND, RANGES -> {
                pen.fill(layer.ink().colour(palette).deriveColor(0, 1, 1, 0.3));
                pen.rectangle(x, y - 4, SAMPLE, 8, 0);
            }
            case BARS -> {
                pen.stroke(layer.ink().colour(palette), 2);
                for (double at = x + 5; at < x + SAMPLE; at += 6) {
                    pen.line(at, y - 5, at, y + 5);
                }
            }
            case DOTS -> {
                pen.fill(layer.ink().colour(palette));
                Markers.fill(pen, layer.ink().number(), x + SAMPLE / 2, y, 3.4);
            }
            case LETTERS -> {
                pen.fill(layer.ink().colour(palette));
                pen.font(0.88 * frame.fontSize(), true);
                pen.text(layer.mark(), x + SAMPLE / 2, y, Pen.Align.CENTER, SAMPLE);
            }
        }
    }

    /** Where the title of a chart ends. */
    static double titleEnd(Panel panel, Frame frame) {
        return LEFT + width(panel.title(), frame.fontSize(), Font.BOLD);
    }

    static double width(String text, double size, int style) {
        return new Font(Font.SANS_SERIF, style, 1)
                .deriveFont((float) size)
                .getStringBounds(text, METRICS)
                .getWidth();
    }
}
