package phalanx.show;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;
import org.jfree.fx.FXGraphics2D;

/** Draws onto a canvas. Screen thread. */
public final class CanvasPen implements Pen {
    private static final double[] SOLID = {};
    /** No letter is wider, in shares of the font's size. */
    private static final double WIDEST_LETTER = 1.1;

    private static final Text MEASURE = new Text();

    private final GraphicsContext g;

    public CanvasPen(GraphicsContext g) {
        this.g = g;
        g.setTextBaseline(VPos.CENTER);
    }

    @Override
    public void stroke(Color colour, double width, double... dashes) {
        g.setStroke(colour);
        g.setLineWidth(width);
        g.setLineDashes(dashes.length == 0 ? SOLID : dashes);
    }

    @Override
    public void fill(Color colour) {
        g.setFill(colour);
    }

    @Override
    public void font(double size, boolean bold) {
        g.setFont(Font.font("System", bold ? FontWeight.BOLD : FontWeight.NORMAL, size));
    }

    @Override
    public void monospaced(double size, boolean bold) {
        g.setFont(Font.font("Monospaced", bold ? FontWeight.BOLD : FontWeight.NORMAL, size));
    }

    @Override
    public void line(double x1, double y1, double x2, double y2) {
        g.strokeLine(x1, y1, x2, y2);
    }

    @Override
    public void polyline(double[] xs, double[] ys, int count) {
        g.strokePolyline(xs, ys, count);
    }

    @Override
    public void polygon(double[] xs, double[] ys) {
        g.fillPolygon(xs, ys, xs.length);
    }

    @Override
    public void outline(double[] xs, double[] ys) {
        g.strokePolygon(xs, ys, xs.length);
    }

    @Override
    public void rectangle(double x, double y, double width, double height, double radius) {
        g.fillRoundRect(x, y, width, height, 2 * radius, 2 * radius);
    }

    @Override
    public void frame(double x, double y, double width, double height, double radius) {
        g.strokeRoundRect(x, y, width, height, 2 * radius, 2 * radius);
    }

    @Override
    public void ellipse(double x, double y, double width, double height) {
        g.fillOval(x, y, width, height);
    }

    @Override
    public void ring(double x, double y, double width, double height) {
        g.strokeOval(x, y, width, height);
    }

    @Override
    public void text(String text, double x, double y, Align align, double room) {
        g.setTextAlign(
                switch (align) {
                    case LEFT -> TextAlignment.LEFT;
                    case CENTER -> TextAlignment.CENTER;
                    case RIGHT -> TextAlignment.RIGHT;
                });
        g.fillText(shortened(text, room), x, y, Math.max(1, room));
    }

    /** As much of a text as fits; what is a little too wide is left to be squeezed. */
    private String shortened(String text, double room) {
        double widest = g.getFont().getSize() * WIDEST_LETTER;
        if (text.length() * widest <= room) {
            return text;
        }
        MEASURE.setFont(g.getFont());
        MEASURE.setText(text);
        double width = MEASURE.getLayoutBounds().getWidth();
        return width <= room * LEGIBLE
                ? text
                : text.substring(0, (int) Math.max(0, Math.floor(text.length() * room / width) - 1)) + "\u2026";
    }

    @Override
    public void image(Image image, double x, double y) {
        g.drawImage(image, x, y);
    }

    @Override
    public void clip(double x, double y, double width, double height) {
        g.save();
        g.beginPath();
        g.rect(x, y, width, height);
        g.clip();
    }

    @Override
    public void unclip() {
        g.restore();
    }

    /** To be disposed of by its user, which gives the canvas back as it was. */
    @Override
    public Graphics2D graphics() {
        FXGraphics2D surface = new FXGraphics2D(g);
        // JFreeChart puts back the hint that it finds, and this surface refuses to be given none.
        surface.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_DEFAULT);
        return surface;
    }
}
