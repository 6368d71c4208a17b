package phalanx.show;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Control;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableRow;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TitledPane;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeCell;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with how texts and controls lie in a scene, found by their boxes: texts that are cut without a tooltip that has them
 * whole, what lies over what, and texts too faint for what they stand on. Cells of tables may be cut, their columns can be widened.
 * Screen thread.
 */
public final class LayoutFaults {
    /** WCAG 2.2, 1.4.3. */
    private static final double LEAST_CONTRAST = 4.5;
    /** Pixels that boxes may reach into each other or beyond an edge: fonts have room around their letters. */
    private static final double SLACK = 2;

    private static final String TOOLTIP = "javafx.scene.control.Tooltip";

    private final Scene scene;
    private final Set<String> faults = new HashSet<>();

    private LayoutFaults(Scene scene) {
        this.scene = scene;
    }

    /** Each fault in words, in no order. */
    public static List<String> of(Scene scene) {
        LayoutFaults found = new LayoutFaults(scene);
        List<Node> visible = new ArrayList<>();
        found.collect(scene.getRoot(), visible);
        List<Node> atoms = new ArrayList<>();
        for (Node node : visible) {
            if (isText(node)) {
                found.cut(node);
                found.faint(node);
            }
            if (isText(node) && !(node instanceof TitledPane) || node instanceof Control control && isLeaf(control)) {
                atoms.add(node);
            }
        }
        found.overlaps(atoms);
        return List.copyOf(found.faults);
    }

