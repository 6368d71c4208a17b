package phalanx.show.packets;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javafx.animation.PauseTransition;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableListBase;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.show.Columns;
import phalanx.show.DataTable;
import phalanx.show.DeskView;
import phalanx.show.Selection;
import phalanx.show.ViewContext;
import phalanx.show.Words;
import phalanx.stitch.Stitched;

/** The list of packets, of one capture point in its file's order or of all points by time. */
public final class PacketsView extends BorderPane implements DeskView {
    private static final Words WORDS = Words.of("packets");
    private static final double LEAST_INFO = 260;
    private static final double SCROLL_BAR = 18;
    private static final double NOTE_WIDTH = 360;
    private static final int MOST_WANTED = 300;
    private static final Duration UNTIL_STILL = Duration.millis(40);

    private final Stitched stitched;
    private final PacketsViewModel model;
    private final TableView<Integer> table = new TableView<>();
    private final FlowPane bar = new FlowPane(8, 4);
    private final ComboBox<Integer> points = new ComboBox<>();
    private final Label count = new Label();
    private final Set<Integer> wanted = new LinkedHashSet<>();
    private final PauseTransition still = new PauseTransition(UNTIL_STILL);
    private final List<PacketsTable.Column> columns = new ArrayList<>();
    private final long begin;
    private boolean following;

    public PacketsView(ViewContext context) {
        stitched = context.analysis().stitched();
        model = new PacketsViewModel(context);
        begin = stitched.beginNanos();
        getStylesheets()
                .add(Objects.requireNonNull(PacketsView.class.getResource("/show/packets.css"))
                        .toExternalForm());
        getStyleClass().add("packets");
        bar.getStyleClass().addAll("pane-bar", "packets-bar");
        setTop(bar);
        setCenter(table);
        setMinWidth(0);
        points();
        addColumns();
        still.setOnFinished(_ -> {
            List<Integer> now = List.copyOf(wanted);
            wanted.clear();
            model.look(now);
        });
        model.rows().subscribe(this::show);
        model.read().subscribe(_ -> table.refresh());
        model.busy().subscribe(_ -> describe());
        model.point().subscribe(_ -> describe());
        context.selection().state().subscribe(_ -> {
            describe();
            mark();
        });
        context.shown().subscribe(_ -> describe());
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }

    @Override
    public Node node() {
        return this;
    }

    PacketsViewModel model() {
        return model;
    }

    private void points() {
        List<Integer> all = new ArrayList<>(stitched.clientFirst());
        all.add(Selection.NONE);
        points.setItems(FXCollections.observableArrayList(all));
        points.setAccessibleText(WORDS.get("point"));
        points.setCellFactory(_ -> pointCell());
        points.setButtonCell(pointCell());
        model.point().subscribe(now -> points.setValue(now.intValue()));
        points.valueProperty().subscribe(chosen -> {
            if (chosen != null && chosen != model.point().get()) {
                model.show(chosen);
            }
        });
    }

    private ListCell<Integer> pointCell() {
        return new ListCell<>() {
            @Override
            protected void updateItem(@Nullable Integer item, boolean empty) {
                super.updateItem(item, empty);
                setText(empty || item == null ? null : name(item));
            }
        };
    }

    private String name(int point) {
        return point == Selection.NONE ? WORDS.get("all-points") : stitched.hopName(point);
    }

