package phalanx.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import phalanx.run.Progress;

/** Arranges graphs. The same graph is always arranged the same way. Any thread. */
public final class Layouts {
    /** Rows for every column, where a stage is too long for one column. */
    private static final double SHAPE = 0.7;

    private static final int FEWEST_ROWS = 6;
    private static final int SWEEPS = 8;

    private final TrafficGraph graph;
    private final int[] from;
    private final int[] to;

    private Layouts(TrafficGraph graph) {
        this.graph = graph;
        from = graph.edges().stream().mapToInt(TrafficGraph.Edge::from).toArray();
        to = graph.edges().stream().mapToInt(TrafficGraph.Edge::to).toArray();
    }

    /** @throws Progress.Cancelled when it is no longer wanted */
    public static Layout of(Layout.Kind kind, TrafficGraph graph, Progress progress) {
        Layouts layouts = new Layouts(graph);
        return switch (kind) {
            case PATH -> layouts.staged(layouts.stages());
            case LAYERED -> layouts.staged(layouts.untangled());
            case FORCE -> ForceLayout.of(graph, layouts.from, layouts.to, progress);
        };
    }

    private int size() {
        return graph.nodes().size();
    }

    /** Layers along the path; hosts stand by what they do, as no path leads through them. */
    private List<int[]> stages() {
        boolean path = graph.nodes().stream().anyMatch(node -> node.station() instanceof Station.CapturePoint);
        int[] stage = path
                ? Layering.of(size(), from, to)
                : graph.nodes().stream().mapToInt(node -> stage(node.role())).toArray();
        Comparator<Integer> byId =
                Comparator.comparing(node -> graph.nodes().get(node).id());
        Comparator<Integer> order = path
                ? byId
                : Comparator.comparing((Integer node) ->
                                Subnets.address(graph.nodes().get(node).station()))
                        .thenComparing(byId);
        List<int[]> stages = new ArrayList<>();
        for (int at = 0; at <= Arrays.stream(stage).max().orElse(-1); at++) {
            int here = at;
            int[] nodes = IntStream.range(0, size())
                    .filter(node -> stage[node] == here)
                    .boxed()
                    .sorted(order)
                    .mapToInt(node -> node)
                    .toArray();
            if (nodes.length > 0) {
                stages.add(nodes);
            }
        }
        return stages;
    }

    private static int stage(PlaceRole role) {
        return switch (role) {
            case CLIENT -> 0;
            case SERVER -> 2;
            case CLIENT_AND_SERVER, LOAD_BALANCER, FIREWALL, ROUTER, CAPTURE_POINT, UNKNOWN -> 1;
        };
    }

    /** Layers by longest path, their order by the mean place of neighbours, swept to and fro (Sugiyama, Tagawa, Toda 1981). */
    private List<int[]> untangled() {
        int[] layer = Layering.of(size(), from, to);
        List<int[]> layers = new ArrayList<>();
        for (int at = 0; at <= Arrays.stream(layer).max().orElse(-1); at++) {
            int here = at;
            layers.add(IntStream.range(0, size())
                    .filter(node -> layer[node] == here)
                    .toArray());
        }
        double[] place = new double[size()];
        layers.forEach(nodes -> spread(nodes, place));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int[] nodes : sweep % 2 == 0 ? layers : layers.reversed()) {
                sort(nodes, place);
                spread(nodes, place);
            }
        }
        return layers;
    }

    /** Places between 0 and 1, so that layers of different length can be compared. */
    private static void spread(int[] nodes, double[] place) {
        for (int i = 0; i < nodes.length; i++) {
            place[nodes[i]] = (i + 0.5) / nodes.length;
        }
    }

    private void sort(int[] nodes, double[] place) {
        double[] sum = new double[size()];
        int[] neighbours = new int[size()];
        for (int edge = 0; edge < from.length; edge++) {
            sum[from[edge]] += place[to[edge]];
            neighbours[from[edge]]++;
            sum[to[edge]] += place[from[edge]];
            neighbours[to[edge]]++;
        }
        int[] sorted = Arrays.stream(nodes)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        (Integer node) -> neighbours[node] == 0 ? place[node] : sum[node] / neighbours[node]))
                .mapToInt(node -> node)
                .toArray();
        System.arraycopy(sorted, 0, nodes, 0, nodes.length);
    }

    /** Stages from left to right; one that is too long for a column takes several. */
    private Layout staged(List<int[]> stages) {
        int most = Math.max(FEWEST_ROWS, (int) Math.ceil(Math.sqrt(size() * SHAPE * Layout.COLUMN / Layout.ROW)));
        Map<String, Layout.Point> points = new HashMap<>();
        int column = 0;
        for (int[] nodes : stages) {
            int columns = (nodes.length + most - 1) / most;
            int rows = (nodes.length + columns - 1) / columns;
            for (int i = 0; i < nodes.length; i++) {
                int inColumn = Math.min(rows, nodes.length - i / rows * rows);
                double y = (i % rows - (inColumn - 1) / 2.0) * Layout.ROW;
                points.put(graph.nodes().get(nodes[i]).id(), new Layout.Point((column + i / rows) * Layout.COLUMN, y));
            }
            column += columns;
        }
        return new Layout(points);
    }
}
