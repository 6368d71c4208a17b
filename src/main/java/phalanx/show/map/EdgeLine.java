package phalanx.show.map;

import phalanx.topology.Layout;

/**
 * The course of an edge in pixels, from the border of one node to that of the other: straight, or bent aside. Immutable.
 *
 * @param xs and {@code ys} of its corners, two when it is straight
 */
record EdgeLine(double[] xs, double[] ys) {
    private static final int CORNERS = 15;

    static EdgeLine of(Viewport view, Layout.Point from, Layout.Point to, double bend, double gap) {
        double x1 = view.x(from);
        double y1 = view.y(from);
        double x2 = view.x(to);
        double y2 = view.y(to);
        double length = Math.hypot(x2 - x1, y2 - y1);
        if (bend == 0) {
            double share = length == 0 ? 0 : Math.min(0.5, gap / length);
            return new EdgeLine(
                    new double[] {x1 + share * (x2 - x1), x2 - share * (x2 - x1)},
                    new double[] {y1 + share * (y2 - y1), y2 - share * (y2 - y1)});
        }
        double[] xs = new double[CORNERS];
        double[] ys = new double[CORNERS];
        double aside = bend * view.stretchY() * view.zoom();
        double first = Math.min(0.3, 0.8 * gap / Math.max(1, length));
        for (int i = 0; i < CORNERS; i++) {
            double t = first + (1 - 2 * first) * i / (CORNERS - 1);
            xs[i] = x1 + t * (x2 - x1);
            ys[i] = y1 + t * (y2 - y1) + aside * 4 * t * (1 - t) * 0.9;
        }
        return new EdgeLine(xs, ys);
    }

    double length() {
        int last = xs.length - 1;
        return Math.hypot(xs[last] - xs[0], ys[last] - ys[0]);
    }

    boolean steep() {
        int last = xs.length - 1;
        return Math.abs(ys[last] - ys[0]) > 0.7 * Math.abs(xs[last] - xs[0]);
    }

    double x(double share) {
        return along(xs, share);
    }

    double y(double share) {
        return along(ys, share);
    }

    private static double along(double[] of, double share) {
        double at = share * (of.length - 1);
        int corner = Math.min(of.length - 2, (int) at);
        return of[corner] + (at - corner) * (of[corner + 1] - of[corner]);
    }

    /** The same course so many pixels beside it. */
    EdgeLine beside(double pixels) {
        int last = xs.length - 1;
        double length = Math.max(1, length());
        double dx = -(ys[last] - ys[0]) / length * pixels;
        double dy = (xs[last] - xs[0]) / length * pixels;
        double[] movedX = new double[xs.length];
        double[] movedY = new double[ys.length];
        for (int i = 0; i < xs.length; i++) {
            movedX[i] = xs[i] + dx;
            movedY[i] = ys[i] + dy;
        }
        return new EdgeLine(movedX, movedY);
    }

    /** How far a pixel is from it. */
    double distance(double x, double y) {
        double least = Double.MAX_VALUE;
        for (int i = 0; i + 1 < xs.length; i++) {
            double dx = xs[i + 1] - xs[i];
            double dy = ys[i + 1] - ys[i];
            double along = Math.clamp(((x - xs[i]) * dx + (y - ys[i]) * dy) / Math.max(1e-9, dx * dx + dy * dy), 0, 1);
            least = Math.min(least, Math.hypot(x - xs[i] - along * dx, y - ys[i] - along * dy));
        }
        return least;
    }
}
