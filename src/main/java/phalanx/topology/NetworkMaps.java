package phalanx.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.graphstream.graph.Edge;
import org.graphstream.graph.Graph;
import org.graphstream.graph.Node;
import org.graphstream.graph.implementations.SingleGraph;
import phalanx.measure.Measures;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Direction;
import phalanx.net.Endpoint;
import phalanx.stitch.Conversation;
import phalanx.stitch.HopPath;
import phalanx.stitch.Stitched;

/**
 * Draws the map of an investigation: clients, capture points in the order of the path, servers. The graph is GraphStream's; its
 * layers are the longest ways from the client, and points that share a layer (branches) stand one below the other. The same
 * captures always give the same map. Any thread.
 */
public final class NetworkMaps {
    private static final String CLIENT = "client", SERVER = "server";
    private static final int FEW = 3;

    private NetworkMaps() {}

    public static NetworkMap of(Stitched stitched, Measures measures) {
        Graph graph = new SingleGraph("path", false, true);
        graph.addNode(CLIENT);
        graph.addNode(SERVER);
        for (int capture = 0; capture < stitched.captures().size(); capture++) {
            graph.addNode(id(capture));
        }
        for (HopPath path : stitched.paths()) {
            List<Integer> fromClient = path.direction() == Direction.CLIENT_TO_SERVER
                    ? path.captures()
                    : path.captures().reversed();
            link(graph, CLIENT, id(fromClient.getFirst()));
            for (int i = 0; i + 1 < fromClient.size(); i++) {
                link(graph, id(fromClient.get(i)), id(fromClient.get(i + 1)));
            }
            link(graph, id(fromClient.getLast()), SERVER);
        }
        Map<String, Integer> layers = layers(graph);
        return new NetworkMap(places(stitched, graph, layers), links(graph, measures));
    }

    private static String id(int capture) {
        return "hop-" + capture;
    }

    private static void link(Graph graph, String from, String to) {
        String id = from + ">" + to;
        if (graph.getEdge(id) == null && !from.equals(to)) {
            graph.addEdge(id, from, to, true);
        }
    }

    /** Longest way from the client, by relaxing every edge as often as there are nodes; a loop in the order cannot push further. */
    private static Map<String, Integer> layers(Graph graph) {
        Map<String, Integer> layers = new HashMap<>();
        graph.nodes().forEach(node -> layers.put(node.getId(), 0));
        for (int round = 0; round < graph.getNodeCount(); round++) {
            graph.edges().forEach(edge -> {
                int next = layers.getOrDefault(edge.getSourceNode().getId(), 0) + 1;
                layers.merge(edge.getTargetNode().getId(), Math.min(next, graph.getNodeCount()), Math::max);
            });
        }
        return layers;
    }

    private static List<NetworkMap.Place> places(Stitched stitched, Graph graph, Map<String, Integer> layers) {
        Map<Integer, List<Node>> byLayer = new TreeMap<>();
        graph.nodes()
                .filter(node -> node.getDegree() > 0 || node.getId().startsWith("hop-"))
                .sorted(Comparator.comparing(Node::getId))
                .forEach(node -> byLayer.computeIfAbsent(layers.getOrDefault(node.getId(), 0), _ -> new ArrayList<>())
                        .add(node));
        int last = Math.max(
                1, byLayer.keySet().stream().max(Comparator.naturalOrder()).orElse(1));
        List<NetworkMap.Place> places = new ArrayList<>();
        byLayer.forEach((layer, nodes) -> {
            for (int i = 0; i < nodes.size(); i++) {
                double y = (i + 0.5) / nodes.size();
                places.add(place(stitched, nodes.get(i).getId(), (double) layer / last, y));
            }
        });
        return places;
    }

    private static NetworkMap.Place place(Stitched stitched, String id, double x, double y) {
        if (id.equals(CLIENT) || id.equals(SERVER)) {
            boolean client = id.equals(CLIENT);
            TreeSet<String> hosts = new TreeSet<>();
            for (Conversation conversation : stitched.conversations()) {
                boolean clientEnd = client != conversation.againstTheStream();
                hosts.add((clientEnd ? conversation.client() : farServer(conversation))
                        .address()
                        .toString());
            }
            return new NetworkMap.Place(
                    id, client ? NetworkMap.Role.CLIENT : NetworkMap.Role.SERVER, -1, id, few(hosts), x, y);
        }
        int capture = Integer.parseInt(id.substring("hop-".length()));
        long packets = stitched.captures().get(capture).packets().frames();
        return new NetworkMap.Place(
                id,
                NetworkMap.Role.CAPTURE_POINT,
                capture,
                stitched.hopName(capture),
                "%,d packets".formatted(packets),
                x,
                y);
    }

    /** The server's address on its own side, behind any translation. */
    private static Endpoint farServer(Conversation conversation) {
        int nearest = conversation.nearestToServer();
        return conversation.legs().stream()
                .filter(leg -> leg.capture() == nearest)
                .findFirst()
                .orElseThrow()
                .server();
    }

    private static String few(Set<String> hosts) {
        String first = String.join("\n", hosts.stream().limit(FEW).toList());
        return hosts.size() > FEW ? first + "\n+ " + (hosts.size() - FEW) + " more" : first;
    }

    private static List<NetworkMap.Link> links(Graph graph, Measures measures) {
        Map<String, NetworkMap.Link> links = new LinkedHashMap<>();
        graph.edges().sorted(Comparator.comparing(Edge::getId)).forEach(edge -> {
            String from = edge.getSourceNode().getId();
            String to = edge.getTargetNode().getId();
            links.put(
                    edge.getId(),
                    new NetworkMap.Link(
                            edge.getId(), from, to, traffic(measures, from, to), traffic(measures, to, from)));
        });
        return List.copyOf(links.values());
    }

    private static Optional<SegmentTraffic> traffic(Measures measures, String from, String to) {
        return measures.segments().stream()
                .filter(s -> id(s.counts().from()).equals(from)
                        && id(s.counts().to()).equals(to))
                .findFirst();
    }
}