    private void addColumns() {
        table.setAccessibleText(WORDS.get("list"));
        Label none = new Label(WORDS.get("list-empty"));
        none.setWrapText(true);
        table.setPlaceholder(none);
        TableColumn<Integer, Integer> number =
                column(WORDS.get("column-number"), 74, (_, _, frame) -> Long.toString(frame));
        number.getStyleClass().add("figure");
        number.setCellFactory(_ -> new NumberCell());
        figure(
                WORDS.get("column-time"),
                104,
                (texts, capture, frame) ->
                        texts.commonNanos(capture, frame).map(this::time).orElse(""));
        TableColumn<Integer, Integer> point =
                column(WORDS.get("column-point"), 104, (_, capture, _) -> stitched.hopName(capture));
        model.point().subscribe(now -> point.setVisible(now.intValue() == Selection.NONE));
        column(WORDS.get("column-mark"), 104, (texts, capture, frame) -> word(texts.mark(capture, frame)))
                .setCellFactory(_ -> new MarkCell());
        column(WORDS.get("column-source"), 118, RowTexts::source);
        column(WORDS.get("column-destination"), 118, RowTexts::destination);
        column(WORDS.get("column-protocol"), 68, RowTexts::protocol);
        figure(WORDS.get("column-length"), 60, RowTexts::length);
        TableColumn<Integer, Integer> info = column(WORDS.get("column-info"), LEAST_INFO, RowTexts::info);
        columns.add(new PacketsTable.Column(WORDS.get("column-note"), RowTexts::note)); // in tables to take away
        table.widthProperty().subscribe(_ -> fill(info));
        table.getColumns().stream()
                .filter(column -> !column.equals(info))
                .forEach(column -> column.widthProperty().subscribe(_ -> fill(info)));
        table.getVisibleLeafColumns().subscribe(() -> fill(info));
        table.getSelectionModel().selectedIndexProperty().subscribe(index -> {
            if (!following && index.intValue() >= 0) {
                model.select(index.intValue());
            }
        });
    }

    /** The last column takes what room the others leave. */
    private void fill(TableColumn<Integer, Integer> last) {
        double others = table.getVisibleLeafColumns().stream()
                .filter(column -> !column.equals(last))
                .mapToDouble(TableColumn::getWidth)
                .sum();
        last.setPrefWidth(Math.max(LEAST_INFO, table.getWidth() - others - SCROLL_BAR));
    }

    /** Asks for the bytes of a row once scrolling has come to rest. */
    private void want(int row) {
        if (!model.texts().isRead(capture(row), frame(row)) && wanted.add(row)) {
            if (wanted.size() > MOST_WANTED) {
                wanted.remove(wanted.iterator().next());
            }
            still.playFromStart();
        }
    }

    private int capture(int row) {
        return model.rows().get().capture(row);
    }

    private long frame(int row) {
        return model.rows().get().frame(row);
    }

    private String time(long nanos) {
        return String.format(Locale.ROOT, "%.6f", (nanos - begin) / 1e9);
    }

    static String word(PacketMark mark) {
        return switch (mark) {
            case NONE -> "";
            case LOST -> WORDS.get("mark-lost");
            case RETRANSMITTED -> WORDS.get("mark-retransmitted");
            case REORDERED -> WORDS.get("mark-reordered");
            case DUPLICATED -> WORDS.get("mark-duplicated");
        };
    }

    /** A cell that has the colour of what became of the packet. */
    private final class MarkCell extends TableCell<Integer, Integer> {
        @Override
        protected void updateItem(@Nullable Integer row, boolean empty) {
            super.updateItem(row, empty);
            PacketMark mark = empty || row == null || row >= model.rows().get().size()
                    ? PacketMark.NONE
                    : model.texts().mark(capture(row), frame(row));
            setText(word(mark));
            getStyleClass().removeIf(style -> style.startsWith("mark-"));
            getStyleClass().add("mark-" + mark.name().toLowerCase(Locale.ROOT));
        }
    }

    /** The number, and a bookmark before it where somebody noted something. */
    private final class NumberCell extends TableCell<Integer, Integer> {
        private final FontIcon bookmark = new FontIcon("mdi2b-bookmark");
        private final Tooltip note = new Tooltip();

        NumberCell() {
            bookmark.getStyleClass().add("noted");
            note.setWrapText(true);
            note.setMaxWidth(NOTE_WIDTH);
        }