    private void collect(Node node, List<Node> into) {
        if (!node.isVisible() || node.getOpacity() == 0) {
            return;
        }
        into.add(node);
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, into));
        }
    }

    private static boolean isText(Node node) {
        return switch (node) {
            case Labeled labeled ->
                labeled.getText() != null && !labeled.getText().isBlank();
            case Text text -> !text.getText().isBlank() && owner(text) == null;
            default -> false;
        };
    }

    /** The control that a text is a part of. */
    private static @Nullable Node owner(Text text) {
        for (Node node = text.getParent(); node != null; node = node.getParent()) {
            if (node instanceof Labeled && !(node instanceof TitledPane) && !(node instanceof IndexedCell)
                    || node instanceof TextInputControl) {
                return node;
            }
        }
        return text.getParent() instanceof IndexedCell<?> cell ? cell : null;
    }

    private static boolean isLeaf(Control control) {
        return control instanceof TextInputControl
                || !(control instanceof IndexedCell)
                        && control.lookupAll("*").stream()
                                .noneMatch(inner -> inner instanceof Control && !inner.equals(control));
    }

    private void cut(Node node) {
        if (within(node, TableRow.class) || within(node, TreeCell.class)) {
            return;
        }
        String text = textOf(node);
        if (node instanceof Labeled labeled && labeled.isTextTruncated() && !hinted(node, text)) {
            faults.add("cut: " + name(node, text));
        }
        if (node instanceof TitledPane) {
            return; // its letters are those of its heading, looked at as well
        }
        Bounds box = node instanceof Labeled labeled ? letters(labeled) : box(node);
        if (node instanceof Labeled labeled && labeled.isWrapText()) {
            Bounds own = box(node);
            if (box.getMaxY() > own.getMaxY() + SLACK && !hinted(node, text)) {
                faults.add("cut below: " + name(node, text));
            }
        }
        double left = 0, top = 0, right = scene.getWidth(), bottom = scene.getHeight();
        boolean sideways = true, upright = true;
        for (Node at = node.getParent(); at != null; at = at.getParent()) {
            if (at.getClip() != null && !isList(at)) {
                ScrollPane scrolled = scrollPane(at);
                Bounds clip = at.localToScene(at.getClip().getBoundsInParent());
                if (scrolled == null || scrolled.getHbarPolicy() == ScrollPane.ScrollBarPolicy.NEVER) {
                    left = sideways ? Math.max(left, clip.getMinX()) : left;
                    right = sideways ? Math.min(right, clip.getMaxX()) : right;
                } else {
                    sideways = false;
                }
                if (scrolled == null) {
                    top = upright ? Math.max(top, clip.getMinY()) : top;
                    bottom = upright ? Math.min(bottom, clip.getMaxY()) : bottom;
                } else {
                    upright = false;
                }
            }
            if (isList(at)) {
                upright = false;
                sideways &= at instanceof ListView;
            }
        }
        boolean beside = sideways && (box.getMinX() < left - SLACK || box.getMaxX() > right + SLACK);
        boolean beyond = upright && (box.getMinY() < top - SLACK || box.getMaxY() > bottom + SLACK);
        if ((beside || beyond) && !hinted(node, text)) {
            faults.add("beyond an edge: " + name(node, text));
        }
    }

    private static boolean isList(Node node) {
        return node instanceof javafx.scene.control.TableView
                || node instanceof javafx.scene.control.TreeView
                || node instanceof javafx.scene.control.TreeTableView
                || node instanceof ListView;
    }

    private static @Nullable ScrollPane scrollPane(Node viewport) {
        return viewport.getStyleClass().contains("viewport") && viewport.getParent() instanceof ScrollPane pane
                ? pane
                : null;
    }

    private static boolean within(Node node, Class<?> kind) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (kind.isInstance(at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hinted(Node node, String text) {
        for (Node at = node; at != null; at = at.getParent()) {
            Tooltip tooltip = at instanceof Control control && control.getTooltip() != null
                    ? control.getTooltip()
                    : at.getProperties().get(TOOLTIP) instanceof Tooltip installed ? installed : null;
            if (tooltip != null) {
                return tooltip.getText() != null && tooltip.getText().contains(text.strip());
            }
            if (at instanceof ScrollPane) {
                return false;
            }
        }
        return false;
    }

    private static String textOf(Node node) {
        return node instanceof Labeled labeled ? labeled.getText() : ((Text) node).getText();
    }

    private static Bounds box(Node node) {
        return node.localToScene(node.getLayoutBounds());
    }

    /** Where the letters of a label stand. */
    private static Bounds letters(Labeled labeled) {
        return labeled.getChildrenUnmodifiable().stream()
                .filter(child -> child instanceof Text && child.isVisible())
                .map(LayoutFaults::box)
                .findFirst()
                .orElseGet(() -> box(labeled));
    }

    private void overlaps(List<Node> atoms) {
        List<Bounds> boxes = atoms.stream().map(this::seen).toList();
        for (int i = 0; i < atoms.size(); i++) {
            for (int j = i + 1; j < atoms.size(); j++) {
                if (boxes.get(i).intersects(boxes.get(j))
                        && deep(boxes.get(i), boxes.get(j))
                        && apart(atoms.get(i), atoms.get(j))) {
                    faults.add("over each other: " + name(atoms.get(i)) + " and " + name(atoms.get(j)));
                }
            }
        }
    }

    private static boolean deep(Bounds one, Bounds other) {
        double wide = Math.min(one.getMaxX(), other.getMaxX()) - Math.max(one.getMinX(), other.getMinX());
        double high = Math.min(one.getMaxY(), other.getMaxY()) - Math.max(one.getMinY(), other.getMinY());
        return wide > SLACK && high > SLACK;
    }

    /** Whether neither holds the other and nothing lays them over each other on purpose. */
    private static boolean apart(Node one, Node other) {
        Set<Node> above = new HashSet<>();
        for (Node at = one; at != null; at = at.getParent()) {
            above.add(at);
        }
        for (Node at = other; at != null; at = at.getParent()) {
            if (above.contains(at)) {
                return !at.equals(one)
                        && !at.equals(other)
                        && !(at instanceof StackPane)
                        && !(at instanceof TextFlow)
                        && !(at instanceof Control);
            }
        }
        return false;
    }

    /** What is seen of a node's box. */
    private Bounds seen(Node node) {
        Bounds box = node instanceof Text || !(node instanceof Labeled labeled) || labeled.getGraphic() != null
                ? box(node)
                : letters(labeled);
        double left = Math.max(0, box.getMinX()), top = Math.max(0, box.getMinY());
        double right = Math.min(scene.getWidth(), box.getMaxX()), bottom = Math.min(scene.getHeight(), box.getMaxY());
        for (Node at = node.getParent(); at != null; at = at.getParent()) {
            if (at.getClip() != null) {
                Bounds clip = at.localToScene(at.getClip().getBoundsInParent());
                left = Math.max(left, clip.getMinX());
                top = Math.max(top, clip.getMinY());
                right = Math.min(right, clip.getMaxX());
                bottom = Math.min(bottom, clip.getMaxY());
            }
        }
        return new BoundingBox(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
    }

    private void faint(Node node) {
        if (node.isDisabled()) {
            return;
        }
        Object paint = node instanceof Labeled labeled ? labeled.getTextFill() : ((Text) node).getFill();
        Color below = Ground.below(node);
        if (paint instanceof Color colour && below != null) {
            double opacity = colour.getOpacity();
            for (Node at = node; at != null; at = at.getParent()) {
                opacity *= at.getOpacity();
            }
            double contrast = Ground.contrast(below.interpolate(Ground.opaque(colour), opacity), below);
            if (contrast < LEAST_CONTRAST) {
                faults.add(
                        String.format(Locale.ROOT, "faint: %s, %s on %s is %.2f", name(node), colour, below, contrast));
            }
        }
    }

    private static String name(Node node) {
        return node instanceof Labeled || node instanceof Text
                ? name(node, textOf(node) == null ? "" : textOf(node))
                : name(node, node.getAccessibleText() == null ? "" : node.getAccessibleText());
    }

    /** A text and the class of the desk that it stands in. */
    private static String name(Node node, String text) {
        String within = "";
        for (Node at = node; at != null && within.isEmpty(); at = at.getParent()) {
            String type = at.getClass().getName();
            within = type.startsWith("phalanx.show.") ? type.substring(type.lastIndexOf('.') + 1) : "";
        }
        return node.getClass().getSimpleName() + " \"" + text.strip() + "\" in " + within;
    }
}
