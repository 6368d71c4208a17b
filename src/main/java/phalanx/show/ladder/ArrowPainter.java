package phalanx.show.ladder;

import javafx.scene.paint.Color;
import phalanx.measure.PacketFates;
import phalanx.show.Palette;
import phalanx.show.Pen;

/** Draws packets one by one: their ways with ink, what stands at their ends with a pen on top. One thread. */
final class ArrowPainter {
    private static final double[] SOLID = {}, DOTTED = {2, 4};
    private static final double TWIN = 3, CROSS = 4, BOOKMARK = 9;

    private final Ink ink;
    private final Viewport view;
    private final LadderPicture picture;
    private final Palette palette;
    private final double[] heights;

    ArrowPainter(Ink ink, Viewport view, Palette palette) {
        this.ink = ink;
        this.view = view;
        this.palette = palette;
        picture = view.picture();
        heights = new double[picture.perSide()];
    }

    /** Colour of a rung; what happened to it comes before its direction. */
    private Color colour(int rung) {
        int fate = picture.fate(rung);
        if ((fate & PacketFates.LOST) != 0) {
            return palette.critical();
        }
        if ((fate & PacketFates.AGAIN) != 0) {
            return palette.again();
        }
        return (fate & PacketFates.TO_SERVER) != 0 ? palette.toServer() : palette.toClient();
    }

    /** Whether a rung that starts above the body reaches into it. */
    boolean reaches(int rung) {
        picture.heights(rung, heights);
        for (double height : heights) {
            if (view.y(height) > view.head()) {
                return true;
            }
        }
        return false;
    }

    /** Draws a packet's way, and a cross where it was lost. @param width of the line, pixels */
    void way(int rung, double width) {
        Color colour = colour(rung);
        double[] dashes = picture.has(rung, PacketFates.ICMP) ? DOTTED : SOLID;
        int last = through(rung, 0, colour, width, dashes);
        if (picture.has(rung, PacketFates.AGAIN)) {
            through(rung, TWIN, colour, width, dashes);
        }
        if (picture.has(rung, PacketFates.LOST)) {
            double x = x(rung, last);
            double y = view.y(heights[last]);
            double end = x + step(rung) * view.stub();
            double bold = Math.max(2, width);
            ink.line(colour, width, dashes, x, y, end, y + 2);
            ink.line(colour, bold, SOLID, end - CROSS, y + 2 - CROSS, end + CROSS, y + 2 + CROSS);
            ink.line(colour, bold, SOLID, end - CROSS, y + 2 + CROSS, end + CROSS, y + 2 - CROSS);
        }
    }

    /** Draws a wider line around a packet's way, to be drawn before it. */
    void outline(int rung, Color colour, double width) {
        through(rung, 0, colour, width, SOLID);
    }

    /** @return how many points it had passed when it was last seen */
    private int through(int rung, double lower, Color colour, double width, double[] dashes) {
        picture.heights(rung, heights);
        int last = -1;
        int seen = 0;
        for (int passed = 0; passed < heights.length; passed++) {
            if (!Double.isNaN(heights[passed])) {
                if (last >= 0) {
                    double from = view.y(heights[last]) + lower;
                    ink.line(
                            colour,
                            width,
                            dashes,
                            x(rung, last),
                            from,
                            x(rung, passed),
                            view.y(heights[passed]) + lower);
                }
                last = passed;
                seen++;
            }
        }
        if (seen == 1 && !picture.has(rung, PacketFates.LOST)) {
            double x = x(rung, last);
            double y = view.y(heights[last]) + lower;
            double reach = view.stub() * step(rung);
            ink.line(colour, width, dashes, x - reach, y, x + (heights.length == 1 ? reach : 0), y);
        }
        return last;
    }

    private double x(int rung, int passed) {
        return view.x(picture.column(rung, passed));
    }

    private int step(int rung) {
        return picture.toServer(rung) ? 1 : -1;
    }

    /** Draws the head of a packet's arrow where it was last seen; one that was lost has none. */
    void head(Pen pen, int rung) {
        picture.heights(rung, heights);
        int last = heights.length - 1;
        while (Double.isNaN(heights[last])) {
            last--;
        }
        double y = view.y(heights[last]);
        if (!picture.has(rung, PacketFates.LOST) && y > view.head() && y < view.height()) {
            int step = step(rung);
            double tip = x(rung, last) + (heights.length == 1 ? step * view.stub() : 0);
            double size = Math.min(8, 3.5 + view.zoom() / 4);
            pen.fill(colour(rung));
            pen.polygon(
                    new double[] {tip, tip - step * size, tip - step * size},
                    new double[] {y, y - size * 0.46, y + size * 0.46});
        }
    }

    /** Draws a dot on each sighting of a packet, a ring around the one at that capture point. */
    void sightings(Pen pen, int rung, int capture) {
        picture.heights(rung, heights);
        for (int passed = 0; passed < heights.length; passed++) {
            if (!Double.isNaN(heights[passed])) {
                double x = x(rung, passed);
                double y = view.y(heights[passed]);
                pen.fill(palette.selection());
                pen.ellipse(x - 4, y - 4, 8, 8);
                if (picture.columns().get(picture.column(rung, passed)).capture() == capture) {
                    pen.stroke(palette.selection(), 2);
                    pen.ring(x - 8, y - 8, 16, 16);
                }
            }
        }
    }

    /** Draws a bookmark where a packet was seen first. */
    void bookmark(Pen pen, int rung) {
        picture.heights(rung, heights);
        int first = 0;
        while (Double.isNaN(heights[first])) {
            first++;
        }
        double x = x(rung, first);
        double y = view.y(heights[first]);
        double half = BOOKMARK / 2;
        pen.fill(palette.background());
        pen.rectangle(x - half - 1.5, y - 2 * BOOKMARK - 1.5, BOOKMARK + 3, 2 * BOOKMARK + 1, 1);
        pen.fill(palette.selection());
        pen.polygon(
                new double[] {x - half, x + half, x + half, x, x - half},
                new double[] {y - 2 * BOOKMARK, y - 2 * BOOKMARK, y - 3, y - 3 - half, y - 3});
    }

    /** Distance of a point on the screen from a rung's arrow, pixels. */
    double distance(int rung, double px, double py) {
        picture.heights(rung, heights);
        double nearest = Double.MAX_VALUE;
        int last = -1;
        for (int passed = 0; passed < heights.length; passed++) {
            if (!Double.isNaN(heights[passed])) {
                double x = x(rung, passed);
                double y = view.y(heights[passed]);
                double beside = Math.max(0, Math.abs(px - x) - view.stub() - 2);
                nearest = Math.min(nearest, Math.hypot(beside, py - y));
                if (last >= 0) {
                    nearest = Math.min(nearest, distance(px, py, x(rung, last), view.y(heights[last]), x, y));
                }
                last = passed;
            }
        }
        return nearest;
    }

    private static double distance(double px, double py, double x1, double y1, double x2, double y2) {
        double length = Math.max(1, Math.hypot(x2 - x1, y2 - y1));
        double share = ((px - x1) * (x2 - x1) + (py - y1) * (y2 - y1)) / (length * length);
        double along = Math.clamp(share, 0.0, 1.0);
        return Math.hypot(px - x1 - along * (x2 - x1), py - y1 - along * (y2 - y1));
    }
}
