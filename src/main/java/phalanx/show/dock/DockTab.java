package phalanx.show.dock;

import javafx.scene.Node;
import software.coley.bentofx.control.Header;
import software.coley.bentofx.control.HeaderPane;
import software.coley.bentofx.dockable.Dockable;

/** A tab of a dock: its icon and its title in the middle of its height. Screen thread. */
final class DockTab extends Header {
    DockTab(Dockable dockable, HeaderPane pane) {
        super(dockable, pane);
        accessibleTextProperty().bind(dockable.titleProperty());
    }

    @Override
    protected void layoutChildren() {
        for (Node child : getManagedChildren()) {
            double height = snapSizeY(child.prefHeight(-1));
            child.resizeRelocate(0, snapPositionY((getHeight() - height) / 2), snapSizeX(child.prefWidth(-1)), height);
        }
    }
}
