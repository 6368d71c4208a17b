package phalanx.show.dock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.casefile.DockLayout;
import phalanx.show.DeskView;
import phalanx.show.Words;
import software.coley.bentofx.Bento;
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
    /** Style class of a view's tab. */
    public static final String HEADER = "header";

    private static final Words WORDS = Words.of("dock");

    private final List<DockedView> views;
    private final Bento bento = new Bento();
    private final BorderPane frame = new BorderPane();
    private final Map<String, Dockable> dockables = new LinkedHashMap<>();
    private final Map<String, DeskView> made = new LinkedHashMap<>();
    private final Map<DockPlace, DockLayout.Tabs> hidden = new EnumMap<>(DockPlace.class);
    /** Names of the docks of the desk's window that views stood in last, by the views' ids. */
    private final Map<String, String> stood = new HashMap<>();

    private final DockWindows windows;
    private final DockFocus focus = new DockFocus(bento, frame, this::leaves);
    private DockRoom room;
    private DockContainerRootBranch root;

    /**
     * Docks views at their usual places.
     *
     * @param room that there is at first
     * @param scenes makes the scene of a window that a view was dragged into, dressed as the desk is
     */
    public Docks(List<DockedView> views, DockRoom room, Function<Region, Scene> scenes) {
        this.views = List.copyOf(views);
        this.room = room;
        windows = new DockWindows(bento, scenes, this::dockBack, view -> show(view.getIdentifier()));
        bento.controlsBuilding().setHeaderPaneFactory(leaf -> new DockHeaders(leaf, this));
        bento.controlsBuilding()
                .setHeaderFactory(
                        (dockable, pane) -> new DockTab(dockable, pane, () -> focusInside(dockable)).withDragDrop());
        bento.placeholderBuilding().setContainerPlaceholderFactory(_ -> new Label(WORDS.get("empty")));
        bento.events().addDockableSelectListener((_, dockable) -> makeIfAny(dockable));
        views.forEach(view -> dockables.put(view.id(), dockable(view)));
        root = bento.dockBuilding().root();
        arrange(DockLayouts.usual(this.views, room));
    }

    private Dockable dockable(DockedView view) {
        Dockable dockable = bento.dockBuilding().dockable(view.id());
        dockable.setTitle(view.title());
        dockable.setTooltip(new Tooltip(view.title())); // where tabs are many, the last is cut
        dockable.setClosable(
                false); // closing is in the menu, where keys reach it; a cross on each tab only crowds them
        dockable.setIconFactory(_ -> new FontIcon(view.icon()));
        dockable.containerProperty().subscribe((before, _) -> {
            if (before != null && !DockWindows.hold(before)) {
                stood.put(view.id(), before.getIdentifier());
            }
        });
        return dockable;
    }

    /** All docks of the desk's window. */
    public Node node() {
        return frame;
    }

    /** What stands where now, without hidden docks; views in windows of their own stand where they came from. */
    public DockLayout layout() {
        DockLayout layout = inDesk();
        for (Dockable dockable : dockables.values()) {
            if (DockWindows.hold(dockable.getContainer())) {
                layout = with(layout, dockable.getIdentifier());
            }
        }
        return layout;
    }

    private DockLayout inDesk() {
        List<DockContainer> parts = root.getChildContainers();
        return parts.size() == 1 ? DockTree.layout(parts.getFirst()) : DockTree.layout(root);
    }

    /** A layout with one view more, in the dock that it stood in; in its usual one when that is gone. */
    private DockLayout with(DockLayout layout, String id) {
        String last = stood.get(id);
        if (last != null && DockLayouts.find(layout, last).isPresent()) {
            return DockLayouts.with(layout, last, id);
        }
        DockPlace place = Stream.of(DockPlace.values())
                .filter(one -> one.id().equals(last))
                .findFirst()
                .or(() -> views.stream()
                        .filter(view -> view.id().equals(id))
                        .findFirst()
                        .map(view -> room.place(view.place())))
                .orElseThrow();
        if (DockLayouts.find(layout, place).isPresent()) {
            return DockLayouts.with(layout, place.id(), id);
        }
        DockLayout.Tabs away = hidden.getOrDefault(place, new DockLayout.Tabs(place.id(), List.of(), id));
        DockLayout whole = DockLayouts.with(layout, place, away);
        return away.views().contains(id) ? whole : DockLayouts.with(whole, place.id(), id);
    }

    /** Puts views where a layout says, also those in windows; one that it does not name is closed until it is asked for. */
    public void restore(DockLayout layout) {
        closeWindows();
        arrange(layout);
    }

    /** As {@link #restore}, of the desk's window alone. */
    private void arrange(DockLayout layout) {
        bento.unregisterRoot(root);
        for (Dockable dockable : dockables.values()) {
            if (!DockWindows.hold(dockable.getContainer())) {
                dockable.inContainer(leaf -> leaf.removeDockable(dockable));
            }
        }
        root = bento.dockBuilding().root();
        bento.registerRoot(root);
        DockTree.fill(bento, root, layout, id -> {
            Dockable dockable = dockables.get(id);
            return dockable == null || dockable.getContainer() != null ? null : dockable;
        });
        for (Dockable dockable : dockables.values()) {
            dockable.inContainer(leaf -> {
                if (leaf.getSelectedDockable() == null) {
                    leaf.selectDockable(dockable);
                }
                makeIfAny(leaf.getSelectedDockable());
            });
        }
        hidden.keySet().removeIf(place -> DockLayouts.find(layout, place).isPresent());
        frame.setCenter(root);
    }

    /** Back to the usual places. */
    public void reset() {
        closeWindows();
        hidden.clear();
        stood.clear();
        arrange(DockLayouts.usual(views, room));
    }

    /** There is other room now: where nobody moved anything, the usual layout becomes the one for that room. */
    public void fit(DockRoom now) {
        DockLayout before = DockLayouts.usual(views, room);
        DockLayout after = DockLayouts.usual(views, now);
        room = now;
        if (!DockLayouts.alike(before, after) && DockLayouts.alike(before, inDesk())) {
            List<String> front = views.stream()
                    .filter(view -> isInFront(view.id()))
                    .sorted(Comparator.comparing(view -> now.place(view.place()) == view.place()))
                    .map(DockedView::id)
                    .toList();
            arrange(after);
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
        DockContainerLeaf leaf = leafOf(id);
        return leaf != null && Objects.equals(dockables.get(id), leaf.getSelectedDockable());
    }

    /** Brings a view to the front of its dock, and its dock back when it was hidden or closed; gives it the focus. */
    public void show(String id) {
        Dockable dockable = dockables.get(id);
        if (dockable == null) {
            return;
        }
        if (dockable.getContainer() == null) {
            arrange(with(inDesk(), id));
        }
        DockWindows.raise(dockable);
        dockable.inContainer(leaf -> leaf.selectDockable(dockable));
        focusInside(dockable);
    }

    /** Whether a dock is on the screen. */
    public boolean isShown(DockPlace place) {
        return DockLayouts.find(inDesk(), place).isPresent();
    }

    /** Hides a dock, or brings it back with the views it had. */
    public void toggle(DockPlace place) {
        DockLayout now = inDesk();
        Optional<DockLayout.Tabs> shown = DockLayouts.find(now, place);
        if (shown.isEmpty()) {
            DockLayout.Tabs back = hidden.getOrDefault(place, DockLayouts.tabs(views, place, room));
            if (!back.views().stream().allMatch(id -> DockWindows.hold(leafOf(id)))) {
                arrange(DockLayouts.with(now, place, back));
            }
        } else {
            DockLayouts.without(now, place).ifPresent(rest -> {
                arrange(rest);
                hidden.put(place, shown.get());
            });
        }
    }

    private @Nullable DockContainerLeaf leafOf(String id) {
        Dockable dockable = dockables.get(id);
        return dockable == null ? null : dockable.getContainer();
    }

    /** The view that has the focus; without one, the view in front of the centre. */
    public Optional<DeskView> focused() {
        return focus.id().map(made::get);
    }

    /** Which dock has the focus. */
    public DockFocus focus() {
        return focus;
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
        DockLayout now = inDesk();
        Optional<DockContainerLeaf> there = leaves().stream()
                .filter(leaf -> leaf.getIdentifier().equals(to.id()))
                .findFirst();
        if (there.isPresent()) {
            there.get().addDockable(dockable);
            there.get().selectDockable(dockable);
        } else {
            DockLayout.Tabs away = hidden.getOrDefault(to, new DockLayout.Tabs(to.id(), List.of(), id));
            arrange(DockLayouts.with(DockLayouts.with(now, to, away), to.id(), id));
            dockable.inContainer(leaf -> leaf.selectDockable(dockable));
        }
    }

    /** Puts a view into a window of its own. */
    void detach(Dockable dockable) {
        Scene scene = frame.getScene();
        double width = Math.max(480, frame.getWidth() / 2);
        double height = Math.max(360, frame.getHeight() / 2);
        dockable.inContainer(leaf -> leaf.removeDockable(dockable));
        windows.open(scene, dockable, width, height);
        focusInside(dockable);
    }

    /** Closes the windows that views stand in; the views go back to the docks they came from. */
    public void closeWindows() {
        windows.close();
    }

    private void dockBack(List<Dockable> closing) {
        for (Dockable dockable : closing) {
            dockable.inContainer(leaf -> leaf.removeDockable(dockable));
        }
        DockLayout layout = inDesk();
        for (Dockable dockable : closing) {
            layout = with(layout, dockable.getIdentifier());
        }
        arrange(layout);
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

    private List<DockContainerLeaf> leaves() {
        return leaves(root);
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
        make(dockable);
        focus.into(dockable);
    }
}
