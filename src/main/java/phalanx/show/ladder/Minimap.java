package phalanx.show.ladder;

import javafx.scene.image.Image;
import org.jspecify.annotations.Nullable;
import phalanx.show.Palette;
import phalanx.show.Pen;

/** The whole ladder at the right edge: how much when, what was lost, what proves the finding, and a box around what is seen. One thread. */
final class Minimap {
    private static final int MOST_TICKS = 400;
    private static final double LEAST_BOX = 6;

    private final PixelInk ink;
    private @Nullable Drawn drawn;

    /** An image, and what it is of. */
    private record Drawn(LadderPicture picture, Palette palette, double height, Image image) {
        boolean is(LadderPicture wanted, Palette colours, double high) {
            return picture.equals(wanted) && palette.equals(colours) && height == high;
        }
    }

    /** @param paper whether it is drawn for paper */
    Minimap(boolean paper) {
        ink = new PixelInk(paper);
    }

    void paint(Pen pen, Viewport view, Palette palette) {
        double left = view.width() - Viewport.MINIMAP;
        pen.image(image(view, palette), left, view.head());
        pen.stroke(palette.rail(), 1);
        pen.line(left, view.head(), left, view.height());
        pen.fill(palette.warning());
        int[] proof = view.picture().proof();
        int step = Math.max(1, proof.length / MOST_TICKS);
        for (int i = 0; i < proof.length; i += step) {
            double y = y(view, view.picture().scale().height(proof[i]));
            pen.rectangle(view.width() - 7, y - 1, 7, 2, 0);
        }
        double top = y(view, view.rowsAt(view.head()));
        double bottom = Math.max(top + LEAST_BOX, y(view, view.rowsAt(view.height())));
        pen.stroke(palette.selection(), 2);
        pen.frame(
                left + 1.5,
                Math.max(view.head() + 1, top),
                Viewport.MINIMAP - 3,
                bottom - Math.max(view.head(), top) - 1,
                3);
    }

    /** Whether a place of the ladder is on it. */
    static boolean isAt(Viewport view, double x, double y) {
        return x > view.width() - Viewport.MINIMAP && y > view.head();
    }

    /** The height in rows that a point of the overview stands for. */
    static double rowsAt(Viewport view, double y) {
        return (y - view.head()) / view.bodyHeight() * rows(view);
    }

    private static double y(Viewport view, double rows) {
        return Math.clamp(view.head() + rows / rows(view) * view.bodyHeight(), view.head(), view.height());
    }

    private static double rows(Viewport view) {
        return view.picture().scale().bottom();
    }

    private Image image(Viewport view, Palette palette) {
        Drawn known = drawn;
        if (known == null || !known.is(view.picture(), palette, view.bodyHeight())) {
            int gaps = view.picture().crossings().gaps();
            double[][] lanes = new double[gaps][];
            for (int gap = 0; gap < gaps; gap++) {
                lanes[gap] = new double[] {
                    Viewport.MINIMAP * gap / gaps,
                    Math.max(Viewport.MINIMAP * (gap + 1) / gaps, Viewport.MINIMAP * gap / gaps + 2)
                };
            }
            ink.begin(0, 0, Viewport.MINIMAP, view.bodyHeight(), palette.background());
            new DensityPainter(ink, palette).paint(view.picture(), 0, rows(view) / view.bodyHeight(), lanes);
            known = new Drawn(view.picture(), palette, view.bodyHeight(), ink.image());
            drawn = known;
        }
        return known.image;
    }
}
