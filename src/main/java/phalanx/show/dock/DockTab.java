package phalanx.show.dock;

import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import software.coley.bentofx.control.Header;
import software.coley.bentofx.control.HeaderPane;
import software.coley.bentofx.dockable.Dockable;

/** A tab of a dock: its icon and its title in the middle of its height. Screen thread. */
final class DockTab extends Header {
    /** @param enter gives the focus to what is in the view */
    DockTab(Dockable dockable, HeaderPane pane, Runnable enter) {
        super(dockable, pane);
        accessibleTextProperty().bind(dockable.titleProperty());
        // A tab that gets the focus comes to the front: were all of them stops, the way by Tab would lead to the last
        // view alone.
        focusTraversableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> dockable.equals(pane.getContainer().getSelectedDockable()),
                        pane.getContainer().selectedDockableProperty()));
        addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (key.getCode() == KeyCode.ENTER) {
                enter.run();
                key.consume();
            }
        });
    }

    @Override
    protected void layoutChildren() {
        for (Node child : getManagedChildren()) {
            double height = snapSizeY(child.prefHeight(-1));
            child.resizeRelocate(0, snapPositionY((getHeight() - height) / 2), snapSizeX(child.prefWidth(-1)), height);
        }
    }
}
