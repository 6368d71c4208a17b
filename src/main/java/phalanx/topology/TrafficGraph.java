package phalanx.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who is linked with whom, with the figures of both ways: the capture points of the path, or hosts and services. Made by
 * {@link PathGraph} and {@link HostGraph}. Immutable, any thread; the array is not to be changed.
 *
 * @param edgeOf index of the edge that carries a conversation, by the conversation's index; -1 for none. Empty for the path, where
 *     a conversation crosses many
 */
public record TrafficGraph(List<Node> nodes, List<Edge> edges, int[] edgeOf) {
    /**
     * @param label hop name, address or prefix; for an end of the path the addresses of its hosts, one a line
     * @param hosts hosts or services that it stands for, 0 for a capture point
     * @param conversations that cross or end here
     * @param sent at a capture point what passes towards the server
     * @param received at a capture point what passes towards the client
     */
    public record Node(
            Station station, PlaceRole role, String label, int hosts, int conversations, Flow sent, Flow received) {
        public String id() {
            return station.id();
        }
    }

    /**
     * An aggregated leg.
     *
     * @param from index of the node nearer to the client, or that opened the first conversation
     * @param to index of the other
     * @param forward from {@code from} to {@code to}
     * @param calls of {@code to} by {@code from}, empty where no trace tells
     * @param callsBack the other way round
     */
    public record Edge(
            String id,
            int from,
            int to,
            int conversations,
            Flow forward,
            Flow backward,
            Optional<Calls> calls,
            Optional<Calls> callsBack) {
        /** One of packets alone. */
        public Edge(String id, int from, int to, int conversations, Flow forward, Flow backward) {
            this(id, from, to, conversations, forward, backward, Optional.empty(), Optional.empty());
        }

        /** The same with calls. @param there whether they go from {@code from} to {@code to} */
        Edge with(Calls more, boolean there) {
            return new Edge(
                    id,
                    from,
                    to,
                    conversations,
                    forward,
                    backward,
                    there ? Optional.of(more) : calls,
                    there ? callsBack : Optional.of(more));
        }

        public long bytes() {
            return forward.bytes() + backward.bytes();
        }
    }

    /** No host at all. */
    public static final TrafficGraph EMPTY = new TrafficGraph(List.of(), List.of(), new int[0]);

    public TrafficGraph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /** Some of its nodes, and of the edges between them. */
    public TrafficGraph only(Predicate<Node> keepNode, Predicate<Edge> keepEdge) {
        int[] number = new int[nodes.size()];
        List<Node> keptNodes = new ArrayList<>();
        for (int i = 0; i < number.length; i++) {
            boolean keep = keepNode.test(nodes.get(i));
            number[i] = keep ? keptNodes.size() : -1;
            if (keep) {
                keptNodes.add(nodes.get(i));
            }
        }
        int[] edgeNumber = new int[edges.size()];
        List<Edge> keptEdges = new ArrayList<>();
        for (int i = 0; i < edgeNumber.length; i++) {
            Edge edge = edges.get(i);
            boolean keep = number[edge.from] >= 0 && number[edge.to] >= 0 && keepEdge.test(edge);
            edgeNumber[i] = keep ? keptEdges.size() : -1;
            if (keep) {
                keptEdges.add(new Edge(
                        edge.id,
                        number[edge.from],
                        number[edge.to],
                        edge.conversations,
                        edge.forward,
                        edge.backward,
                        edge.calls,
                        edge.callsBack));
            }
        }
        int[] keptOf = Arrays.stream(edgeOf)
                .map(edge -> edge < 0 ? -1 : edgeNumber[edge])
                .toArray();
        return new TrafficGraph(keptNodes, keptEdges, keptOf);
    }
}
