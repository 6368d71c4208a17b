package phalanx.show.map;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import phalanx.explain.ExplainedFinding;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Renewal;
import phalanx.show.Selection;
import phalanx.show.Told;
import phalanx.show.ViewContext;
import phalanx.telemetry.Telemetry;
import phalanx.topology.Layout;
import phalanx.topology.Services;
import phalanx.topology.Station;

/** What the map shows and what can be done with it; pictures are made in the background, the newest wins. Screen thread. */
public final class MapViewModel {
    private final ViewContext context;
    private final MapBuilder builder;
    private final ObjectProperty<MapLevel> level = new SimpleObjectProperty<>(MapLevel.PATH);
    private final ObjectProperty<Layout.Kind> layout = new SimpleObjectProperty<>(Layout.Kind.PATH);
    private final StringProperty find = new SimpleStringProperty("");
    private final StringProperty hide = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper findProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper hideProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable MapPicture> picture = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
    private final ObjectProperty<Map<String, Layout.Point>> positions = new SimpleObjectProperty<>(Map.of());
    private final ReadOnlyObjectWrapper<Set<String>> opened = new ReadOnlyObjectWrapper<>(Set.of());
    private final ReadOnlyObjectWrapper<Services> services = new ReadOnlyObjectWrapper<>(Services.NONE);
    private MapRequest.Crowd crowd = MapRequest.Crowd.LISTED;
    private Optional<MapQuery> finds = Optional.empty();
    private Optional<MapQuery> hides = Optional.empty();
    private Jobs.Handle running = () -> {};
    private String edgesOf = "";
    private int asked;
    private final Renewal<Services> finding;

    public MapViewModel(ViewContext context) {
        this.context = context;
        finding = new Renewal<>(context.jobs(), "find services", outcome -> {
            if (outcome instanceof Outcome.Ok<Services>(var found)) {
                found(found);
            }
        });
        builder = new MapBuilder(context.analysis());
        level.subscribe((_, _) -> {
            crowd = MapRequest.Crowd.LISTED;
            opened.set(Set.of());
            rebuild();
        });
        layout.subscribe((_, _) -> rebuild());
        find.subscribe((_, text) -> {
            finds = query(text, findProblem, finds);
            rebuild();
        });
        hide.subscribe((_, text) -> {
            hides = query(text, hideProblem, hides);
            rebuild();
        });
        context.shown().subscribe((_, _) -> rebuild());
        context.telemetry().subscribe((_, now) -> recorded(now));
        positions.subscribe((_, now) -> {
            MapPicture shown = picture.get();
            if (shown != null) {
                picture.set(shown.moved(now));
            }
        });
        rebuild();
        recorded(context.telemetry().getValue());
    }

    /** Other tools say something else of services. */
    private void recorded(Telemetry now) {
        if (!now.spans().isEmpty() || !now.names().isEmpty() || services.get() != Services.NONE) {
            finding.next(_ -> Outcome.ok(Services.of(now)));
        }
    }

    /** Draws anew what shows something of it. */
    private void found(Services found) {
        Services before = services.get();
        if (found.same(before)) {
            return;
        }
        services.set(found);
        if (found.isEmpty() && level.get() == MapLevel.NAMED) {
            level.set(MapLevel.HOSTS);
        } else if (level.get().shows(before, found)) {
            rebuild();
        }
    }

    /** Which services there are, and where. */
    ReadOnlyObjectProperty<Services> services() {
        return services.getReadOnlyProperty();
    }

    public ObjectProperty<MapLevel> level() {
        return level;
    }

    public ObjectProperty<Layout.Kind> layout() {
        return layout;
    }

    /** Condition on what is marked: {@code loss > 1%}; empty for nothing. */
    public StringProperty find() {
        return find;
    }

    /** Condition on what is left out. */
    public StringProperty hide() {
        return hide;
    }

    /** Why the condition is not understood, empty when it is; the last one that was understood goes on to hold. */
    public ReadOnlyStringProperty findProblem() {
        return findProblem.getReadOnlyProperty();
    }

    /** As {@link #findProblem}. */
    public ReadOnlyStringProperty hideProblem() {
        return hideProblem.getReadOnlyProperty();
    }

    /** True while a picture is being made. */
    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /** Why the last picture could not be made, empty when it could. */
    public ReadOnlyStringProperty failure() {
        return failure.getReadOnlyProperty();
    }

