package phalanx.show.live;

import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import phalanx.explain.Analysis;
import phalanx.explain.LiveJournal;
import phalanx.explain.LiveTotals;
import phalanx.show.Columns;
import phalanx.show.SeverityMark;
import phalanx.show.Words;

/** What went through and what was found since a capture began, also what the newest answer no longer knows. Screen thread. */
public final class LiveDetails extends VBox {
    private static final Words WORDS = Words.of("live");
    private static final int WORST = 8;
    private static final double GAP = 8, WHEN = 170, WHAT = 560, HEIGHT = 260;

    private final LiveSession session;
    private final Label totals = new Label();
    private final Label segments = new Label();
    private final Label forgotten = new Label();
    private final TableView<LiveJournal.Entry> found = new TableView<>();

    /** @param newest answer, whenever there is another one */
    public LiveDetails(LiveSession session, ObservableValue<@Nullable Analysis> newest) {
        super(GAP);
        this.session = session;
        getStyleClass().add("live-details");
        found.setAccessibleText(WORDS.get("details.findings"));
        found.setPlaceholder(new Label(WORDS.get("details.nothing")));
        found.setPrefHeight(HEIGHT);
        found.getColumns().add(when());
        found.getColumns().add(what());
        VBox.setVgrow(found, Priority.ALWAYS);
        forgotten.managedProperty().bind(forgotten.visibleProperty());
        segments.setWrapText(true);
        getChildren().setAll(totals, title("details.segments"), segments, title("details.findings"), found, forgotten);
        newest.subscribe(_ -> show());
    }

    private static Label title(String key) {
        Label label = new Label(WORDS.get(key));
        label.getStyleClass().add("strong");
        return label;
    }

    private static TableColumn<LiveJournal.Entry, String> when() {
        TableColumn<LiveJournal.Entry, String> column = new TableColumn<>(WORDS.get("column.when"));
        Columns.width(column, WHEN);
        column.setSortable(false);
        column.setCellValueFactory(row -> {
            LiveJournal.Entry entry = row.getValue();
            String from = Words.language().clockTime(entry.firstNanos());
            return new ReadOnlyStringWrapper(from + " – "
                    + (entry.present()
                            ? WORDS.get("details.present")
                            : Words.language().clockTime(entry.lastNanos())));
        });
        return column;
    }

    private static TableColumn<LiveJournal.Entry, LiveJournal.Entry> what() {
        TableColumn<LiveJournal.Entry, LiveJournal.Entry> column = new TableColumn<>(WORDS.get("column.what"));
        Columns.width(column, WHAT);
        column.setSortable(false);
        column.setCellValueFactory(row -> new SimpleObjectProperty<>(row.getValue()));
        column.setCellFactory(_ -> new TableCell<>() {
            @Override
            protected void updateItem(LiveJournal.@Nullable Entry entry, boolean empty) {
                super.updateItem(entry, empty);
                setText(entry == null ? null : entry.summary());
                setGraphic(entry == null ? null : SeverityMark.icon(entry.severity()));
            }
        });
        return column;
    }

    private void show() {
        LiveTotals now = session.totals();
        LiveTotals.Counts all = now.all();
        totals.setText(WORDS.get(
                "details.totals",
                all.packets(),
                now.conversations(),
                Words.language().bytes(all.bytes())));
        StringBuilder lost = new StringBuilder();
        now.worst(WORST).forEach(each -> {
            LiveTotals.Between between = each.getKey();
            LiveTotals.Passed passed = each.getValue();
            lost.append(lost.isEmpty() ? "" : "\n")
                    .append(WORDS.get(
                            "details.segment",
                            between.from().name(),
                            between.to().name(),
                            Words.language().way(between.direction()),
                            Words.language().share(passed.lost(), passed.seen())));
        });
        segments.setText(
                !lost.isEmpty()
                        ? lost.toString()
                        : WORDS.get(now.segments().isEmpty() ? "details.one" : "details.no-loss"));
        found.getItems().setAll(session.found());
        forgotten.setVisible(session.forgotten() > 0);
        forgotten.setText(WORDS.get("details.forgotten", session.forgotten()));
    }
}
