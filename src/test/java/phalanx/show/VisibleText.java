package phalanx.show;

import java.awt.image.BufferedImage;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumnBase;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeTableView;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * A text that a user reads or hears.
 *
 * @param owner where it stands
 * @param as what: {@code label}, {@code tooltip}, {@code drawn}
 */
record VisibleText(Node owner, String as, String text) {
    /** Under this property a node keeps the tooltip that was installed on it. */
    private static final String TOOLTIP = "javafx.scene.control.Tooltip";

    /** All texts below a node, those of menus, tooltips and names for screen readers as well. */
    static List<VisibleText> of(Parent root) {
        List<VisibleText> texts = new ArrayList<>();
        for (Node node : Screen.all(root)) {
            if (Screen.isSeen(node)) {
                collect(node, texts);
            }
        }
        return texts;
    }

    private static void collect(Node node, List<VisibleText> texts) {
        add(texts, node, "name", node.getAccessibleText());
        add(texts, node, "help", node.getAccessibleHelp());
        if (node.getProperties().get(TOOLTIP) instanceof Tooltip tooltip) {
            add(texts, node, "tooltip", tooltip.getText());
        }
        switch (node) {
            case Labeled labeled -> add(texts, node, "label", labeled.getText());
            case TextInputControl input -> add(texts, node, "prompt", input.getPromptText());
            case Text text when !insideControl(text) -> add(texts, node, "text", text.getText());
            case TableView<?> table -> columns(node, table.getColumns(), texts);
            case TreeTableView<?> table -> columns(node, table.getColumns(), texts);
            case MenuBar bar -> bar.getMenus().forEach(menu -> item(node, menu, texts));
            default -> {}
        }
        if (node instanceof MenuButton button) {
            button.getItems().forEach(item -> item(node, item, texts));
        }
        if (node instanceof Control control) {
            if (control.getTooltip() != null) {
                add(texts, node, "tooltip", control.getTooltip().getText());
            }
            if (control.getContextMenu() != null) {
                control.getContextMenu().getItems().forEach(item -> item(node, item, texts));
            }
        }
    }

    private static boolean insideControl(Node node) {
        Parent parent = node.getParent();
        return parent != null
                && (parent instanceof Labeled || parent instanceof TextInputControl || insideControl(parent));
    }

    private static void columns(Node owner, List<? extends TableColumnBase<?, ?>> columns, List<VisibleText> texts) {
        columns.forEach(column -> add(texts, owner, "column", column.getText()));
    }

    private static void item(Node owner, MenuItem item, List<VisibleText> texts) {
        add(texts, owner, "menu", item.getText());
        if (item instanceof Menu menu) {
            Event.fireEvent(menu, new Event(Menu.ON_SHOWING));
            menu.getItems().forEach(inner -> item(owner, inner, texts));
        }
    }

    /** What a view draws and what its table is headed with. */
    static List<VisibleText> of(DeskView view) {
        List<VisibleText> texts = new ArrayList<>();
        Pen paper = new Graphics2DPen(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics());
        view.drawing()
                .ifPresent(drawing -> drawing.onto().accept((Pen) Proxy.newProxyInstance(
                        Pen.class.getClassLoader(), new Class<?>[] {Pen.class}, (_, method, arguments) -> {
                            if (method.getName().equals("text")) {
                                add(texts, view.node(), "drawn", (String) arguments[0]);
                            }
                            return method.invoke(paper, arguments);
                        })));
        view.table().ifPresent(table -> {
            add(texts, view.node(), "table", table.title());
            table.columns().forEach(column -> add(texts, view.node(), "column", column));
        });
        return texts;
    }

    private static void add(List<VisibleText> texts, Node owner, String as, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            texts.add(new VisibleText(owner, as, text));
        }
    }

    /** Where it stands: the nearest class of the desk around it, and the node. */
    String place() {
        return place(owner) + " " + as;
    }

    /** The nearest class of the desk around a node, and the node. */
    static String place(Node of) {
        for (Node node = of; node != null; node = node.getParent()) {
            String name = node.getClass().getName();
            if (name.startsWith("phalanx.show.")) {
                return name.substring("phalanx.show.".length()) + " "
                        + of.getClass().getSimpleName();
            }
        }
        return of.getClass().getSimpleName() + " " + of.getStyleClass();
    }
}
