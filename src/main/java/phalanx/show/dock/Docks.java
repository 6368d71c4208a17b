package phalanx.show.dock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.casefile.DockLayout;
import phalanx.show.DeskView;
import phalanx.show.Focus;
import phalanx.show.Words;
import software.coley.bentofx.Bento;
import software.coley.bentofx.control.Header;
import software.coley.bentofx.dockable.Dockable;
import software.coley.bentofx.layout.DockContainer;
import software.coley.bentofx.layout.container.DockContainerBranch;
import software.coley.bentofx.layout.container.DockContainerLeaf;
import software.coley.bentofx.layout.container.DockContainerRootBranch;

/**
 * The views of the desk in their docks: tabs that are dragged from dock to dock or out into windows, docks that are hidden and
 * brought back, a layout that can be kept and restored. Views are made when they are first seen. Screen thread.
 */
public final class Docks {
    private static final Words WORDS = Words.of("dock");

    private final List<DockedView> views;
    private final Bento bento = new Bento();
    private final BorderPane frame = new BorderPane();
    private final Map<String, Dockable> dockables = new LinkedHashMap<>();
    private final Map<String, DeskView> made = new LinkedHashMap<>();
    private final Map<DockPlace, DockLayout.Tabs> hidden = new EnumMap<>(DockPlace.class);
    private DockRoom room;
    private DockContainerRootBranch root;

    /**
     * Docks views at their usual places.
     *
     * @param room that there is at first
     * @param windows makes the scene of a window that a view was dragged into, dressed as the desk is
     */
    public Docks(List<DockedView> views, DockRoom room, Function<Region, Scene> windows) {
        this.views = List.copyOf(views);
        this.room = room;
        bento.stageBuilding().setSceneFactory((_, content, wide, high) -> {
            content.setPrefSize(wide, high);
            return windows.apply(content);
        });
        bento.controlsBuilding().setHeaderPaneFactory(leaf -> new DockHeaders(leaf, this));
        bento.controlsBuilding()
                .setHeaderFactory(
                        (dockable, pane) -> new DockTab(dockable, pane, () -> focusInside(dockable)).withDragDrop());
        bento.placeholderBuilding().setContainerPlaceholderFactory(_ -> new Label(WORDS.get("empty")));
        bento.events().addDockableSelectListener((_, dockable) -> makeIfAny(dockable));
        views.forEach(view -> dockables.put(view.id(), dockable(view)));
        root = bento.dockBuilding().root();
        restore(DockLayouts.usual(this.views, room));
    }

    private Dockable dockable(DockedView view) {
        Dockable dockable = bento.dockBuilding().dockable(view.id());
        dockable.setTitle(view.title());
        dockable.setTooltip(new Tooltip(view.title())); // where tabs are many, the last is cut
        dockable.setClosable(
                false); // closing is in the menu, where keys reach it; a cross on each tab only crowds them
        dockable.setIconFactory(_ -> new FontIcon(view.icon()));
        return dockable;
    }

    /** All docks of the desk's window. */
    public Node node() {
        return frame;
    }

    /** What stands where now, without windows and hidden docks. */
    public DockLayout layout() {
        List<DockContainer> parts = root.getChildContainers();
        return parts.size() == 1 ? DockTree.layout(parts.getFirst()) : DockTree.layout(root);
    }

    /** Puts views where a layout says; one that it does not name is closed until it is asked for. */
    public void restore(DockLayout layout) {
        closeWindows();
        bento.unregisterRoot(root);
        for (Dockable dockable : dockables.values()) {
            dockable.inContainer(leaf -> leaf.removeDockable(dockable));
        }
        root = bento.dockBuilding().root();
        bento.registerRoot(root);
        Set<String> placed = new HashSet<>();
        DockTree.fill(bento, root, layout, id -> placed.add(id) ? dockables.get(id) : null);
        for (Dockable dockable : dockables.values()) {
            dockable.inContainer(leaf -> {
                if (leaf.getSelectedDockable() == null) {
                    leaf.selectDockable(dockable);
                }
                makeIfAny(leaf.getSelectedDockable());
            });
        }
        frame.setCenter(root);
    }

    /** Back to the usual places. */
    public void reset() {
        hidden.clear();
        restore(DockLayouts.usual(views, room));
    }

