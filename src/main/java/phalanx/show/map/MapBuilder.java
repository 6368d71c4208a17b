package phalanx.show.map;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phalanx.explain.Analysis;
import phalanx.run.Progress;
import phalanx.topology.HostGraph;
import phalanx.topology.Layout;
import phalanx.topology.Layouts;
import phalanx.topology.PathGraph;
import phalanx.topology.Station;
import phalanx.topology.Subnets;
import phalanx.topology.TrafficGraph;

/** Makes pictures of the map. Keeps nothing; what of the picture before is still good is taken over. Any thread. */
final class MapBuilder {
    /** More hosts are gathered into subnets. */
    static final int MOST_APART = 200;
    /** More hosts are drawn on demand only. */
    static final int MOST_AT_ONCE = 1_000;
    /** More edges between so many nodes are left out, the smallest first. */
    static final int MOST_EDGES = 2_000;

    private static final double THINNEST = 1.2, THICKEST = 6, PER_DECADE = 0.6;
    private static final int LEAST_DECADES = 2;

    private final Analysis analysis;

    MapBuilder(Analysis analysis) {
        this.analysis = analysis;
    }

    /** @param before the picture shown until now */
    MapPicture picture(MapRequest request, @Nullable MapPicture before, Progress progress) {
        TrafficGraph all = before != null && before.request().sameTraffic(request)
                ? before.all()
                : graph(request, UnaryOperator.identity(), progress);
        TrafficGraph chosen = chosen(request, all, progress);
        FindingsOnMap findings = findings(request, chosen);
        TrafficGraph drawn = visible(request, chosen, findings);
        Layout layout = layout(request, drawn, before, progress);
        FindingsOnMap told = findings(request, drawn);
        boolean listed = chosen.nodes().isEmpty();
        MapTable table = listed ? new MapTable(all, findings(request, all)) : new MapTable(drawn, told);
        return new MapPicture(
                request,
                all,
                drawn,
                layout,
                nodes(request, drawn, layout, told),
                edges(request, drawn, layout, told),
                table);
    }

    private static Layout layout(
            MapRequest request, TrafficGraph drawn, @Nullable MapPicture before, Progress progress) {
        if (before != null && before.request().layout() == request.layout() && sameShape(before.drawn(), drawn)) {
            return before.layout();
        }
        return Layouts.of(request.layout(), drawn, progress);
    }

    private FindingsOnMap findings(MapRequest request, TrafficGraph graph) {
        return new FindingsOnMap(analysis, graph, request.level() == MapLevel.PATH);
    }

    private TrafficGraph graph(MapRequest request, UnaryOperator<Station> gathered, Progress progress) {
        return switch (request.level()) {
            case PATH -> PathGraph.of(analysis.stitched(), analysis.map(), progress);
            case HOSTS -> hosts(request, HostGraph.Servers.BY_ADDRESS, gathered, progress);
            case SERVICES -> hosts(request, HostGraph.Servers.BY_ADDRESS_AND_PORT, gathered, progress);
            case NAMED ->
                HostGraph.of(
                        analysis.stitched(),
                        analysis.measures(),
                        request.services(),
                        request.opened()::contains,
                        request.shown()::conversation,
                        progress);
        };
    }

    private TrafficGraph hosts(
            MapRequest request, HostGraph.Servers servers, UnaryOperator<Station> gathered, Progress progress) {
        return HostGraph.of(
                analysis.stitched(), analysis.measures(), servers, request.shown()::conversation, gathered, progress);
    }

    /** All, subnets for hosts, or the most important ones. */
    private TrafficGraph chosen(MapRequest request, TrafficGraph all, Progress progress) {
        int hosts = all.nodes().size();
        if (request.level() == MapLevel.PATH || hosts <= MOST_APART) {
            return all;
        }
        if (hosts > MOST_AT_ONCE && request.crowd() == MapRequest.Crowd.LISTED) {
            return TrafficGraph.EMPTY;
        }
        if (request.level() == MapLevel.NAMED || hosts > MOST_AT_ONCE && request.crowd() == MapRequest.Crowd.TOP) {
            return mostImportant(all, findings(request, all));
        }
        Subnets subnets =
                Subnets.of(all.nodes().stream().map(TrafficGraph.Node::station).toList(), request.opened(), MOST_APART);
        return graph(request, subnets, progress);
    }