    /** Null until the first one is made. */
    ReadOnlyObjectProperty<@Nullable MapPicture> picture() {
        return picture.getReadOnlyProperty();
    }

    /** Ids of the subnets that are shown by their parts. */
    ReadOnlyObjectProperty<Set<String>> opened() {
        return opened.getReadOnlyProperty();
    }

    /**
     * Where the user put nodes, in pixels of the layout, by {@link #position layout and node}. A new map for every change, so that
     * it can be kept with the case, undone and set again.
     */
    public ObjectProperty<Map<String, Layout.Point>> positions() {
        return positions;
    }

    /** The name of a node's place in a layout: {@code path/hop-1}. */
    static String position(Layout.Kind layout, String node) {
        return switch (layout) {
                    case PATH -> "path/";
                    case LAYERED -> "layered/";
                    case FORCE -> "force/";
                }
                + node;
    }

    /** Puts a node somewhere. */
    void move(String node, Layout.Point to) {
        Map<String, Layout.Point> moved = new HashMap<>(positions.get());
        moved.put(position(layout.get(), node), to);
        positions.set(Map.copyOf(moved));
    }

    /** Moves the selected node by pixels of the layout; false when none is selected. */
    boolean moveSelected(double right, double down) {
        MapPicture shown = picture.get();
        int at = shown == null ? -1 : selectedNode(shown);
        if (shown == null || at < 0) {
            return false;
        }
        MapPicture.NodeMark mark = shown.nodes().get(at);
        move(mark.node().id(), new Layout.Point(mark.at().x() + right, mark.at().y() + down));
        return true;
    }

    /** Draws the most important of very many hosts, or their subnets. */
    void draw(MapRequest.Crowd wanted) {
        crowd = wanted;
        rebuild();
    }

    /** Gathers hosts into subnets again. */
    void closeAll() {
        opened.set(Set.of());
        rebuild();
    }

    /** Opens what is selected: a subnet by its parts, else the worst finding there with its proof. */
    void openSelected() {
        String place = context.selection().now().place();
        MapPicture shown = picture.get();
        if (place == null || shown == null) {
            return;
        }
        int node = shown.node(place);
        int edge = shown.edge(place);
        if (node >= 0 && shown.nodes().get(node).node().station() instanceof Station.Subnet
                || node >= 0
                        && shown.nodes().get(node).node().station() instanceof Station.Named named
                        && !named.addresses().isEmpty()) {
            Set<String> more = new HashSet<>(opened.get());
            more.add(place);
            opened.set(Set.copyOf(more));
            rebuild();
        } else {
            List<ExplainedFinding> findings = node >= 0
                    ? shown.nodes().get(node).findings()
                    : edge >= 0 ? shown.edges().get(edge).findings() : List.of();
            findings.stream().findFirst().ifPresent(context.selection()::finding);
        }
    }

    /** Selects the next place after the selected one that the condition to find holds for. */
    void nextFound() {
        MapPicture shown = picture.get();
        if (shown == null) {
            return;
        }
        List<String> found = Stream.concat(
                        shown.nodes().stream()
                                .filter(MapPicture.NodeMark::found)
                                .map(mark -> mark.node().id()),
                        shown.edges().stream()
                                .filter(MapPicture.EdgeMark::found)
                                .map(mark -> mark.edge().id()))
                .toList();
        if (!found.isEmpty()) {
            int at = found.indexOf(context.selection().now().place());
            context.selection().place(found.get((at + 1) % found.size()));
        }
    }

    /** Selects the node that lies next to the selected one in a direction; the first one when none is selected. */
    void step(int right, int down) {
        MapPicture shown = picture.get();
        if (shown == null || shown.nodes().isEmpty()) {
            return;
        }
        int at = selectedNode(shown);
        if (at < 0) {
            int edge = selectedEdge(shown);
            context.selection()
                    .place(shown.nodes()
                            .get(
                                    edge < 0
                                            ? first(shown)
                                            : right + down > 0
                                                    ? shown.edges().get(edge).to()
                                                    : shown.edges().get(edge).from())
                            .node()
                            .id());
            return;
        }
        Layout.Point here = shown.nodes().get(at).at();
        IntStream.range(0, shown.nodes().size())
                .filter(other -> other != at)
                .boxed()
                .filter(other -> ahead(here, shown.nodes().get(other).at(), right, down) > 0)
                .min(Comparator.comparingDouble(
                        other -> away(here, shown.nodes().get(other).at(), right, down)))
                .ifPresent(other -> context.selection()
                        .place(shown.nodes().get(other).node().id()));
    }

