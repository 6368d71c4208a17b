package phalanx.topology;

import java.util.Map;

/**
 * Where the nodes of a graph stand: centres in pixels of the picture at its own size, x to the right and y downwards, by the nodes'
 * ids. No two nodes are nearer than {@link #COLUMN} and {@link #ROW}, both at once. Immutable, any thread.
 */
public record Layout(Map<String, Point> points) {
    /** Room of a node with its label, pixels. */
    public static final double COLUMN = 170, ROW = 112;

    public record Point(double x, double y) {}

    /** How nodes are arranged. */
    public enum Kind {
        /** From the client on the left to the server on the right, in the order of the path. */
        PATH,
        /** Each node behind those that open conversations to it, sorted so that few edges cross. */
        LAYERED,
        /** As if edges were springs. */
        FORCE
    }

    public Layout {
        points = Map.copyOf(points);
    }
}
