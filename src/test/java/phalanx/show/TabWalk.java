package phalanx.show;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TextArea;
import javafx.scene.control.Toggle;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** The way of the focus through a scene by the key Tab, which leaves the focus where it was. Screen thread. */
final class TabWalk {
    /** Where Tab goes to the next capture point of the selected packet, and Control and Tab onwards. */
    private static final Set<String> SIGHTINGS =
            Set.of("ladder.LadderCanvas Canvas", "packets.HexView HexView", "packets.FieldTree FieldTree");
    /** Where Tab completes what is typed while there is something to complete. */
    private static final String COMPLETES = "omnibox.Omnibox CustomTextField";

    private final Scene scene;
    private final Set<Node> visited = new LinkedHashSet<>();
    private final List<String> faults = new ArrayList<>();

    private TabWalk(Scene scene) {
        this.scene = scene;
    }

    /**
     * What is wrong with the order of a scene; empty when the focus comes to everything and round to where it began.
     *
     * @param back by Shift and Tab
     */
    static List<String> faults(Scene scene, boolean back) {
        TabWalk walk = new TabWalk(scene);
        Node first = scene.getFocusOwner();
        if (first != null) {
            walk.go(first, back);
            first.requestFocus();
        } else if (!walk.stops().isEmpty()) {
            walk.faults.add("nothing has the focus");
        }
        return walk.faults;
    }

    private void go(Node first, boolean back) {
        List<Node> all = stops();
        Node at = first;
        do {
            visited.add(at);
            Node next = next(at, back);
            if (next == null || next.equals(at) && all.size() > 1) {
                faults.add(VisibleText.place(at) + " lets the focus go nowhere");
                return;
            }
            at = next;
        } while (!visited.contains(at));
        if (!at.equals(first)) {
            faults.add(VisibleText.place(at) + " begins a round without " + VisibleText.place(first));
        }
        all.stream()
                .filter(node -> AccessFaults.isStop(node) && !visited.contains(node) && !isBesideVisited(node))
                .map(node -> VisibleText.place(node) + " is never come to")
                .forEach(faults::add);
        visited.stream()
                .filter(node -> !AccessFaults.isStop(node))
                .map(node -> VisibleText.place(node) + " is come to and cannot be seen or used")
                .forEach(faults::add);
    }

    private List<Node> stops() {
        return Screen.all(scene.getRoot()).stream().filter(AccessFaults::isStop).toList();
    }

    /** Of toggles of which one is chosen only that one is a stop; arrows go to the others. */
    private boolean isBesideVisited(Node node) {
        return node instanceof Toggle toggle
                && toggle.getToggleGroup() != null
                && visited.stream()
                        .anyMatch(one -> one instanceof Toggle other
                                && toggle.getToggleGroup().equals(other.getToggleGroup()));
    }

    private Node next(Node from, boolean back) {
        String place = VisibleText.place(from);
        press(from, back, from instanceof TextArea || SIGHTINGS.contains(place));
        if (from.equals(scene.getFocusOwner()) && place.equals(COMPLETES)) {
            press(from, back, true);
        }
        return scene.getFocusOwner();
    }

    private static void press(Node at, boolean shift, boolean control) {
        Event.fireEvent(at, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.TAB, shift, control, false, false));
    }
}
