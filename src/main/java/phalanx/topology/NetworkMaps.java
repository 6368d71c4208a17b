package phalanx.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import phalanx.measure.Measures;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Direction;
import phalanx.net.Endpoint;
import phalanx.stitch.Conversation;
import phalanx.stitch.HopPath;
import phalanx.stitch.Stitched;

/**
 * Draws the map of an investigation: clients, capture points in the order of the path, servers. Its layers are the longest ways
 * from the client, and points that share a layer (branches) stand one below the other. The same captures always give the same map.
 * Any thread.
 */
public final class NetworkMaps {
    private static final String CLIENT = "client", SERVER = "server";
    private static final int FEW = 3;

    private NetworkMaps() {}

    public static NetworkMap of(Stitched stitched, Measures measures) {
        Map<String, Integer> layers = new TreeMap<>();
        for (int capture = 0; capture < stitched.captures().size(); capture++) {
            layers.put(id(capture), 0);
        }
        Set<Step> steps = new TreeSet<>();
        for (HopPath path : stitched.paths()) {
            List<Integer> fromClient = path.direction() == Direction.CLIENT_TO_SERVER
                    ? path.captures()
                    : path.captures().reversed();
            steps.add(new Step(CLIENT, id(fromClient.getFirst())));
            for (int i = 0; i + 1 < fromClient.size(); i++) {
                steps.add(new Step(id(fromClient.get(i)), id(fromClient.get(i + 1))));
            }
            steps.add(new Step(id(fromClient.getLast()), SERVER));
            layers.put(CLIENT, 0);
            layers.put(SERVER, 0);
        }
        List<String> ids = List.copyOf(layers.keySet());
        int[] found = Layering.of(
                ids.size(),
                steps.stream().mapToInt(step -> ids.indexOf(step.from)).toArray(),
                steps.stream().mapToInt(step -> ids.indexOf(step.to)).toArray());
        layers.replaceAll((id, _) -> found[ids.indexOf(id)]);
        return new NetworkMap(places(stitched, layers), links(steps, measures));
    }

    private static String id(int capture) {
        return "hop-" + capture;
    }

    /** From one place to the next. */
    private record Step(String from, String to) implements Comparable<Step> {
        String id() {
            return from + ">" + to;
        }

        @Override
        public int compareTo(Step other) {
            return id().compareTo(other.id());
        }
    }

    private static List<NetworkMap.Place> places(Stitched stitched, Map<String, Integer> layers) {
        Map<Integer, List<String>> byLayer = new TreeMap<>();
        layers.forEach((id, layer) ->
                byLayer.computeIfAbsent(layer, _ -> new ArrayList<>()).add(id));
        int last = Math.max(
                1, layers.values().stream().mapToInt(layer -> layer).max().orElse(1));
        List<NetworkMap.Place> places = new ArrayList<>();
        byLayer.forEach((layer, ids) -> {
            for (int i = 0; i < ids.size(); i++) {
                double y = (i + 0.5) / ids.size();
                places.add(place(stitched, ids.get(i), (double) layer / last, y));
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
                    id,
                    client ? NetworkMap.Role.CLIENT : NetworkMap.Role.SERVER,
                    -1,
                    hosts.size(),
                    id,
                    few(hosts),
                    x,
                    y);
        }
        int capture = Integer.parseInt(id.substring("hop-".length()));
        long packets = stitched.captures().get(capture).packets().frames();
        return new NetworkMap.Place(
                id,
                NetworkMap.Role.CAPTURE_POINT,
                capture,
                0,
                stitched.hopName(capture),
                "%,d packets".formatted(packets),
                x,
                y);
    }

    /** The server's address on its own side, behind any translation. */
    static Endpoint farServer(Conversation conversation) {
        return (conversation.againstTheStream()
                        ? conversation.legs().getFirst()
                        : conversation.legs().getLast())
                .server();
    }

    private static String few(Set<String> hosts) {
        String first = String.join("\n", hosts.stream().limit(FEW).toList());
        return hosts.size() > FEW ? first + "\n+ " + (hosts.size() - FEW) + " more" : first;
    }

    private static List<NetworkMap.Link> links(Set<Step> steps, Measures measures) {
        return steps.stream()
                .map(step -> new NetworkMap.Link(
                        step.id(),
                        step.from,
                        step.to,
                        traffic(measures, step.from, step.to),
                        traffic(measures, step.to, step.from)))
                .toList();
    }

    private static Optional<SegmentTraffic> traffic(Measures measures, String from, String to) {
        return measures.segments().stream()
                .filter(s -> id(s.counts().from()).equals(from)
                        && id(s.counts().to()).equals(to))
                .findFirst();
    }
}
