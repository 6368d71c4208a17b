package phalanx.show.imports;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import phalanx.explain.CaseAccount;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.Joined;
import phalanx.explain.Timeline;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import phalanx.run.Renewal;
import phalanx.show.Columns;
import phalanx.show.DataTable;
import phalanx.show.DeskView;
import phalanx.show.HostNames;
import phalanx.show.Selection;
import phalanx.show.ViewContext;
import phalanx.show.Words;
import phalanx.telemetry.Event;
import phalanx.telemetry.Telemetry;

/**
 * The timeline: what other tools say that happened around the captures, with the begins of the findings between. A row that is chosen
 * selects its finding or conversation; opened, it narrows the time to itself. Screen thread.
 */
public final class EventsView extends BorderPane implements DeskView {
    private static final Words WORDS = Words.of("imports");
    private static final int MOST_ROWS = 20_000;
    private static final double LEAST_WHAT = 180, SCROLL_BAR = 16;
    /** How much of the time before and behind an event is shown with it. */
    private static final long AROUND_NANOS = 1_000_000_000;

    private final ViewContext context;
    private final TableView<EventRow> table = new TableView<>();
    private final CheckBox all = new CheckBox(WORDS.get("all"));
    private final Label remark = new Label();
    private final Label empty = new Label();
    /** Of what is imported while this view is not seen, the last counts when it is. */
    private final ObservableValue<Telemetry> telemetry;

    private final Renewal<Made> listing;
    private boolean taking;

