package phalanx.show;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/** Draws onto a Java 2D surface: a picture in memory, or a document of SVG or PDF behind that interface. One thread. */
public final class Graphics2DPen implements Pen {
    private static final float MITER_LIMIT = 10;

    private final Graphics2D g;
    private java.awt.Color stroke = java.awt.Color.BLACK;
    private java.awt.Color fill = java.awt.Color.BLACK;
    private @Nullable Shape unclipped;

    public Graphics2DPen(Graphics2D g) {
        this.g = g;
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    }

    /** The same colour of the other toolkit. */
    public static java.awt.Color awt(Color colour) {
        return new java.awt.Color((float) colour.getRed(), (float) colour.getGreen(), (float) colour.getBlue(), (float)
                colour.getOpacity());
    }

    /** The same picture of the other toolkit. */
    public static BufferedImage awt(Image image) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        copy.setRGB(0, 0, width, height, pixels, 0, width);
        return copy;
    }

    @Override
    public void stroke(Color colour, double width, double... dashes) {
        stroke = awt(colour);
        float[] dashed = new float[dashes.length];
        for (int i = 0; i < dashes.length; i++) {
            dashed[i] = (float) dashes[i];
        }
        g.setStroke(new BasicStroke(
                (float) width,
                BasicStroke.CAP_SQUARE,
                BasicStroke.JOIN_MITER,
                MITER_LIMIT,
                dashed.length == 0 ? null : dashed,
                0));
    }

    @Override
    public void fill(Color colour) {
        fill = awt(colour);
    }

    @Override
    public void font(double size, boolean bold) {
        g.setFont(new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) size));
    }

    @Override
    public void monospaced(double size, boolean bold) {
        g.setFont(new Font(Font.MONOSPACED, bold ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) size));
    }

    @Override
    public void line(double x1, double y1, double x2, double y2) {
        draw(new Line2D.Double(x1, y1, x2, y2));
    }

    @Override
    public void polyline(double[] xs, double[] ys, int count) {
        if (count > 1) {
            draw(path(xs, ys, count));
        }
    }

    @Override
    public void polygon(double[] xs, double[] ys) {
        fill(closed(xs, ys));
    }

    @Override
    public void outline(double[] xs, double[] ys) {
        draw(closed(xs, ys));
    }

    @Override
    public void rectangle(double x, double y, double width, double height, double radius) {
        fill(rounded(x, y, width, height, radius));
    }

    @Override
    public void frame(double x, double y, double width, double height, double radius) {
        draw(rounded(x, y, width, height, radius));
    }

    @Override
    public void ellipse(double x, double y, double width, double height) {
        fill(new Ellipse2D.Double(x, y, width, height));
    }

    @Override
    public void ring(double x, double y, double width, double height) {
        draw(new Ellipse2D.Double(x, y, width, height));
    }

    @Override
    public void text(String whole, double x, double y, Align align, double room) {
        double wide = g.getFontMetrics().stringWidth(whole);
        String text = wide <= LEGIBLE * Math.max(1, room)
                ? whole
                : whole.substring(0, (int) Math.max(0, Math.floor(whole.length() * room / wide) - 1)) + "\u2026";
        double width = g.getFontMetrics().stringWidth(text);
        double squeeze = width > room ? Math.max(1, room) / width : 1;
        double left = switch (align) {
            case LEFT -> x;
            case CENTER -> x - width * squeeze / 2;
            case RIGHT -> x - width * squeeze;
        };
        AffineTransform before = g.getTransform();
        g.translate(left, y + g.getFont().getSize2D() * 0.35); // the middle of letters lies there, over the base line
        g.scale(squeeze, 1);
        g.setColor(fill);
        g.drawString(text, 0, 0);
        g.setTransform(before);
    }

    @Override
    public void image(Image image, double x, double y) {
        g.drawImage(awt(image), AffineTransform.getTranslateInstance(x, y), null);
    }

    @Override
    public void clip(double x, double y, double width, double height) {
        unclipped = g.getClip();
        g.clip(new Rectangle2D.Double(x, y, width, height));
    }

    @Override
    public void unclip() {
        g.setClip(unclipped);
    }

    @Override
    public Graphics2D graphics() {
        return (Graphics2D) g.create();
    }

    private void draw(Shape shape) {
        g.setColor(stroke);
        g.draw(shape);
    }

    private void fill(Shape shape) {
        g.setColor(fill);
        g.fill(shape);
    }

    private static Path2D path(double[] xs, double[] ys, int count) {
        Path2D path = new Path2D.Double();
        path.moveTo(xs[0], ys[0]);
        for (int i = 1; i < count; i++) {
            path.lineTo(xs[i], ys[i]);
        }
        return path;
    }

    private static Path2D closed(double[] xs, double[] ys) {
        Path2D path = path(xs, ys, xs.length);
        path.closePath();
        return path;
    }

    private static Shape rounded(double x, double y, double width, double height, double radius) {
        return new RoundRectangle2D.Double(x, y, width, height, 2 * radius, 2 * radius);
    }
}