    /** There is other room now: where nobody moved anything, the usual layout becomes the one for that room. */
    public void fit(DockRoom now) {
        DockLayout before = DockLayouts.usual(views, room);
        DockLayout after = DockLayouts.usual(views, now);
        room = now;
        if (!DockLayouts.alike(before, after) && DockLayouts.alike(before, layout())) {
            List<String> front = views.stream()
                    .filter(view -> isInFront(view.id()))
                    .sorted(Comparator.comparing(view -> now.place(view.place()) == view.place()))
                    .map(DockedView::id)
                    .toList();
            restore(after);
            for (String id : front) {
                Dockable dockable = dockables.get(id);
                if (dockable != null) {
                    dockable.inContainer(leaf -> leaf.selectDockable(dockable));
                }
            }
        }
    }

    /** The views of this desk, in the order of the menu. */
    public List<DockedView> views() {
        return views;
    }

    /** The view of that id, made now if nobody has seen it yet. */
    public DeskView view(String id) {
        Dockable dockable = dockables.get(id);
        if (dockable == null) {
            throw new IllegalArgumentException("no view " + id);
        }
        return make(dockable);
    }

    /** The view of that id if anybody has seen it. */
    public Optional<DeskView> made(String id) {
        return Optional.ofNullable(made.get(id));
    }

    /** Whether a view is in front of its dock. */
    public boolean isInFront(String id) {
        Dockable dockable = dockables.get(id);
        DockContainerLeaf leaf = dockable == null ? null : dockable.getContainer();
        return leaf != null && Objects.equals(dockable, leaf.getSelectedDockable());
    }

    /** Brings a view to the front of its dock, and its dock back when it was hidden or closed; gives it the focus. */
    public void show(String id) {
        Dockable dockable = dockables.get(id);
        if (dockable == null) {
            return;
        }
        if (dockable.getContainer() == null) {
            DockPlace place = views.stream()
                    .filter(view -> view.id().equals(id))
                    .findFirst()
                    .map(DockedView::place)
                    .map(room::place)
                    .orElseThrow();
            DockLayout.Tabs away = hidden.remove(place);
            if (away != null && away.views().contains(id)) {
                restore(DockLayouts.with(layout(), place, away));
            } else {
                leaves(root).stream()
                        .filter(leaf -> leaf.getIdentifier().equals(place.id()))
                        .findFirst()
                        .ifPresentOrElse(
                                leaf -> leaf.addDockable(dockable),
                                () -> restore(DockLayouts.with(
                                        layout(), place, new DockLayout.Tabs(place.id(), List.of(id), id))));
            }
        }
        dockable.inContainer(leaf -> leaf.selectDockable(dockable));
        focusInside(dockable);
    }

    /** Whether a dock is on the screen. */
    public boolean isShown(DockPlace place) {
        return DockLayouts.find(layout(), place).isPresent();
    }

    /** Hides a dock, or brings it back with the views it had. */
    public void toggle(DockPlace place) {
        DockLayout now = layout();
        Optional<DockLayout.Tabs> shown = DockLayouts.find(now, place);
        if (shown.isEmpty()) {
            DockLayout.Tabs back = hidden.remove(place);
            DockLayout.Tabs tabs = back == null ? DockLayouts.tabs(views, place, room) : back;
            if (!tabs.views().isEmpty()) {
                restore(DockLayouts.with(now, place, tabs));
            }
        } else {
            DockLayouts.without(now, place).ifPresent(rest -> {
                hidden.put(place, shown.get());
                restore(rest);
            });
        }
    }

    /** Moves the focus to the next dock, or the one before with a negative step. */
    public void focusNext(int step) {
        List<DockContainerLeaf> leaves = leaves(root);
        if (leaves.isEmpty()) {
            return;
        }
        int from = focusedLeaf().map(leaves::indexOf).orElse(-1);
        int at = from < 0 ? 0 : from + step;
        DockContainerLeaf next = leaves.get(Math.floorMod(at, leaves.size()));
        Dockable front = next.getSelectedDockable();
        if (front != null) {
            focusInside(front);
        }
    }

    /** The view that has the focus; without one, the view in front of the centre. */
    public Optional<DeskView> focused() {
        return focusedId().map(made::get);
    }

    /** The id of {@link #focused()}. */
    public Optional<String> focusedId() {
        return focusedLeaf()
                .or(() -> leaves(root).stream()
                        .filter(leaf -> leaf.getIdentifier().equals(DockPlace.CENTRE.id()))
                        .findFirst())
                .map(DockContainerLeaf::getSelectedDockable)
                .map(Dockable::getIdentifier);
    }

