package phalanx.show.demo;

import java.util.Optional;
import javafx.scene.Node;

/** The views of the desk as a tour needs them, by their ids. Screen thread. */
public interface TourViews {
    /** Brings a view to the front and gives it the focus; nothing happens for one that the desk does not have. */
    void show(String view);

    /** Where a view is; empty for one that the desk does not have. */
    Optional<Node> node(String view);
}
