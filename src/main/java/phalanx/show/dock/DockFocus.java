package phalanx.show.dock;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TreeView;
import phalanx.show.Focus;
import software.coley.bentofx.Bento;
import software.coley.bentofx.control.Header;
import software.coley.bentofx.dockable.Dockable;
import software.coley.bentofx.layout.container.DockContainerLeaf;

/** Which dock has the focus, and how it goes from one to the next. Screen thread. */
public final class DockFocus {
    private final Bento bento;
    private final Node frame;
    private final Supplier<List<DockContainerLeaf>> docks;

    /**
     * @param frame what stands around the docks of the desk's window
     * @param docks those of the desk's window, as they are now
     */
    DockFocus(Bento bento, Node frame, Supplier<List<DockContainerLeaf>> docks) {
        this.bento = bento;
        this.frame = frame;
        this.docks = docks;
    }

    /** Moves the focus to the next dock, or the one before with a negative step. */
    public void next(int step) {
        List<DockContainerLeaf> all = docks.get();
        if (all.isEmpty()) {
            return;
        }
        int from = around().map(all::indexOf).orElse(-1);
        int at = from < 0 ? 0 : from + step;
        Dockable front = all.get(Math.floorMod(at, all.size())).getSelectedDockable();
        if (front != null) {
            into(front);
        }
    }

    /** The id of the view that has the focus; without one, of the view in front of the centre. */
    public Optional<String> id() {
        return around().or(() -> docks.get().stream()
                        .filter(dock -> dock.getIdentifier().equals(DockPlace.CENTRE.id()))
                        .findFirst())
                .map(DockContainerLeaf::getSelectedDockable)
                .map(Dockable::getIdentifier);
    }

    /**
     * The dock around what has the focus, in the desk's window or in one that views stand in. The scene is asked, for the toolkit's
     * {@code focusWithin} stays where it was when a view goes.
     */
    private Optional<DockContainerLeaf> around() {
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

    /** Gives the focus to a view that is made, now and again when all of it is there. */
    void into(Dockable view) {
        give(view);
        Focus.afterLayout(
                frame.getScene(),
                () -> view.inContainer(dock -> {
                    if (view.equals(dock.getSelectedDockable())) {
                        give(view);
                    }
                }));
    }

    /** What a view is about is a picture, a card, a table, a tree or a list; while none is there, its tab has the focus. */
    private static void give(Dockable view) {
        Node node = view.getNode();
        boolean inside = node != null
                && Focus.first(
                        node,
                        inner -> inner.getAccessibleRoleDescription() != null
                                || inner instanceof TableView
                                || inner instanceof TreeView
                                || inner instanceof ListView);
        if (!inside) {
            view.inContainer(dock -> {
                Header header = dock.getHeader(view);
                if (header != null) {
                    header.requestFocus();
                }
            });
        }
    }
}
