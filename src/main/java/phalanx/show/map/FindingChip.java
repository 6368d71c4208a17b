package phalanx.show.map;

import phalanx.explain.ExplainedFinding;
import phalanx.show.Palette;
import phalanx.show.Pen;
import phalanx.show.TextRuler;

/** A finding's id on a plate of its severity's colour. */
final class FindingChip {
    private FindingChip() {}

    static double width(String text, double size) {
        return TextRuler.width(text, size, true) + 12;
    }

    static double height(double size) {
        return size + 6;
    }

    /**
     * Draws it around a centre.
     *
     * @param text the id, alone or with more
     * @param shown whether it is the selected finding, which gets a frame
     */
    static void draw(
            Pen pen,
            Palette palette,
            ExplainedFinding told,
            String text,
            double x,
            double y,
            double size,
            boolean shown) {
        double wide = width(text, size);
        double high = height(size);
        pen.fill(palette.of(told.finding().severity()));
        pen.rectangle(x - wide / 2, y - high / 2, wide, high, 5);
        if (shown) {
            pen.stroke(palette.text(), 1.5);
            pen.frame(x - wide / 2 - 2, y - high / 2 - 2, wide + 4, high + 4, 6);
        }
        pen.fill(palette.background());
        pen.font(size, true);
        pen.text(text, x, y, Pen.Align.CENTER, wide - 4);
    }
}
