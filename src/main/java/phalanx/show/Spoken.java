package phalanx.show;

import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;

/** What screen readers say of nodes that are drawn, of which the toolkit knows nothing. Screen thread. */
public final class Spoken {
    private Spoken() {}

    /**
     * Makes a node a diagram that the focus comes to. Readers pass over canvases and panes as they are, for these have no role.
     *
     * @param kind what it is, in a word or two: {@code Ladder}
     */
    public static void diagram(Node node, String kind) {
        node.setFocusTraversable(true);
        node.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        node.setAccessibleRoleDescription(kind);
    }

    /** Says in a sentence what a diagram shows now, what is selected first; who listens is told when that is another one. */
    public static void tell(Node diagram, String sentence) {
        if (!sentence.equals(diagram.getAccessibleText())) {
            diagram.setAccessibleText(sentence);
            diagram.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT); // the property by itself tells nobody
        }
    }
}
