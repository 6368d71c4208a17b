package phalanx.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableColumnBase;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.show.shell.Scenes;

/** Who does not see the desk, or has no mouse, can use all of it. */
class AccessibilityTest {
    @Test
    void every_scene_can_be_used_without_sight_and_without_a_mouse(@TempDir Path folder) {
        Map<String, String> faults = new TreeMap<>();
        List<String> scenes = new ArrayList<>();
        Map<String, List<String>> diagrams = new TreeMap<>(), tables = new TreeMap<>();
        Scenes.all(1280, 800, 100, folder, shown -> {
            scenes.add(shown.name());
            AccessFaults.of(shown.scene(), shown.view()).forEach(fault -> faults.putIfAbsent(fault, shown.name()));
            for (boolean back :
                    new boolean[] {false, true}) { // by Tab to everything and round, and by Shift and Tab as well
                TabWalk.faults(shown.scene(), back).forEach(fault -> faults.putIfAbsent(fault, shown.name()));
            }
            String id = shown.name().substring(shown.name().indexOf('-') + 1);
            DeskView view = shown.view();
            if (shown.name().startsWith("view-")
                    && view != null
                    && view.drawing().isPresent()) {
                diagrams.put(id, view.table().map(DataTable::columns).orElse(List.of()));
            } else if (shown.name().startsWith("table-")) {
                Screen.all(shown.scene().getRoot()).stream()
                        .filter(node -> node instanceof TableView<?>)
                        .forEach(table -> tables.put(id, columns((TableView<?>) table)));
            }
        });
        assertTrue(scenes.size() > 90, () -> "only " + scenes);
        assertEquals(Set.of("charts", "ladder", "map", "packet"), diagrams.keySet());
        diagrams.forEach((id, columns) -> assertEquals(columns, tables.get(id), "what the key V shows of " + id));
        assertEquals(
                "",
                String.join(
                        "\n", faults.entrySet().stream().map(Object::toString).toList()));
    }

    private static List<String> columns(TableView<?> table) {
        return table.getColumns().stream().map(TableColumnBase::getText).toList();
    }

    private static <N extends Node> N with(N node, Consumer<N> change) {
        change.accept(node);
        return node;
    }

    /** Exactly this fault is found in a window of a node between two good ones. */
    private static void found(String fault, Supplier<Node> bad) {
        Screen.run(() -> assertFault(fault, shown(bad.get()), null));
    }

    private static Scene shown(Node node) {
        Scene scene = new Scene(new VBox(new Button("good"), node, new Label("good")));
        Stage stage = new Stage();
        stage.setScene(scene);
        stage.show();
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        return scene;
    }

    private static void assertFault(String fault, Scene scene, @Nullable DeskView view) {
        List<String> told = List.copyOf(AccessFaults.of(scene, view));
        assertTrue(told.size() == 1 && told.getFirst().endsWith(fault), () -> fault + " / " + told);
    }

    @Test
    void what_takes_the_focus_without_role_or_name_is_caught() {
        found(
                "takes the focus and has no role",
                () -> with(new Pane(), pane -> {
                    pane.setFocusTraversable(true);
                    pane.setAccessibleText("a pane");
                }));
        found("takes the focus and has no name", ListView::new);
        found(
                "is called otherwise than is written on it: Zoom / Bigger",
                () -> with(new Button("Bigger"), button -> button.setAccessibleText("Zoom")));
    }

    @Test
    void an_icon_without_name_or_tooltip_is_caught() {
        found(
                "is an icon without a name",
                () -> with(new Button("", new Rectangle(9, 9)), button -> button.setFocusTraversable(false)));
        found(
                "is an icon without its name as a tooltip",
                () -> with(new Button("", new Rectangle(9, 9)), button -> button.setAccessibleText("Fit")));
        found(
                "is an icon without its name as a tooltip",
                () -> with(Controls.icon("mdi2p-plus", "Fit", () -> {}), button -> button.setAccessibleText("All")));
    }

    @Test
    void a_field_without_label_is_caught_and_one_with_a_label_beside_it_is_not() {
        found(
                "is a field without a label",
                () -> with(new TextField(), field -> {
                    field.setPromptText("a prompt goes when something is written");
                    field.setFocusTraversable(false);
                }));
        Screen.run(() -> {
            TextField field = new TextField();
            Label label = new Label("Name");
            label.setLabelFor(field);
            assertEquals(Set.of(), AccessFaults.of(shown(new VBox(label, field)), null));
        });
    }

    @Test
    void clicks_and_menus_that_no_key_can_take_the_place_of_are_caught() {
        String mouse = "takes clicks that no key can take the place of";
        found(mouse, () -> with(new Label("Show all"), label -> label.setOnMouseClicked(_ -> {})));
        found(
                mouse,
                () -> with(new Label("Show all"), label -> label.addEventHandler(MouseEvent.MOUSE_PRESSED, _ -> {})));
        found(
                mouse,
                () -> with(new ListView<String>(), list -> {
                    list.setAccessibleText("Notes");
                    list.addEventFilter(MouseEvent.MOUSE_CLICKED, _ -> {});
                }));
        found(
                "has a menu that no key opens",
                () -> with(new Label("Server"), label -> label.setContextMenu(new ContextMenu(new MenuItem("Drain")))));
        Screen.run(() -> {
            ListView<String> good = new ListView<>();
            good.setAccessibleText("Notes");
            good.setOnMouseClicked(_ -> {});
            good.setOnKeyPressed(_ -> {});
            good.setContextMenu(new ContextMenu(new MenuItem("Remove")));
            assertEquals(Set.of(), AccessFaults.of(shown(good), null));
        });
    }

    @Test
    void what_scrolls_by_the_mouse_alone_is_caught() {
        found(
                "scrolls by the mouse alone",
                () -> with(new ScrollPane(new Rectangle(10, 900)), pane -> pane.setPrefHeight(100)));
    }

    @Test
    void the_focus_on_something_hidden_is_caught() {
        Screen.run(() -> {
            Button hidden = new Button("Done");
            Scene scene = shown(hidden);
            hidden.requestFocus();
            hidden.setVisible(false);
            assertFault("has the focus and cannot be seen or used", scene, null);
        });
    }

    @Test
    void a_diagram_without_kind_sentence_or_table_is_caught() {
        Screen.run(() -> {
            Canvas canvas = new Canvas(10, 10);
            Scene scene = shown(canvas);
            Spoken.diagram(canvas, "Ladder", "");
            Spoken.tell(canvas, "Ladder: 3 points.");
            assertFault("is a diagram without a table", scene, canvas::getParent);
            assertEquals(Set.of(), AccessFaults.of(scene, new WithTable(canvas)));
            Spoken.tell(canvas, "Ladder");
            assertFault("is a diagram without a sentence that sums it up: Ladder", scene, new WithTable(canvas));
            Spoken.tell(canvas, "Ladder: 3 points.");
            canvas.setAccessibleRoleDescription(null);
            assertFault("is a diagram that does not say of what kind", scene, new WithTable(canvas));
        });
    }

    private record WithTable(Canvas canvas) implements DeskView {
        @Override
        public Node node() {
            return canvas.getParent();
        }

        @Override
        public Optional<DataTable> table() {
            return Optional.of(new NoRows());
        }
    }

    private record NoRows() implements DataTable {
        @Override
        public String title() {
            return "";
        }

        @Override
        public List<String> columns() {
            return List.of();
        }

        @Override
        public int rows() {
            return 0;
        }

        @Override
        public String cell(int row, int column) {
            return "";
        }
    }
}
