package phalanx.topology;

import java.util.Arrays;

/**
 * Layers of a directed graph: each node one behind the last of those that lead to it. Where edges go round in a circle, the node
 * with the fewest edges still to be followed comes first and the edges back to it do not count. Any thread.
 */
final class Layering {
    private Layering() {}

    /**
     * @param from and {@code to} index of the node at either end of each edge
     * @return by node, 0 for those that nothing leads to
     */
    static int[] of(int nodes, int[] from, int[] to) {
        int[][] next = next(nodes, from, to);
        int[] open = new int[nodes];
        for (int end : to) {
            open[end]++;
        }
        boolean[] placed = new boolean[nodes];
        int[] layers = new int[nodes];
        for (int round = 0; round < nodes; round++) {
            int first = -1;
            for (int node = 0; node < nodes; node++) {
                if (!placed[node] && (first < 0 || open[node] < open[first])) {
                    first = node;
                }
            }
            placed[first] = true;
            for (int node : next[first]) {
                open[node]--;
                if (!placed[node]) {
                    layers[node] = Math.max(layers[node], layers[first] + 1);
                }
            }
        }
        return layers;
    }

    private static int[][] next(int nodes, int[] from, int[] to) {
        int[] count = new int[nodes];
        for (int begin : from) {
            count[begin]++;
        }
        int[][] next = new int[nodes][];
        Arrays.setAll(next, node -> new int[count[node]]);
        for (int edge = 0; edge < from.length; edge++) {
            next[from[edge]][--count[from[edge]]] = to[edge];
        }
        return next;
    }
}
