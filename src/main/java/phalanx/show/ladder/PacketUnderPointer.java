package phalanx.show.ladder;

import phalanx.measure.PacketFates;
import phalanx.show.Palette;

/** Finds the packet that a point on the ladder means. Any thread. */
final class PacketUnderPointer {
    private static final double REACH = 7, REACH_OF_SHADES = 3;
    private static final int MOST_LOOKED_AT = 20_000;

    private PacketUnderPointer() {}

    /** The rung nearest to a point, -1 when none is within reach. */
    static int at(Viewport view, double x, double y) {
        if (y < view.head() || x > view.width() - Viewport.MINIMAP || x < 0) {
            return -1;
        }
        return Detail.of(view) == Detail.DENSITY ? amongShades(view, y) : nearestArrow(view, x, y);
    }

    private static int nearestArrow(Viewport view, double x, double y) {
        ArrowPainter arrows = new ArrowPainter(Ink.NONE, view, Palette.LIGHT);
        boolean onText = x > view.right() || x < view.left();
        int nearest = -1;
        double least = REACH;
        for (int rung : LadderPainter.arrows(view)) {
            double distance =
                    onText ? Math.abs(view.y(view.picture().scale().height(rung)) - y) : arrows.distance(rung, x, y);
            if (distance < least) {
                least = distance;
                nearest = rung;
            }
        }
        return nearest;
    }

    /** What is marked comes first, as that is what one aims at; else the packet nearest in time. */
    private static int amongShades(Viewport view, double y) {
        LadderPicture picture = view.picture();
        int from = picture.scale().firstAt(view.rowsAt(y - REACH_OF_SHADES));
        int to = Math.min(picture.scale().firstAt(view.rowsAt(y + REACH_OF_SHADES)), from + MOST_LOOKED_AT);
        int again = -1;
        for (int rung = from; rung < to; rung++) {
            if (picture.has(rung, PacketFates.LOST)) {
                return rung;
            }
            again = again < 0 && picture.has(rung, PacketFates.AGAIN) ? rung : again;
        }
        if (again >= 0) {
            return again;
        }
        return from < to ? Math.min(to - 1, Math.max(from, picture.scale().firstAt(view.rowsAt(y)))) : -1;
    }
}