    /** By findings at the host and on its edges, then by bytes. */
    private static TrafficGraph mostImportant(TrafficGraph all, FindingsOnMap findings) {
        long[] count = new long[all.nodes().size()];
        for (int node = 0; node < count.length; node++) {
            count[node] = findings.node(node).size();
        }
        for (int edge = 0; edge < all.edges().size(); edge++) {
            count[all.edges().get(edge).from()] += findings.edge(edge).size();
            count[all.edges().get(edge).to()] += findings.edge(edge).size();
        }
        Set<String> important = IntStream.range(0, count.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer node) -> -count[node])
                        .thenComparingLong(node -> -all.nodes().get(node).sent().bytes()
                                - all.nodes().get(node).received().bytes()))
                .limit(MOST_APART)
                .map(node -> all.nodes().get(node).id())
                .collect(Collectors.toSet());
        return all.only(node -> important.contains(node.id()), _ -> true);
    }

    /** Without what the request hides, and without the smallest of very many edges. */
    private static TrafficGraph visible(MapRequest request, TrafficGraph chosen, FindingsOnMap findings) {
        if (request.hide().isEmpty() && chosen.edges().size() <= MOST_EDGES) {
            return chosen;
        }
        Set<String> hidden = new HashSet<>();
        for (int i = 0; i < chosen.nodes().size(); i++) {
            TrafficGraph.Node node = chosen.nodes().get(i);
            MapSubject subject = MapSubject.of(node, findings.node(i).size());
            if (request.hide().stream().anyMatch(hide -> hide.holds(subject))) {
                hidden.add(node.id());
            }
        }
        List<Integer> edges = new ArrayList<>();
        for (int i = 0; i < chosen.edges().size(); i++) {
            MapSubject subject = MapSubject.of(
                    chosen, chosen.edges().get(i), findings.edge(i).size());
            if (request.hide().stream().noneMatch(hide -> hide.holds(subject))) {
                edges.add(i);
            }
        }
        edges.sort(Comparator.comparingInt((Integer i) -> -findings.edge(i).size())
                .thenComparingLong(i -> -chosen.edges().get(i).bytes()));
        Set<String> kept = edges.stream()
                .limit(MOST_EDGES)
                .map(i -> chosen.edges().get(i).id())
                .collect(Collectors.toSet());
        return chosen.only(node -> !hidden.contains(node.id()), edge -> kept.contains(edge.id()));
    }

    private static boolean sameShape(TrafficGraph a, TrafficGraph b) {
        return ids(a.nodes(), TrafficGraph.Node::id).equals(ids(b.nodes(), TrafficGraph.Node::id))
                && ids(a.edges(), TrafficGraph.Edge::id).equals(ids(b.edges(), TrafficGraph.Edge::id));
    }

    private static <T> List<String> ids(List<T> of, Function<T, String> id) {
        return of.stream().map(id).toList();
    }

    private static List<MapPicture.NodeMark> nodes(
            MapRequest request, TrafficGraph drawn, Layout layout, FindingsOnMap findings) {
        List<MapPicture.NodeMark> marks = new ArrayList<>();
        for (int i = 0; i < drawn.nodes().size(); i++) {
            TrafficGraph.Node node = drawn.nodes().get(i);
            MapSubject subject = MapSubject.of(node, findings.node(i).size());
            marks.add(new MapPicture.NodeMark(
                    i,
                    node,
                    layout.points().getOrDefault(node.id(), new Layout.Point(0, 0)),
                    PlaceWords.name(node, request.services()),
                    PlaceWords.detail(node, request.services()),
                    findings.node(i),
                    request.find().filter(find -> find.holds(subject)).isPresent()));
        }
        return marks;
    }

    private static List<MapPicture.EdgeMark> edges(
            MapRequest request, TrafficGraph drawn, Layout layout, FindingsOnMap findings) {
        boolean path = request.level() == MapLevel.PATH;
        List<MapPicture.EdgeMark> marks = new ArrayList<>();
        for (int i = 0; i < drawn.edges().size(); i++) {
            TrafficGraph.Edge edge = drawn.edges().get(i);
            MapSubject subject = MapSubject.of(drawn, edge, findings.edge(i).size());
            marks.add(new MapPicture.EdgeMark(
                    edge,
                    width(edge.bytes()),
                    MapPicture.Health.of(findings.edge(i), edge),
                    edge.calls().map(PlaceWords::calls).orElse(PlaceWords.figures(edge.forward())),
                    edge.callsBack().map(PlaceWords::calls).orElse(PlaceWords.figures(edge.backward())),
                    path ? bend(drawn, edge, layout) : 0,
                    findings.edge(i),
                    request.find().filter(find -> find.holds(subject)).isPresent()));
        }
        return marks;
    }

    /** Grows with the logarithm of the bytes. */
    static double width(long bytes) {
        return Math.clamp(
                THINNEST + PER_DECADE * (Math.log10(Math.max(1.0, (double) bytes)) - LEAST_DECADES),
                THINNEST,
                THICKEST);
    }

    /** How far an edge of the path goes round a node that stands between its ends. */
    private static double bend(TrafficGraph drawn, TrafficGraph.Edge edge, Layout layout) {
        Layout.Point from = layout.points().get(drawn.nodes().get(edge.from()).id());
        Layout.Point to = layout.points().get(drawn.nodes().get(edge.to()).id());
        if (from == null || to == null) {
            return 0;
        }
        boolean through = layout.points().values().stream()
                .filter(at -> !at.equals(from) && !at.equals(to))
                .anyMatch(at -> near(from, to, at));
        return through ? (from.y() + to.y() > 0 ? 1 : -1) * Layout.ROW : 0;
    }

    private static boolean near(Layout.Point from, Layout.Point to, Layout.Point at) {
        double dx = to.x() - from.x();
        double dy = to.y() - from.y();
        double along = ((at.x() - from.x()) * dx + (at.y() - from.y()) * dy) / Math.max(1, dx * dx + dy * dy);
        return along > 0
                && along < 1
                && Math.hypot(from.x() + along * dx - at.x(), from.y() + along * dy - at.y()) < Layout.ROW / 3;
    }
}
