package phalanx.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phalanx.decode.PacketTable;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Direction;
import phalanx.run.Progress;
import phalanx.stitch.Conversation;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/** The capture points with the hosts at both ends as a graph with figures. Looks at every packet once. One thread. */
public final class PathGraph {
    private final Stitched stitched;
    /** {@code [capture][0 towards the server, 1 towards the client]}. */
    private final long[][] packets;

    private final long[][] bytes;
    /** By conversation: the captures that saw it, as bits. */
    private final long[] seenBy;

    private PathGraph(Stitched stitched, Progress progress) {
        this.stitched = stitched;
        int captures = stitched.captures().size();
        packets = new long[captures][2];
        bytes = new long[captures][2];
        Journeys journeys = stitched.journeys();
        for (int capture = 0; capture < captures; capture++) {
            progress.stopIfCancelled();
            PacketTable table = stitched.captures().get(capture).packets();
            for (int row = 0; row < table.size(); row++) {
                int journey = journeys.journeyAt(capture, row);
                if (journey >= 0) {
                    int way = journeys.direction(journey) == Direction.CLIENT_TO_SERVER ? 0 : 1;
                    packets[capture][way]++;
                    bytes[capture][way] += table.ipLength(row);
                }
            }
        }
        seenBy = stitched.conversations().stream()
                .mapToLong(conversation -> conversation.legs().stream()
                        .mapToLong(leg -> 1L << leg.capture())
                        .reduce(0, (a, b) -> a | b))
                .toArray();
    }

    /** @throws Progress.Cancelled when it is no longer wanted */
    public static TrafficGraph of(Stitched stitched, NetworkMap map, Progress progress) {
        return new PathGraph(stitched, progress).graph(map);
    }

    private TrafficGraph graph(NetworkMap map) {
        Map<String, Integer> indexes = new HashMap<>();
        map.places().forEach(place -> indexes.put(place.id(), indexes.size()));
        List<TrafficGraph.Edge> edges = new ArrayList<>();
        for (NetworkMap.Link link : map.links()) {
            int begin = indexes.getOrDefault(link.from(), -1);
            int end = indexes.getOrDefault(link.to(), -1);
            int from = begin < 0 ? -1 : map.places().get(begin).capture();
            int to = end < 0 ? -1 : map.places().get(end).capture();
            if (begin >= 0 && end >= 0 && Math.max(from, to) >= 0) {
                edges.add(new TrafficGraph.Edge(
                        link.id(),
                        begin,
                        end,
                        conversations(from, to),
                        flow(link.forward(), from, to, 0),
                        flow(link.backward(), from, to, 1)));
            }
        }
        List<TrafficGraph.Node> nodes = new ArrayList<>();
        for (NetworkMap.Place place : map.places()) {
            nodes.add(node(place, nodes.size(), edges));
        }
        return new TrafficGraph(nodes, edges, new int[0]);
    }

    private TrafficGraph.Node node(NetworkMap.Place place, int index, List<TrafficGraph.Edge> edges) {
        int capture = place.capture();
        if (capture < 0) {
            boolean client = place.role() == NetworkMap.Role.CLIENT;
            return new TrafficGraph.Node(
                    new Station.End(client),
                    client ? PlaceRole.CLIENT : PlaceRole.SERVER,
                    place.detail(),
                    place.hosts(),
                    stitched.conversations().size(),
                    sum(edges, index, true),
                    sum(edges, index, false));
        }
        return new TrafficGraph.Node(
                new Station.CapturePoint(capture),
                PlaceRole.of(stitched.captures().get(capture).placement().role(), place.label()),
                place.label(),
                0,
                conversations(capture, -1),
                passing(capture, 0),
                passing(capture, 1));
    }

    /** What goes out of an end of the path by all its edges, or comes in. */
    private static Flow sum(List<TrafficGraph.Edge> edges, int end, boolean out) {
        Flow sum = Flow.NOTHING;
        for (TrafficGraph.Edge edge : edges) {
            if (edge.from() == end) {
                sum = sum.and(out ? edge.forward() : edge.backward());
            } else if (edge.to() == end) {
                sum = sum.and(out ? edge.backward() : edge.forward());
            }
        }
        return sum;
    }

    private Flow passing(int capture, int way) {
        return Flow.unmeasured(packets[capture][way], bytes[capture][way]);
    }

    /** Between a host and the point next to it nothing is measured but what that point saw pass. */
    private Flow flow(Optional<SegmentTraffic> measured, int from, int to, int way) {
        boolean nextToHost = Math.min(from, to) < 0;
        return measured.map(traffic -> new Flow(
                        traffic.counts().seenAtFrom(),
                        bytesAt(traffic.counts().from(), traffic),
                        traffic.counts().seenAtFrom(),
                        traffic.counts().lost(),
                        traffic.counts().duplicates(),
                        traffic.counts().reordered(),
                        traffic.counts().delay().flatMap(_ -> DelayPercentiles.of(traffic.delayNanos()))))
                .orElse(nextToHost ? passing(Math.max(from, to), way) : Flow.NOTHING);
    }

    private long bytesAt(int capture, SegmentTraffic traffic) {
        return bytesAt(capture, traffic.delivered())
                + bytesAt(capture, traffic.lost())
                + bytesAt(capture, traffic.missingFromCapture());
    }

    /** Of those that the capture saw. */
    private long bytesAt(int capture, int[] journeys) {
        PacketTable table = stitched.captures().get(capture).packets();
        long sum = 0;
        for (int journey : journeys) {
            int row = stitched.journeys().row(journey, capture);
            sum += row >= 0 ? table.ipLength(row) : 0;
        }
        return sum;
    }

    /** Conversations that both points saw; -1 for an end of the path, which has no say. */
    private int conversations(int from, int to) {
        long both = (from < 0 ? 0 : 1L << from) | (to < 0 ? 0 : 1L << to);
        int count = 0;
        for (long seen : seenBy) {
            count += (seen & both) == both ? 1 : 0;
        }
        return count;
    }

    /** Whether an edge of the path lies on the way of a conversation. */
    public static boolean crosses(TrafficGraph path, TrafficGraph.Edge edge, Conversation conversation) {
        return at(path.nodes().get(edge.from()).station(), conversation, edge, path)
                && at(path.nodes().get(edge.to()).station(), conversation, edge, path);
    }

    /** A point must have seen it; at the ends of the path only the first and the last do count. */
    private static boolean at(Station station, Conversation conversation, TrafficGraph.Edge edge, TrafficGraph path) {
        return switch (station) {
            case Station.CapturePoint(int capture) -> conversation.leg(capture).isPresent();
            case Station.End(boolean client) ->
                path.nodes()
                        .get(client ? edge.to() : edge.from())
                        .station()
                        .equals(new Station.CapturePoint((client
                                        ? conversation.legs().getFirst()
                                        : conversation.legs().getLast())
                                .capture()));
            case Station.Host _, Station.Service _, Station.Named _, Station.Subnet _ -> false;
        };
    }
}