    /** Selects the next edge of the selected node, or after the selected edge the next one of the node that was begun at. */
    void stepEdge() {
        MapPicture shown = picture.get();
        if (shown == null || shown.edges().isEmpty()) {
            return;
        }
        int edge = selectedEdge(shown);
        int node = edge < 0
                ? Math.max(0, selectedNode(shown))
                : begun(shown, shown.edges().get(edge));
        edgesOf = shown.nodes().get(node).node().id();
        int[] here = IntStream.range(0, shown.edges().size())
                .filter(i -> shown.edges().get(i).from() == node
                        || shown.edges().get(i).to() == node)
                .toArray();
        if (here.length > 0) {
            int next = IntStream.of(here).filter(i -> i > edge).findFirst().orElse(here[0]);
            context.selection().place(shown.edges().get(next).edge().id());
        }
    }

    /** The end of an edge whose edges are gone through. */
    private int begun(MapPicture shown, MapPicture.EdgeMark edge) {
        return edgesOf.equals(shown.nodes().get(edge.to()).node().id()) ? edge.to() : edge.from();
    }

    private static int first(MapPicture shown) {
        return IntStream.range(0, shown.nodes().size())
                .boxed()
                .min(Comparator.comparingDouble(
                                (Integer i) -> shown.nodes().get(i).at().x())
                        .thenComparingDouble(i -> shown.nodes().get(i).at().y()))
                .orElse(0);
    }

    private static double ahead(Layout.Point from, Layout.Point to, int right, int down) {
        return (to.x() - from.x()) * right + (to.y() - from.y()) * down;
    }

    /** What lies straight ahead is nearer than what lies aside. */
    private static double away(Layout.Point from, Layout.Point to, int right, int down) {
        double aside = Math.abs((to.x() - from.x()) * down) + Math.abs((to.y() - from.y()) * right);
        return ahead(from, to, right, down) + 2.5 * aside;
    }

    private int selectedNode(MapPicture shown) {
        String place = context.selection().now().place();
        return place == null ? -1 : shown.node(place);
    }

    private int selectedEdge(MapPicture shown) {
        String place = context.selection().now().place();
        return place == null ? -1 : shown.edge(place);
    }

    /** What is lit by the present selection. */
    MapLight light(MapPicture shown, @Nullable String hovered) {
        return MapLight.of(shown, context.analysis(), context.selection().now(), hovered);
    }

    Selection selection() {
        return context.selection();
    }

    /** An analysis without any conversation; nothing can be drawn ever. */
    boolean noHosts() {
        return context.analysis().stitched().conversations().isEmpty();
    }

    private static Optional<MapQuery> query(String text, ReadOnlyStringWrapper problem, Optional<MapQuery> before) {
        if (text.isBlank()) {
            problem.set("");
            return Optional.empty();
        }
        return switch (MapQuery.parse(text)) {
            case Outcome.Ok<MapQuery>(var query) -> {
                problem.set("");
                yield Optional.of(query);
            }
            case Outcome.Failed<MapQuery>(Problem told) -> {
                problem.set(told.what());
                yield before;
            }
        };
    }

    private void rebuild() {
        running.cancel();
        int ask = ++asked;
        MapRequest request = new MapRequest(
                level.get(),
                layout.get(),
                finds,
                hides,
                opened.get(),
                crowd,
                context.shown().getValue(),
                services.get());
        MapPicture before = picture.get();
        busy.set(true);
        running = context.jobs()
                .<MapPicture>start(
                        "draw map",
                        progress -> Outcome.ok(builder.picture(request, before, progress)),
                        _ -> {},
                        outcome -> {
                            if (ask == asked) {
                                busy.set(false);
                                take(outcome);
                            }
                        });
    }

    private void take(Outcome<MapPicture> outcome) {
        switch (outcome) {
            case Outcome.Ok<MapPicture>(var made) -> {
                failure.set("");
                picture.set(made.moved(positions.get()));
            }
            case Outcome.Failed<MapPicture>(var problem) -> {
                Problem told = Told.problem(problem);
                failure.set(told.what() + " " + told.remedy());
            }
        }
    }
}
