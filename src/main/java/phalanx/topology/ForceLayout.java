package phalanx.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.graphstream.graph.Graph;
import org.graphstream.graph.implementations.SingleGraph;
import org.graphstream.ui.layout.springbox.implementations.SpringBox;
import phalanx.run.Progress;

/**
 * Nodes push each other away, edges pull (GraphStream's SpringBox), then nodes that came to lie upon each other are moved apart. As
 * many steps as fit the time, counted and not measured, so that every machine comes to the same picture. One thread.
 */
final class ForceLayout {
    private static final int SEED = 26;
    /** A step takes about 12 µs for each node and edge together. */
    private static final int WORK = 60_000, FEWEST_STEPS = 60, MOST_STEPS = 400;

    private static final double STABLE = 0.99;
    private static final int EARLIEST_STABLE = 100;
    private static final double EDGE = 1.35 * Layout.COLUMN;
    private static final double WIDER = 1.2;

    private ForceLayout() {}

    static Layout of(TrafficGraph graph, int[] from, int[] to, Progress progress) {
        int nodes = graph.nodes().size();
        double[] x = new double[nodes];
        double[] y = new double[nodes];
        spring(from, to, x, y, progress);
        scale(from, to, x, y);
        while (!apart(x, y)) {
            progress.stopIfCancelled();
            Arrays.setAll(x, i -> x[i] * WIDER);
            Arrays.setAll(y, i -> y[i] * WIDER);
        }
        Map<String, Layout.Point> points = new HashMap<>();
        for (int node = 0; node < nodes; node++) {
            points.put(graph.nodes().get(node).id(), new Layout.Point(x[node], y[node]));
        }
        return new Layout(points);
    }

    private static void spring(int[] from, int[] to, double[] x, double[] y, Progress progress) {
        Graph springs = new SingleGraph("springs", false, true);
        SpringBox box = new SpringBox(false, new Random(SEED));
        springs.addSink(box);
        box.addAttributeSink(springs);
        for (int node = 0; node < x.length; node++) {
            springs.addNode(Integer.toString(node));
        }
        for (int edge = 0; edge < from.length; edge++) {
            springs.addEdge("e" + edge, Integer.toString(from[edge]), Integer.toString(to[edge]), false);
        }
        int steps = Math.clamp(WORK / Math.max(1, x.length + from.length), FEWEST_STEPS, MOST_STEPS);
        for (int step = 0; step < steps && (step < EARLIEST_STABLE || box.getStabilization() < STABLE); step++) {
            progress.stopIfCancelled();
            box.compute();
        }
        for (int node = 0; node < x.length; node++) {
            Object[] at = (Object[]) springs.getNode(node).getAttribute("xyz");
            x[node] = ((Number) at[0]).doubleValue();
            y[node] = ((Number) at[1]).doubleValue();
        }
    }

    /** So that the edge of middle length is long enough for its label. */
    private static void scale(int[] from, int[] to, double[] x, double[] y) {
        double[] lengths = new double[from.length];
        Arrays.setAll(lengths, edge -> Math.hypot(x[from[edge]] - x[to[edge]], y[from[edge]] - y[to[edge]]));
        Arrays.sort(lengths);
        double middle = lengths.length == 0 ? 1 : Math.max(1e-3, lengths[lengths.length / 2]);
        for (int node = 0; node < x.length; node++) {
            x[node] *= EDGE / middle;
            y[node] *= EDGE / middle;
        }
    }

    /** Moves nodes that overlap apart, the shorter way; false when there is no room yet. */
    private static boolean apart(double[] x, double[] y) {
        List<Integer> order = new ArrayList<>();
        for (int node = 0; node < x.length; node++) {
            order.add(node);
        }
        for (int round = 0; round < 60; round++) {
            order.sort(Comparator.comparingDouble(node -> x[node]));
            boolean clear = true;
            for (int i = 0; i < order.size(); i++) {
                int a = order.get(i);
                for (int j = i + 1; j < order.size() && x[order.get(j)] - x[a] < Layout.COLUMN; j++) {
                    int b = order.get(j);
                    double right = Layout.COLUMN - Math.abs(x[b] - x[a]);
                    double down = Layout.ROW - Math.abs(y[b] - y[a]);
                    if (right > 1e-6 && down > 1e-6) {
                        clear = false;
                        if (right * Layout.ROW < down * Layout.COLUMN) {
                            push(x, a, b, right);
                        } else {
                            push(y, a, b, down);
                        }
                    }
                }
            }
            if (clear) {
                return true;
            }
        }
        return false;
    }

    private static void push(double[] along, int a, int b, double by) {
        boolean before = along[a] < along[b] || along[a] == along[b] && a < b;
        along[a] += (before ? -0.5 : 0.5) * by;
        along[b] += (before ? 0.5 : -0.5) * by;
    }
}
