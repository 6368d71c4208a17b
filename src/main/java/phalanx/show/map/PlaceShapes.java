package phalanx.show.map;

import javafx.scene.paint.Color;
import phalanx.show.Pen;
import phalanx.topology.PlaceRole;

/** The shape of each role, filled and outlined around a centre. Draws with the pen's present colours. */
final class PlaceShapes {
    private static final double[] HEXAGON_X = {-0.5, 0.5, 1, 0.5, -0.5, -1}, HEXAGON_Y = {-0.9, -0.9, 0, 0.9, 0.9, 0};
    private static final double[] SHIELD_X = {-0.9, 0, 0.9, 0.82, 0.5, 0, -0.5, -0.82};
    private static final double[] SHIELD_Y = {-0.78, -1, -0.78, 0.15, 0.65, 1, 0.65, 0.15};
    private static final double[] DIAMOND_X = {0, 1.05, 0, -1.05}, DIAMOND_Y = {-1.05, 0, 1.05, 0};
    private static final double[] DOTTED = {1.5, 4};

    private PlaceShapes() {}

    /** @param half of its height, pixels */
    static void draw(Pen pen, PlaceRole role, double x, double y, double half, Color fill, Color line, double width) {
        pen.fill(fill);
        pen.stroke(line, width);
        double in = half * 0.88;
        switch (role) {
            case CLIENT -> circle(pen, x, y, half);
            case SERVER -> square(pen, x, y, in, 1);
            case CLIENT_AND_SERVER -> {
                square(pen, x, y, in, 1);
                pen.ring(x - in * 0.62, y - in * 0.62, in * 1.24, in * 1.24);
            }
            case LOAD_BALANCER -> polygon(pen, HEXAGON_X, HEXAGON_Y, x, y, half);
            case FIREWALL -> polygon(pen, SHIELD_X, SHIELD_Y, x, y, half);
            case ROUTER -> polygon(pen, DIAMOND_X, DIAMOND_Y, x, y, half);
            case CAPTURE_POINT -> {
                pen.rectangle(x - half * 1.2, y - in * 0.8, half * 2.4, in * 1.6, in * 0.5);
                pen.frame(x - half * 1.2, y - in * 0.8, half * 2.4, in * 1.6, in * 0.5);
            }
            case UNKNOWN -> {
                pen.stroke(line, width, DOTTED);
                circle(pen, x, y, half);
            }
        }
    }

    /** The mark of places where packets were recorded: a dot in the middle. */
    static void recorded(Pen pen, double x, double y, double half, Color colour) {
        double dot = Math.max(1.5, half * 0.2);
        pen.fill(colour);
        pen.ellipse(x - dot, y - dot, 2 * dot, 2 * dot);
    }

    private static void circle(Pen pen, double x, double y, double half) {
        pen.ellipse(x - half, y - half, 2 * half, 2 * half);
        pen.ring(x - half, y - half, 2 * half, 2 * half);
    }

    private static void square(Pen pen, double x, double y, double half, double radius) {
        pen.rectangle(x - half, y - half, 2 * half, 2 * half, radius);
        pen.frame(x - half, y - half, 2 * half, 2 * half, radius);
    }

    private static void polygon(Pen pen, double[] xs, double[] ys, double x, double y, double half) {
        double[] px = new double[xs.length];
        double[] py = new double[ys.length];
        for (int i = 0; i < xs.length; i++) {
            px[i] = x + xs[i] * half;
            py[i] = y + ys[i] * half;
        }
        pen.polygon(px, py);
        pen.outline(px, py);
    }
}
