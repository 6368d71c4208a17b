package phalanx.show.packets;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import phalanx.dissect.Dissection;
import phalanx.dissect.Expert;
import phalanx.dissect.FieldNode;
import phalanx.show.Words;

/** The protocol tree of a frame. What the user opened stays open from packet to packet. */
final class FieldTree extends TreeView<FieldNode> {
    private static final Words WORDS = Words.of("packets");

    private final Set<String> open = new HashSet<>();
    private @Nullable Dissection shown;
    private boolean following;

    /** @param chosen told of the way to the field that was selected  @param menu of a field, or of none */
    FieldTree(Consumer<List<FieldNode>> chosen, Function<@Nullable FieldNode, ContextMenu> menu) {
        setShowRoot(false);
        setOnContextMenuRequested(
                asked -> { // by the key for menus as well, which asks what has the focus
                    TreeItem<FieldNode> item = getSelectionModel().getSelectedItem();
                    menu.apply(item == null ? null : item.getValue())
                            .show(this, asked.getScreenX(), asked.getScreenY());
                    asked.consume();
                });
        setAccessibleText(WORDS.get("tree"));
        setCellFactory(_ -> new Cell());
        setMinWidth(0);
        getSelectionModel().selectedItemProperty().subscribe(item -> {
            if (!following && item != null) {
                chosen.accept(path(item));
            }
        });
    }

    /** Shows a frame with one of its fields selected. */
    void show(Dissection frame, List<FieldNode> path) {
        following = true;
        if (!frame.equals(shown)) {
            shown = frame;
            TreeItem<FieldNode> root = new TreeItem<>();
            frame.layers().forEach(layer -> root.getChildren().add(item(layer, "")));
            setRoot(root);
        }
        TreeItem<FieldNode> at = getRoot();
        for (FieldNode step : path) {
            TreeItem<FieldNode> from = at;
            at = from.getChildren().stream()
                    .filter(child -> child.getValue().equals(step))
                    .findFirst()
                    .orElse(from);
            from.setExpanded(true);
        }
        if (at.equals(getRoot())) {
            getSelectionModel().clearSelection();
        } else if (!at.equals(getSelectionModel().getSelectedItem())) {
            int row = getRow(at);
            getSelectionModel().select(row);
            scrollTo(Math.max(0, row - 3));
        }
        following = false;
    }

    private TreeItem<FieldNode> item(FieldNode node, String above) {
        TreeItem<FieldNode> item = new TreeItem<>(node);
        String key = above + "/" + (node.name().isEmpty() ? node.label() : node.name());
        item.setExpanded(open.contains(key));
        item.expandedProperty().subscribe(now -> {
            if (now && !following) {
                open.add(key);
            } else if (!now) {
                open.remove(key);
            }
        });
        node.children().forEach(child -> item.getChildren().add(item(child, key)));
        return item;
    }

    /** Opens or closes all that the tree shows. */
    void expandAll(boolean wanted) {
        if (getRoot() != null) {
            getRoot().getChildren().forEach(layer -> expand(layer, wanted));
        }
    }

    private static void expand(TreeItem<FieldNode> item, boolean wanted) {
        item.setExpanded(wanted);
        item.getChildren().forEach(child -> expand(child, wanted));
    }

    private List<FieldNode> path(TreeItem<FieldNode> item) {
        List<FieldNode> path = new ArrayList<>();
        for (TreeItem<FieldNode> at = item; at != null && !at.equals(getRoot()); at = at.getParent()) {
            path.add(at.getValue());
        }
        Collections.reverse(path);
        return path;
    }

    static String expert(Expert how) {
        return switch (how) {
            case CHAT -> WORDS.get("expert-chat");
            case NOTE -> WORDS.get("expert-note");
            case WARNING -> WORDS.get("expert-warning");
            case ERROR -> WORDS.get("expert-error");
        };
    }

    private final class Cell extends TreeCell<FieldNode> {
        private final Label bits = new Label();
        private final HBox before = new HBox(bits);

        Cell() {
            bits.getStyleClass().add("bits");
        }

        @Override
        protected void updateItem(@Nullable FieldNode node, boolean empty) {
            super.updateItem(node, empty);
            getStyleClass().removeIf(style -> style.equals("layer") || style.startsWith("expert-"));
            if (empty || node == null) {
                setGraphic(null);
                setText(null);
                return;
            }
            setGraphic(node.bits().isEmpty() ? null : before);
            String told = node.value().isEmpty() ? node.label() : node.label() + ": " + node.value();
            Expert how = node.expert();
            if (how != null) {
                getStyleClass().add("expert-" + how.name().toLowerCase(Locale.ROOT));
                told = sign(how) + " " + expert(how) + ": " + told;
            } else if (getRoot().equals(getTreeItem().getParent())) {
                getStyleClass().add("layer");
            }
            bits.setText(node.bits() + " =");
            setText(told);
        }

        private static String sign(Expert how) {
            return switch (how) {
                case CHAT -> "\u2026";
                case NOTE -> "\u2139";
                case WARNING -> "\u25b2";
                case ERROR -> "\u2716";
            };
        }
    }
}