    public EventsView(ViewContext context) {
        this.context = context;
        telemetry = context.telemetry().when(DeskView.isSeen(this));
        listing = new Renewal<>(context.jobs(), "list events", outcome -> {
            if (outcome instanceof Outcome.Ok<Made>(var made)) {
                show(made);
            }
        });
        getStyleClass().add("events");
        table.setAccessibleText(WORDS.get("events"));
        TableColumn<EventRow, String> what = column(WORDS.get("column.what"), LEAST_WHAT, EventRow::what);
        table.getColumns()
                .setAll(List.of(
                        column(WORDS.get("column.time"), 105, EventRow::when),
                        column(WORDS.get("column.source"), 145, EventRow::source),
                        what,
                        column(WORDS.get("column.where"), 260, EventRow::where)));
        table.widthProperty().subscribe(_ -> fill(what));
        table.getColumns().stream()
                .filter(column -> !column.equals(what))
                .forEach(column -> column.widthProperty().subscribe(_ -> fill(what)));
        table.setRowFactory(_ -> new Row());
        empty.setWrapText(true);
        empty.getStyleClass().add("soft");
        table.setPlaceholder(empty);
        table.getSelectionModel().selectedItemProperty().subscribe(this::choose);
        table.setOnMouseClicked(click -> {
            if (click.getButton() == MouseButton.PRIMARY && click.getClickCount() == 2) {
                narrow();
            }
        });
        table.setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.ENTER) {
                narrow();
                key.consume();
            }
        });
        all.setOnAction(_ -> listing.now(made(telemetry.getValue())));
        all.setMinWidth(Region.USE_PREF_SIZE);
        remark.getStyleClass().add("soft");
        remark.setMinWidth(0);
        remark.setWrapText(true);
        remark.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(remark, Priority.ALWAYS);
        HBox bar = new HBox(12, all, remark);
        bar.getStyleClass().add("pane-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        setTop(bar);
        setCenter(table);
        telemetry.subscribe(now -> listing.next(made(now)));
    }

    @Override
    public BorderPane node() {
        return this;
    }

    private static TableColumn<EventRow, String> column(String title, double width, Function<EventRow, String> text) {
        TableColumn<EventRow, String> column = new TableColumn<>(title);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(text.apply(row.getValue())));
        Columns.width(column, width);
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }

    /** What happened takes the room that the others leave. */
    private void fill(TableColumn<EventRow, String> what) {
        double others = table.getColumns().stream()
                .filter(column -> !column.equals(what))
                .mapToDouble(TableColumn::getWidth)
                .sum();
        what.setPrefWidth(Math.max(LEAST_WHAT, table.getWidth() - others - SCROLL_BAR));
    }

    /** What the background has found. */
    private record Made(Telemetry of, Timeline timeline, List<EventRow> rows) {}

    private Function<Progress, Outcome<Made>> made(Telemetry of) {
        boolean everything = all.isSelected();
        return _ -> {
            Timeline timeline = Timeline.of(
                    CaseAccount.of(context.analysis()).with(of),
                    new Joined(context.analysis().stitched()),
                    everything,
                    MOST_ROWS);
            HostNames names = HostNames.of(of);
            return Outcome.ok(new Made(
                    of,
                    timeline,
                    timeline.rows().stream().map(row -> EventRow.of(row, names)).toList()));
        };
    }

    /** What is listed already stays as it is, and what was chosen is chosen still, if it is there. */
    private void show(Made made) {
        if (!made.rows.equals(table.getItems())) {
            EventRow chosen = table.getSelectionModel().getSelectedItem();
            taking = true;
            table.getItems().setAll(made.rows);
            table.getSelectionModel().clearSelection();
            int at = chosen == null ? -1 : made.rows.indexOf(chosen);
            if (at >= 0) {
                table.getSelectionModel().select(at);
            }
            taking = false;
        }
        empty.setText(made.of.equals(Telemetry.NONE) ? WORDS.get("nothing") : WORDS.get("nothing.near"));
        all.setDisable(made.of.events().isEmpty());
        remark.setText(((made.timeline.leftOut() > 0 ? WORDS.get("left-out", made.timeline.leftOut()) + " " : "")
                        + (made.timeline.elsewhere() > 0 ? WORDS.get("elsewhere", made.timeline.elsewhere()) : ""))
                .strip());
    }

    private void choose(@Nullable EventRow row) {
        if (row == null || taking) {
            return;
        }
        ExplainedFinding told = row.of().finding();
        if (told != null) {
            context.selection().finding(told);
        } else if (row.of().conversation() >= 0) {
            context.selection().conversation(row.of().conversation());
        }
    }

    /** Narrows the time to the chosen event. */
    private void narrow() {
        EventRow row = table.getSelectionModel().getSelectedItem();
        Event event = row == null ? null : row.of().event();
        if (event != null) {
            context.selection()
                    .range(new Selection.Range(
                            event.nanos() - AROUND_NANOS, event.nanos() + event.durationNanos() + AROUND_NANOS));
        }
    }

    /** Findings stand out, troubles have their colour. */
    private static final class Row extends TableRow<EventRow> {
        @Override
        protected void updateItem(@Nullable EventRow row, boolean none) {
            super.updateItem(row, none);
            getStyleClass().removeAll("event-finding", "event-trouble", "event-change");
            if (!none && row != null) {
                Event.Weight weight = row.weight();
                if (weight == null) {
                    getStyleClass().add("event-finding");
                } else if (weight != Event.Weight.ORDINARY) {
                    getStyleClass().add(weight == Event.Weight.TROUBLE ? "event-trouble" : "event-change");
                }
            }
        }
    }

    @Override
    public Optional<DataTable> table() {
        List<EventRow> rows = List.copyOf(table.getItems());
        return Optional.of(new DataTable() {
            @Override
            public String title() {
                return WORDS.get("events");
            }

            @Override
            public List<String> columns() {
                return List.of(
                        WORDS.get("column.time"),
                        WORDS.get("column.source"),
                        WORDS.get("column.what"),
                        WORDS.get("column.where"));
            }

            @Override
            public int rows() {
                return rows.size();
            }

            @Override
            public String cell(int row, int column) {
                EventRow of = rows.get(row);
                return switch (column) {
                    case 0 -> of.when();
                    case 1 -> of.source();
                    case 2 -> of.what();
                    default -> of.where();
                };
            }
        });
    }
}
