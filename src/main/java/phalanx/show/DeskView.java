package phalanx.show;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/** A view that the desk can dock: a node, and what can be taken out of it. Screen thread. */
public interface DeskView {
    /** The view itself; always the same. */
    Node node();

    /** What the view shows as a table: behind every diagram, for those who would rather read, and for CSV. */
    default Optional<DataTable> table() {
        return Optional.empty();
    }

    /** Draws what the view shows now onto a pen of that size, for SVG and reports; empty for views that are no drawing. */
    default Optional<Drawing> drawing() {
        return Optional.empty();
    }

    /** Goes to where comes in what is captured; nothing for views that show all at once. */
    default void showNewest() {}

    /** Whether a view is in front of a dock: those behind stand in no scene. Follows the view. */
    static ObservableValue<Boolean> isSeen(Node view) {
        return view.sceneProperty().map(_ -> true).orElse(false);
    }

    /** A drawing that can be repeated. */
    record Drawing(double width, double height, Consumer<Pen> onto) {}
}
