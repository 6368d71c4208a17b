package phalanx.show.map;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import phalanx.diagnose.Where;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.net.Direction;
import phalanx.stitch.Conversation;
import phalanx.topology.TrafficGraph;

/**
 * Which findings concern which node and edge, most important first. On the path by the place of the finding; among hosts by the
 * conversations that suffer. One thread.
 */
final class FindingsOnMap {
    private final Analysis analysis;
    private final TrafficGraph graph;
    private final List<List<ExplainedFinding>> onNode = new ArrayList<>();
    private final List<List<ExplainedFinding>> onEdge = new ArrayList<>();

    FindingsOnMap(Analysis analysis, TrafficGraph graph, boolean path) {
        this.analysis = analysis;
        this.graph = graph;
        graph.nodes().forEach(_ -> onNode.add(new ArrayList<>()));
        graph.edges().forEach(_ -> onEdge.add(new ArrayList<>()));
        for (ExplainedFinding told : analysis.findings()) {
            if (path) {
                byPlace(told);
            } else {
                byConversation(told);
            }
        }
    }

    List<ExplainedFinding> node(int index) {
        return onNode.get(index);
    }

    List<ExplainedFinding> edge(int index) {
        return onEdge.get(index);
    }

    private void byPlace(ExplainedFinding told) {
        switch (told.finding().where()) {
            case Where.Capture(int capture) -> at("hop-" + capture, told);
            case Where.Node(var role, int capture) ->
                at(
                        switch (role) {
                            case CLIENT -> "client";
                            case SERVER -> "server";
                            case MIDDLEBOX -> "hop-" + capture;
                        },
                        told);
            case Where.Segment(int from, int to) -> {
                Set<String> before = ends(from, told.finding().direction(), true);
                Set<String> behind = ends(to, told.finding().direction(), false);
                for (int i = 0; i < onEdge.size(); i++) {
                    TrafficGraph.Edge edge = graph.edges().get(i);
                    String one = graph.nodes().get(edge.from()).id();
                    String other = graph.nodes().get(edge.to()).id();
                    if (before.contains(one) && behind.contains(other)
                            || before.contains(other) && behind.contains(one)) {
                        onEdge.get(i).add(told);
                    }
                }
            }
        }
    }

    private void at(String node, ExplainedFinding told) {
        for (int i = 0; i < onNode.size(); i++) {
            if (graph.nodes().get(i).id().equals(node)) {
                onNode.get(i).add(told);
            }
        }
    }

    /** The nodes that an end of a segment means: where it lies beyond the captures, the hosts there. */
    private static Set<String> ends(int capture, Direction direction, boolean before) {
        if (capture != Where.BEYOND) {
            return Set.of("hop-" + capture);
        }
        return switch (direction) {
            case CLIENT_TO_SERVER -> Set.of(before ? "client" : "server");
            case SERVER_TO_CLIENT -> Set.of(before ? "server" : "client");
            case BOTH -> Set.of("client", "server");
        };
    }

    private void byConversation(ExplainedFinding told) {
        Set<Integer> edges = new LinkedHashSet<>();
        Set<Integer> hosts = new LinkedHashSet<>();
        for (int id : told.finding().conversations()) {
            int edge = id < graph.edgeOf().length ? graph.edgeOf()[id] : -1;
            if (edge < 0) {
                continue;
            }
            if (told.finding().where() instanceof Where.Node at && at.role() != Where.Role.MIDDLEBOX) {
                hosts.add(end(
                        graph.edges().get(edge),
                        analysis.stitched().conversations().get(id),
                        at.role()));
            } else {
                edges.add(edge);
            }
        }
        edges.forEach(edge -> onEdge.get(edge).add(told));
        hosts.forEach(host -> onNode.get(host).add(told));
    }

    private int end(TrafficGraph.Edge edge, Conversation conversation, Where.Role role) {
        boolean clientFirst = graph.nodes().get(edge.from()).station().holds(conversation.client());
        return clientFirst == (role == Where.Role.CLIENT) ? edge.from() : edge.to();
    }
}