    /**
     * The dock around what has the focus, in the desk's window or in one that views stand in. The scene is asked, for the toolkit's
     * {@code focusWithin} stays where it was when a view goes.
     */
    private Optional<DockContainerLeaf> focusedLeaf() {
        Stream<Scene> inFront = bento.getRootContainers().stream()
                .map(Node::getScene)
                .filter(scene -> scene != null
                        && scene.getWindow() != null
                        && scene.getWindow().isFocused());
        return Stream.concat(inFront, Stream.ofNullable(frame.getScene()))
                .flatMap(scene -> Stream.iterate(scene.getFocusOwner(), Objects::nonNull, Node::getParent))
                .filter(DockContainerLeaf.class::isInstance)
                .map(DockContainerLeaf.class::cast)
                .findFirst();
    }

    /** What stands on the tab of a view. */
    public String titleOf(DeskView view) {
        return views.stream()
                .filter(one -> view.equals(made.get(one.id())))
                .map(DockedView::title)
                .findFirst()
                .orElse("");
    }

    /** Moves a view to another dock. */
    void move(Dockable dockable, DockPlace to) {
        String id = dockable.getIdentifier();
        dockable.inContainer(leaf -> leaf.removeDockable(dockable));
        DockLayout now = layout();
        Optional<DockContainerLeaf> there = leaves(root).stream()
                .filter(leaf -> leaf.getIdentifier().equals(to.id()))
                .findFirst();
        if (there.isPresent()) {
            there.get().addDockable(dockable);
            there.get().selectDockable(dockable);
        } else {
            restore(DockLayouts.with(now, to, new DockLayout.Tabs(to.id(), List.of(id), id)));
        }
    }

    /** Puts a view into a window of its own. */
    void detach(Dockable dockable) {
        Scene scene = frame.getScene();
        double width = Math.max(480, frame.getWidth() / 2);
        double height = Math.max(360, frame.getHeight() / 2);
        dockable.inContainer(leaf -> leaf.removeDockable(dockable));
        Stage stage = bento.stageBuilding().newStageForDockable(scene, dockable, width, height);
        stage.setTitle(dockable.getTitle());
        stage.show();
        focusInside(dockable);
    }

    /** Closes the windows that views stand in. */
    public void closeWindows() {
        List<Stage> windows = new ArrayList<>();
        for (DockContainerRootBranch other : List.copyOf(bento.getRootContainers())) {
            Window window = other.equals(root) || other.getScene() == null
                    ? null
                    : other.getScene().getWindow();
            if (window instanceof Stage stage) {
                windows.add(stage);
            }
        }
        windows.forEach(Stage::close);
    }

    private void makeIfAny(@Nullable Dockable dockable) {
        if (dockable != null) {
            make(dockable);
        }
    }

    private DeskView make(Dockable dockable) {
        DeskView known = made.get(dockable.getIdentifier());
        if (known != null) {
            return known;
        }
        DeskView view = views.stream()
                .filter(one -> one.id().equals(dockable.getIdentifier()))
                .findFirst()
                .orElseThrow()
                .made()
                .get();
        made.put(dockable.getIdentifier(), view);
        dockable.setNode(view.node());
        return view;
    }

    private static List<DockContainerLeaf> leaves(DockContainerBranch branch) {
        List<DockContainerLeaf> leaves = new ArrayList<>();
        for (DockContainer child : branch.getChildContainers()) {
            switch (child) {
                case DockContainerLeaf leaf -> leaves.add(leaf);
                case DockContainerBranch inner -> leaves.addAll(leaves(inner));
            }
        }
        return leaves;
    }

    private void focusInside(Dockable dockable) {
        focusNow(dockable);
        Focus.afterLayout(frame.getScene(), () -> {
            if (isInFront(dockable.getIdentifier())) {
                focusNow(dockable);
            }
        });
    }

    /** What a view is about is a picture, a card, a table, a tree or a list; while none is there, its tab has the focus. */
    private void focusNow(Dockable dockable) {
        boolean inside = Focus.first(
                make(dockable).node(),
                inner -> inner.getAccessibleRoleDescription() != null
                        || inner instanceof TableView
                        || inner instanceof TreeView
                        || inner instanceof ListView);
        if (!inside) {
            dockable.inContainer(leaf -> {
                Header header = leaf.getHeader(dockable);
                if (header != null) {
                    header.requestFocus();
                }
            });
        }
    }
}
