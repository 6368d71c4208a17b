package phalanx.show;

import java.awt.Graphics2D;
import javafx.scene.image.Image;
import javafx.scene.paint.Color;

/**
 * What diagrams are drawn with, so that the same strokes go to the screen and into an SVG file. Lengths are in pixels, y grows
 * downwards. Colours, widths and fonts stay until set anew. One thread.
 */
public interface Pen {
    /** So many times too wide a text may be to be squeezed and still read; a wider one is cut. */
    double LEGIBLE = 1.12;

    /** Where a text's anchor lies. */
    enum Align {
        LEFT,
        CENTER,
        RIGHT
    }

    /** Of lines and outlines from now on; {@code dashes} are lengths of stroke and gap, none for solid. */
    void stroke(Color colour, double width, double... dashes);

    /** Of areas and texts from now on. */
    void fill(Color colour);

    /** Of texts from now on; {@code size} in pixels. */
    void font(double size, boolean bold);

    /** Of texts whose letters are all as wide from now on; {@code size} in pixels. */
    default void monospaced(double size, boolean bold) {
        font(size, bold);
    }

    void line(double x1, double y1, double x2, double y2);

    /** An open line through the first {@code count} points. */
    void polyline(double[] xs, double[] ys, int count);

    /** A filled area. */
    void polygon(double[] xs, double[] ys);

    /** The closed outline of an area. */
    void outline(double[] xs, double[] ys);

    /** A filled rectangle, its corners rounded by {@code radius}. */
    void rectangle(double x, double y, double width, double height, double radius);

    /** The outline of a rectangle. */
    void frame(double x, double y, double width, double height, double radius);

    /** A filled ellipse in that rectangle. */
    void ellipse(double x, double y, double width, double height);

    /** The outline of an ellipse. */
    void ring(double x, double y, double width, double height);

    /** A text in one line, its middle at height {@code y}; cut with an ellipsis to stay within {@code room}. */
    void text(String text, double x, double y, Align align, double room);

    /** A picture at its own size. */
    void image(Image image, double x, double y);

    /** Draws nothing outside that rectangle until {@link #unclip()}; clips do not nest. */
    void clip(double x, double y, double width, double height);

    void unclip();

    /** The same surface for libraries that draw by Java 2D; what they set there does not change what this pen has set. */
    default Graphics2D graphics() {
        throw new UnsupportedOperationException("this pen leads to no Java 2D surface");
    }
}