        @Override
        protected void updateItem(@Nullable Integer row, boolean empty) {
            super.updateItem(row, empty);
            String number = "";
            String said = "";
            if (!empty && row != null && row < model.rows().get().size()) {
                number = Long.toString(frame(row));
                said = model.texts().note(capture(row), frame(row));
                want(row);
            }
            setText(number);
            note.setText(said);
            setGraphic(said.isEmpty() ? null : bookmark);
            setTooltip(said.isEmpty() ? null : note);
            setAccessibleText(said.isEmpty() ? null : WORDS.get("noted", number, said));
        }
    }

    private TableColumn<Integer, Integer> column(String title, double width, PacketsTable.Cell cell) {
        TableColumn<Integer, Integer> column = new TableColumn<>(title);
        Columns.width(column, width);
        column.setSortable(false);
        column.setCellValueFactory(row -> new SimpleObjectProperty<>(row.getValue()));
        column.setCellFactory(_ -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable Integer row, boolean empty) {
                super.updateItem(row, empty);
                if (empty || row == null || row >= model.rows().get().size()) {
                    setText(null);
                } else {
                    want(row);
                    setText(cell.text(model.texts(), capture(row), frame(row)));
                }
            }
        });
        table.getColumns().add(column);
        columns.add(new PacketsTable.Column(title, cell));
        return column;
    }

    private void figure(String title, double width, PacketsTable.Cell cell) {
        column(title, width, cell).getStyleClass().add("figure");
    }

    private void show(PacketRows rows) {
        following = true;
        table.setItems(new Numbers(rows.size()));
        following = false;
        describe();
        mark();
    }

    /** The numbers of the rows, none of which is kept. */
    private static final class Numbers extends ObservableListBase<Integer> {
        private final int size;

        Numbers(int size) {
            this.size = size;
        }

        @Override
        public Integer get(int index) {
            return Objects.checkIndex(index, size);
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public int indexOf(@Nullable Object row) {
            return row instanceof Integer number && number >= 0 && number < size ? number : -1;
        }
    }

    /** Selects the row of the selected packet. */
    private void mark() {
        int row = model.selectedRow();
        following = true;
        if (row < 0) {
            table.getSelectionModel().clearSelection();
        } else if (table.getSelectionModel().getSelectedIndex() != row) {
            table.getSelectionModel().clearAndSelect(row);
            table.getFocusModel().focus(row);
            table.scrollTo(Math.max(0, row - 3));
        }
        following = false;
    }

    @Override
    public void showNewest() {
        table.scrollTo(Math.max(0, model.rows().get().size() - 1));
    }

    private void describe() {
        bar.getChildren().setAll(points);
        if (model.conversation() != Selection.NONE) {
            chip(WORDS.get("conversation-chip", model.conversation()), model::leaveConversation);
        }
        if (model.range() != null) {
            chip(WORDS.get("range-chip"), model::leaveRange);
        }
        count.setText(
                model.busy().get()
                        ? WORDS.get("counting")
                        : WORDS.get(
                                "list-summary",
                                Words.language().count(model.rows().get().size()),
                                Words.language().count(model.total()),
                                name(model.point().get())));
        count.getStyleClass().setAll("label", "soft");
        bar.getChildren().add(count);
    }

    private void chip(String text, Runnable away) {
        Button chip = new Button(text + "  \u00d7");
        chip.setAccessibleText(WORDS.get("remove-chip", text));
        chip.getStyleClass().add("chip");
        chip.setOnAction(_ -> away.run());
        bar.getChildren().add(chip);
    }

    private void key(KeyEvent key) {
        if (key.isControlDown() || key.isAltDown() || key.isMetaDown() || points.isFocused()) {
            return;
        }
        switch (key.getCode()) {
            case N, PERIOD -> model.step(1);
            case P, COMMA -> model.step(-1);
            case ENTER -> model.open();
            default -> {
                return;
            }
        }
        key.consume();
    }

    @Override
    public Optional<DataTable> table() {
        return Optional.of(model.table(WORDS.get("list"), columns));
    }
}
