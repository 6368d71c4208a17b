package phalanx.show.map;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import phalanx.topology.Flow;
import phalanx.topology.TrafficGraph;

/**
 * A node or an edge, as {@link MapQuery} asks for it. Any thread.
 *
 * @param names of the place, or of both ends
 * @param findings how many concern it
 */
record MapSubject(List<String> names, List<String> roles, int conversations, Flow one, Flow other, int findings)
        implements MapQuery.Subject {
    static MapSubject of(TrafficGraph.Node node, int findings) {
        return new MapSubject(
                List.of(node.id(), node.label()),
                List.of(PlaceWords.role(node.role()), node.role().name()),
                node.conversations(),
                node.sent(),
                node.received(),
                findings);
    }

    static MapSubject of(TrafficGraph graph, TrafficGraph.Edge edge, int findings) {
        return new MapSubject(
                List.of(
                        edge.id(),
                        graph.nodes().get(edge.from()).label(),
                        graph.nodes().get(edge.to()).label()),
                List.of(),
                edge.conversations(),
                edge.forward(),
                edge.backward(),
                findings);
    }

    @Override
    public OptionalDouble number(MapQuery.Field field) {
        return switch (field) {
            case PACKETS -> OptionalDouble.of((double) one.packets() + other.packets());
            case BYTES -> OptionalDouble.of((double) one.bytes() + other.bytes());
            case CONVERSATIONS -> OptionalDouble.of(conversations);
            case FINDINGS -> OptionalDouble.of(findings);
            case LOSS ->
                Stream.of(one, other)
                        .filter(flow -> flow.seen() > 0)
                        .mapToDouble(flow -> 100.0 * flow.lost() / flow.seen())
                        .max();
            case DELAY ->
                Stream.of(one, other)
                        .flatMapToDouble(flow -> flow.delay().stream().mapToDouble(delay -> delay.p95Nanos()))
                        .max();
            case NAME, ADDRESS, ROLE -> OptionalDouble.empty();
        };
    }

    @Override
    public List<String> texts(MapQuery.Field field) {
        return switch (field) {
            case NAME, ADDRESS -> names.stream().flatMap(String::lines).toList();
            case ROLE -> roles;
            case PACKETS, BYTES, CONVERSATIONS, LOSS, DELAY, FINDINGS -> List.of();
        };
    }
}
