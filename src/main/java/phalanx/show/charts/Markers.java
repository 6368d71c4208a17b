package phalanx.show.charts;

import java.awt.geom.Path2D;
import phalanx.show.Pen;

/** Shapes by which points of different series are told apart without colour. Any thread. */
final class Markers {
    private static final int CORNERS_OF_A_DISC = 8;

    private Markers() {}

    /** Adds the outline of a marker around a point; {@code number} chooses disc, square, diamond, triangle or its reverse. */
    static void append(Path2D path, int number, double x, double y, double radius) {
        double[] xs = new double[corners(number)];
        double[] ys = new double[xs.length];
        corners(number, x, y, radius, xs, ys);
        path.moveTo(xs[0], ys[0]);
        for (int i = 1; i < xs.length; i++) {
            path.lineTo(xs[i], ys[i]);
        }
        path.closePath();
    }

    /** Draws one marker. */
    static void fill(Pen pen, int number, double x, double y, double radius) {
        double[] xs = new double[corners(number)];
        double[] ys = new double[xs.length];
        corners(number, x, y, radius, xs, ys);
        pen.polygon(xs, ys);
    }

    private static int corners(int number) {
        return switch (number % 5) {
            case 0 -> CORNERS_OF_A_DISC;
            case 1, 2 -> 4;
            default -> 3;
        };
    }

    private static void corners(int number, double x, double y, double radius, double[] xs, double[] ys) {
        double turn = switch (number % 5) {
            case 0 -> Math.PI / CORNERS_OF_A_DISC;
            case 1 -> Math.PI / 4;
            case 2 -> 0;
            case 3 -> -Math.PI / 2;
            default -> Math.PI / 2;
        };
        double size = radius * (xs.length == 3 ? 1.35 : xs.length == 4 ? 1.25 : 1);
        for (int i = 0; i < xs.length; i++) {
            double angle = turn + 2 * Math.PI * i / xs.length;
            xs[i] = x + size * Math.cos(angle);
            ys[i] = y + size * Math.sin(angle);
        }
    }
}
