package phalanx.show.map;

import java.util.Collection;
import phalanx.topology.Layout;

/**
 * From places of the layout to pixels of the canvas. The picture is stretched as a whole to use its room, then zoomed. Immutable.
 *
 * @param text so many times the usual size of texts
 * @param zoom of nodes and texts, 1 for their usual size
 * @param stretchX and {@code stretchY} of the distances between nodes, beside the zoom
 */
record Viewport(double text, double zoom, double stretchX, double stretchY, double left, double top) {
    static final double LEAST = 0.04, MOST = 4;
    /** Room for half a node with its label at the border. */
    private static final double ASIDE = 76, ABOVE = 66, BELOW = 58;

    /** Half of a label where everything is small but texts, which stay as large as can be read. */
    private static final double LABEL = 46;

    private static final double TIGHT_X = 0.62, WIDE_X = 1.9, TIGHT_Y = 0.72, WIDE_Y = 2.2;
    /** So much larger than the size of the desk's texts where there is plenty of room. */
    private static final double LARGE = 1.25;

    /** Everything in view: pushed together before it gets smaller, somewhat larger where it has the room. */
    static Viewport fit(Collection<Layout.Point> points, double width, double height, double text) {
        double left = points.stream().mapToDouble(Layout.Point::x).min().orElse(0);
        double right = points.stream().mapToDouble(Layout.Point::x).max().orElse(0);
        double top = points.stream().mapToDouble(Layout.Point::y).min().orElse(0);
        double bottom = points.stream().mapToDouble(Layout.Point::y).max().orElse(0);
        double across = Math.max(1, right - left);
        double down = Math.max(1, bottom - top);
        double tight = Math.min(width / (across * TIGHT_X + 2 * ASIDE), height / (down * TIGHT_Y + ABOVE + BELOW));
        double easy = Math.min(width / (across + 2 * ASIDE), height / (down + ABOVE + BELOW));
        double zoom = Math.clamp(Math.max(Math.min(tight, text), Math.min(easy, LARGE * text)), LEAST, MOST);
        double roomX = Math.max(40, width - 2 * Math.max(ASIDE * zoom, LABEL * text));
        double roomY = Math.max(0, height - (ABOVE + BELOW) * zoom);
        double stretchX = Math.clamp(roomX / (across * zoom), TIGHT_X, WIDE_X);
        double stretchY = Math.clamp(Math.max(30, roomY) / (down * zoom), TIGHT_Y, WIDE_Y);
        return new Viewport(
                text,
                zoom,
                stretchX,
                stretchY,
                width / 2 - (left + right) / 2 * stretchX * zoom,
                ABOVE * zoom + roomY / 2 - (top + bottom) / 2 * stretchY * zoom);
    }

    double x(Layout.Point at) {
        return left + at.x() * stretchX * zoom;
    }

    double y(Layout.Point at) {
        return top + at.y() * stretchY * zoom;
    }

    /** The place of the layout that lies under a pixel. */
    Layout.Point at(double x, double y) {
        return new Layout.Point((x - left) / (stretchX * zoom), (y - top) / (stretchY * zoom));
    }

    /** Pixels between neighbouring columns. */
    double column() {
        return Layout.COLUMN * stretchX * zoom;
    }

    /** Pixels between neighbouring rows. */
    double row() {
        return Layout.ROW * stretchY * zoom;
    }

    Viewport moved(double right, double down) {
        return new Viewport(text, zoom, stretchX, stretchY, left + right, top + down);
    }

    /** Zoomed so that what is under a pixel stays there. */
    Viewport zoomed(double factor, double x, double y) {
        double to = Math.clamp(zoom * factor, LEAST, MOST);
        double by = to / zoom;
        return new Viewport(text, to, stretchX, stretchY, x - (x - left) * by, y - (y - top) * by);
    }
}
