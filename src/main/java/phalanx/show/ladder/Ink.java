package phalanx.show.ladder;

import javafx.scene.paint.Color;
import phalanx.show.Pen;

/**
 * What the lines of a ladder are drawn with. On paper that is the {@link Pen}; on the screen it is {@link PixelInk}, as a stroke of the
 * toolkit costs the area of the box around it, and hundreds of long slanting ones make frames of 140 ms.
 */
interface Ink {
    /** @param dashes lengths of stroke and gap, none for solid */
    void line(Color colour, double width, double[] dashes, double x1, double y1, double x2, double y2);

    /** A filled rectangle. */
    void band(Color colour, double x, double y, double width, double height);

    /** Leaves no trace. */
    Ink NONE = new Ink() {
        @Override
        public void line(Color colour, double width, double[] dashes, double x1, double y1, double x2, double y2) {}

        @Override
        public void band(Color colour, double x, double y, double width, double height) {}
    };

    /** Ink that is strokes of a pen. */
    static Ink of(Pen pen) {
        return new Ink() {
            @Override
            public void line(Color colour, double width, double[] dashes, double x1, double y1, double x2, double y2) {
                pen.stroke(colour, width, dashes);
                pen.line(x1, y1, x2, y2);
            }

            @Override
            public void band(Color colour, double x, double y, double width, double height) {
                pen.fill(colour);
                pen.rectangle(x, y, width, height, 0);
            }
        };
    }
}
