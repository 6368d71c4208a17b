package phalanx.show.captures;

import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import phalanx.explain.Analysis;
import phalanx.show.Controls;
import phalanx.show.DataTable;
import phalanx.show.DeskView;
import phalanx.show.Selection;
import phalanx.show.ViewContext;
import phalanx.show.Words;
import phalanx.show.imports.ImportsPane;
import phalanx.stitch.Stitched;

/** The capture points in the order of the path: names, roles, places and clocks, to be read and to be set right. */
public final class CapturesView extends VBox implements DeskView {
    private static final Words WORDS = Words.of("captures");

    private final Analysis analysis;
    private final Selection selection;
    private final CaptureChanges changes;
    private final ListView<Integer> list = new ListView<>();

    /** @param edits carries out what is changed */
    public CapturesView(ViewContext context, CaptureEdits edits) {
        analysis = context.analysis();
        selection = context.selection();
        changes = new CaptureChanges(analysis.stitched(), edits, this::getScene);
        list.getItems().setAll(analysis.stitched().clientFirst());
        list.setCellFactory(_ -> new CaptureCell(analysis, edits, changes));
        list.setAccessibleText(WORDS.get("name"));
        list.setContextMenu(menu());
        list.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        list.getSelectionModel().selectedItemProperty().subscribe(capture -> {
            if (capture != null) {
                selection.capture(capture);
            }
        });
        selection.state().subscribe(state -> {
            if (state.capture() == Selection.NONE) {
                list.getSelectionModel().clearSelection();
            } else {
                list.getSelectionModel().select((Integer) state.capture());
            }
        });
        VBox.setVgrow(list, Priority.ALWAYS);
        getStyleClass().addAll("dock", "captures");
        Button add = Controls.button(WORDS.get("add"), edits::add);
        Button up = Controls.icon("mdi2a-arrow-up", WORDS.get("up"), () -> move(-1));
        Button down = Controls.icon("mdi2a-arrow-down", WORDS.get("down"), () -> move(1));
        up.disableProperty()
                .bind(list.getSelectionModel().selectedItemProperty().isNull());
        down.disableProperty().bind(up.disableProperty());
        FlowPane buttons = new FlowPane(2, 4, add, up, down);
        buttons.setPadding(new Insets(6, 6, 6, 8));
        getChildren().setAll(list, new ImportsPane(context, edits.imports(), edits::remove), buttons);
    }

    @Override
    public VBox node() {
        return this;
    }

    private ContextMenu menu() {
        return new ContextMenu(
                item(WORDS.get("rename"), changes::rename),
                item(WORDS.get("role"), changes::role),
                item(WORDS.get("clock"), changes::clock),
                new SeparatorMenuItem(),
                item(WORDS.get("up"), _ -> move(-1)),
                item(WORDS.get("down"), _ -> move(1)),
                item(WORDS.get("found"), changes::asFound),
                new SeparatorMenuItem(),
                item(WORDS.get("copy-path"), capture -> Controls.copy(changes.path(capture))),
                item(WORDS.get("exclude"), changes::exclude));
    }

    private MenuItem item(String text, IntConsumer action) {
        MenuItem item = new MenuItem(text);
        item.setOnAction(_ -> chosen().ifPresent(action::accept));
        return item;
    }

    private Optional<Integer> chosen() {
        return Optional.ofNullable(list.getSelectionModel().getSelectedItem());
    }

    private void move(int step) {
        chosen().ifPresent(capture -> changes.move(List.copyOf(list.getItems()), capture, step));
    }

    private void key(KeyEvent key) {
        if (key.isAltDown() && (key.getCode() == KeyCode.UP || key.getCode() == KeyCode.DOWN)) {
            move(key.getCode() == KeyCode.UP ? -1 : 1);
            key.consume();
        } else if (key.getCode() == KeyCode.F2) {
            chosen().ifPresent(changes::rename);
            key.consume();
        }
    }

    @Override
    public Optional<DataTable> table() {
        Stitched stitched = analysis.stitched();
        List<Integer> order = stitched.clientFirst();
        return Optional.of(new DataTable() {
            @Override
            public String title() {
                return WORDS.get("name");
            }

            @Override
            public List<String> columns() {
                return List.of(
                        WORDS.get("column.name"),
                        WORDS.get("column.file"),
                        WORDS.get("column.packets"),
                        WORDS.get("column.snaplen"),
                        WORDS.get("column.clock"));
            }

            @Override
            public int rows() {
                return order.size();
            }

            @Override
            public String cell(int row, int column) {
                int capture = order.get(row);
                var decoded = stitched.captures().get(capture).capture();
                return switch (column) {
                    case 0 -> stitched.hopName(capture);
                    case 1 -> String.valueOf(decoded.file().getFileName());
                    case 2 -> Words.language().count(decoded.summary().frames());
                    case 3 ->
                        decoded.summary().snaplen() == 0
                                ? ""
                                : Words.language().count(decoded.summary().snaplen());
                    default -> CaptureCell.clock(stitched, changes, capture);
                };
            }
        });
    }
}
