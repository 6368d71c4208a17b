package phalanx.show.map;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import phalanx.diagnose.Severity;
import phalanx.explain.ExplainedFinding;
import phalanx.topology.Layout;
import phalanx.topology.TrafficGraph;

/**
 * What is drawn: nodes with their places, edges with their looks. Immutable, any thread.
 *
 * @param request what was asked for
 * @param all everything that could be asked for: of the whole path, or of all hosts that the display filter leaves over
 * @param drawn {@code all} without what is hidden, subnets for hosts where there are too many; nodes and edges below in its order
 * @param table of what is drawn; of all where there are too many to be drawn unasked
 */
record MapPicture(
        MapRequest request,
        TrafficGraph all,
        TrafficGraph drawn,
        Layout layout,
        List<NodeMark> nodes,
        List<EdgeMark> edges,
        MapTable table) {
    /** How an edge does, by its findings. */
    enum Health {
        OK,
        DEGRADED,
        FAILING;

        /** Where one call in a hundred fails, something is wrong whatever the packets say. */
        static Health of(List<ExplainedFinding> findings, TrafficGraph.Edge edge) {
            Health found = of(findings);
            boolean failing = Stream.of(edge.calls(), edge.callsBack())
                    .flatMap(Optional::stream)
                    .anyMatch(calls -> 100 * calls.failed() >= calls.count());
            return found == OK && failing ? DEGRADED : found;
        }

        private static Health of(List<ExplainedFinding> findings) {
            return findings.stream()
                    .map(told -> told.finding().severity())
                    .min(Comparator.naturalOrder())
                    .map(worst -> switch (worst) {
                        case CRITICAL -> FAILING;
                        case WARNING -> DEGRADED;
                        case INFO -> OK;
                    })
                    .orElse(OK);
        }
    }

    /**
     * @param index among the nodes
     * @param name written below it
     * @param detail written below its name
     * @param findings at this place, most important first
     */
    record NodeMark(
            int index,
            TrafficGraph.Node node,
            Layout.Point at,
            String name,
            String detail,
            List<ExplainedFinding> findings,
            boolean found) {
        NodeMark {
            findings = List.copyOf(findings);
        }

        NodeMark at(Layout.Point place) {
            return place.equals(at) ? this : new NodeMark(index, node, place, name, detail, findings, found);
        }
    }

    /**
     * @param width of its line, pixels
     * @param forward figures of that way, empty when nothing was measured
     * @param bend how far its middle is pushed aside to pass a node, pixels downwards
     * @param findings on this leg, most important first
     */
    record EdgeMark(
            TrafficGraph.Edge edge,
            double width,
            Health health,
            String forward,
            String backward,
            double bend,
            List<ExplainedFinding> findings,
            boolean found) {
        EdgeMark {
            findings = List.copyOf(findings);
        }

        /** Index into the nodes. */
        int from() {
            return edge.from();
        }

        /** Index into the nodes. */
        int to() {
            return edge.to();
        }

        /** The worst finding that is more than a fact, if any. */
        Optional<ExplainedFinding> trouble() {
            return findings.stream()
                    .filter(told -> told.finding().severity() != Severity.INFO)
                    .findFirst();
        }
    }

    MapPicture {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /** The same with some nodes where the user put them. */
    MapPicture moved(Map<String, Layout.Point> positions) {
        List<NodeMark> moved = nodes.stream()
                .map(mark -> mark.at(positions.getOrDefault(
                        MapViewModel.position(request.layout(), mark.node().id()),
                        layout.points().getOrDefault(mark.node().id(), mark.at()))))
                .toList();
        return new MapPicture(request, all, drawn, layout, moved, edges, table);
    }

    /** Whether there are too many hosts to draw them unasked. */
    boolean listed() {
        return nodes.isEmpty() && all.nodes().size() > MapBuilder.MOST_AT_ONCE;
    }

    /** Places that the request's expression finds. */
    long found() {
        return nodes.stream().filter(NodeMark::found).count()
                + edges.stream().filter(EdgeMark::found).count();
    }

    /** The place of a node, -1 for one that is not drawn. */
    int node(String id) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).node().id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    /** The place of an edge, -1 for one that is not drawn. */
    int edge(String id) {
        for (int i = 0; i < edges.size(); i++) {
            if (edges.get(i).edge().id().equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
