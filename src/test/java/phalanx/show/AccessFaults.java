package phalanx.show;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextInputControl;
import javafx.stage.PopupWindow;
import org.jspecify.annotations.Nullable;

/** What keeps who does not see, or has no mouse, from using a scene: a line for each fault, with its place. Screen thread. */
final class AccessFaults {
    private final Scene scene;
    private final List<Node> nodes;
    private final Set<String> faults = new TreeSet<>();

    private AccessFaults(Scene scene) {
        this.scene = scene;
        nodes = Screen.all(scene.getRoot()).stream().filter(Screen::isSeen).toList();
    }

    /** @param view in front of the scene, null for none */
    static Set<String> of(Scene scene, @Nullable DeskView view) {
        AccessFaults found = new AccessFaults(scene);
        found.nodes.forEach(found::check);
        found.focus(scene.getFocusOwner());
        if (view != null && scene.equals(view.node().getScene())) {
            Screen.all((Parent) view.node()).stream()
                    .filter(node -> node instanceof Canvas && isStop(node))
                    .forEach(canvas -> found.diagram(canvas, view));
        }
        return found.faults;
    }

    private void check(Node node) {
        if (isStop(node)) {
            named(node);
        }
        if (node instanceof ButtonBase button
                && blank(button.getText())
                && !(node instanceof CheckBox)
                && !(node instanceof RadioButton)) {
            icon(button);
        }
        if (isField(node) && name(node).isBlank()) {
            fault(node, "is a field without a label");
        }
        if (Handlers.takesClicks(node) && !byKeys(node)) {
            fault(node, "takes clicks that no key can take the place of");
        }
        if (node instanceof Control control && control.getContextMenu() != null && !offersMenu(control)) {
            fault(node, "has a menu that no key opens");
        }
        if (node instanceof ScrollPane pane && scrolls(pane) && !scrollsByKeys(pane)) {
            fault(node, "scrolls by the mouse alone");
        }
    }

    /** Keys go to what has the focus: that must be seen. */
    private void focus(@Nullable Node owner) {
        if (owner != null && !isStop(owner)) {
            fault(owner, "has the focus and cannot be seen or used");
        }
    }

    /** What the focus comes to must be known to screen readers, which pass over plain nodes and parents, and have a name. */
    private void named(Node node) {
        AccessibleRole role = node.getAccessibleRole();
        if (role == null || role == AccessibleRole.NODE || role == AccessibleRole.PARENT) {
            fault(node, "takes the focus and has no role");
        }
        if (name(node).isBlank()) {
            fault(node, "takes the focus and has no name");
        }
        if (node instanceof Labeled labeled
                && hasLetters(labeled.getText())
                && !contains(name(node), labeled.getText())) {
            fault(node, "is called otherwise than is written on it: " + name(node) + " / " + labeled.getText());
        }
    }

    private void icon(ButtonBase button) {
        if (blank(button.getAccessibleText())) {
            fault(button, "is an icon without a name");
        } else if (button.getTooltip() == null || !button.getTooltip().getText().equals(button.getAccessibleText())) {
            fault(button, "is an icon without its name as a tooltip");
        }
    }

    private void diagram(Node canvas, DeskView view) {
        if (blank(canvas.getAccessibleRoleDescription())) {
            fault(canvas, "is a diagram that does not say of what kind");
        }
        String told = canvas.getAccessibleText();
        if (blank(told) || told.split(" ").length < 3 || !told.endsWith(".")) {
            fault(canvas, "is a diagram without a sentence that sums it up: " + told);
        }
        if (view.table().isEmpty()) {
            fault(canvas, "is a diagram without a table");
        }
    }

    /** Whether the focus can come to a node. */
    static boolean isStop(Node node) {
        return node.isFocusTraversable() && !node.isDisabled() && Screen.isSeen(node);
    }

    private static boolean isField(Node node) {
        return node instanceof TextInputControl
                || node instanceof ComboBoxBase<?>
                || node instanceof ChoiceBox<?>
                || node instanceof Spinner<?>
                || node instanceof Slider;
    }

    /** As a screen reader says it: what was given to it, what is written on it, or what is written beside it. */
    private String name(Node node) {
        String given = node.getAccessibleText();
        String written = node instanceof Labeled labeled ? labeled.getText() : null;
        if (given != null && !given.isBlank()) {
            return given;
        }
        if (written != null && !written.isBlank()) {
            return written;
        }
        return nodes.stream()
                .filter(other -> other instanceof Label label && node.equals(label.getLabelFor()))
                .map(label -> ((Label) label).getText())
                .findFirst()
                .orElse("");
    }

    /** Whether keys do what a click does: the node, or what is around it, takes the focus and keys. */
    private boolean byKeys(Node node) {
        if (isOfRow(node)) {
            return true;
        }
        if (node.getAccessibleRole() == AccessibleRole.TAB_ITEM) { // arrows go to it from the one that is chosen
            return node.getParent().getChildrenUnmodifiable().stream()
                    .anyMatch(tab -> isStop(tab) && Handlers.takesKeys(tab));
        }
        for (Node around = node; around != null; around = around.getParent()) {
            if (isStop(around)) {
                return around instanceof ButtonBase || Handlers.takesKeys(around);
            }
        }
        return scene.getWindow() instanceof PopupWindow popup
                && popup.getOwnerNode() != null
                && Handlers.takesKeys(popup.getOwnerNode());
    }

    /** As tabs: the one in front is a stop, and arrows go on from there. */
    private static boolean isOfRow(Node node) {
        return node.getParent() != null
                && node.getParent().getChildrenUnmodifiable().stream()
                        .anyMatch(other ->
                                other.getClass().equals(node.getClass()) && isStop(other) && Handlers.takesKeys(other));
    }

    /** Whether the key for menus finds one: it looks at what has the focus. */
    private static boolean offersMenu(Control of) {
        for (Node around = of; around != null; around = around.getParent()) {
            if (isStop(around)) {
                return around.getOnContextMenuRequested() != null
                        || around instanceof Control control && control.getContextMenu() != null;
            }
        }
        return false;
    }

    private static boolean scrolls(ScrollPane pane) {
        return pane.getContent() != null
                && pane.getContent().getLayoutBounds().getHeight()
                        > pane.getViewportBounds().getHeight() + 1;
    }

    /** By its own keys, or because the focus comes to something inside, or as a part of a text that is moved through. */
    private static boolean scrollsByKeys(ScrollPane pane) {
        return isStop(pane)
                || pane.getParent() instanceof TextInputControl
                || Screen.all(pane).stream().anyMatch(AccessFaults::isStop);
    }

    private static boolean contains(String name, String written) {
        return letters(name).contains(letters(written));
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }

    private static boolean hasLetters(@Nullable String text) {
        return text != null && text.codePoints().anyMatch(Character::isLetter);
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private void fault(Node node, String what) {
        faults.add(VisibleText.place(node) + " " + what);
    }
}
