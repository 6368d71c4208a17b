package phalanx.show.proxy;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;
import phalanx.explain.FactFormat;
import phalanx.proxy.route.Health;
import phalanx.show.Columns;

/** The servers of all upstreams; what can be done to one is in its menu. Screen thread. */
final class ServersTable extends TableView<ConsoleSnapshot.ServerRow> {
    ServersTable(ConsoleViewModel model) {
        setAccessibleText("Servers of the upstreams");
        getStyleClass().add(Styles.DENSE);
        setPlaceholder(new Label("No server: nothing is served."));
        Columns.text(this, "Upstream", 84, ConsoleSnapshot.ServerRow::upstream, ConsoleSnapshot.ServerRow::upstream);
        Columns.text(
                this,
                "Server",
                124,
                row -> row.server().toString(),
                row -> row.server().toString());
        Columns.text(this, "State", 84, ConsoleSnapshot.ServerRow::state, ConsoleSnapshot.ServerRow::state)
                .setCellFactory(_ -> new StateCell());
        Columns.figure(this, "Active", 60, row -> FactFormat.count(row.active()), ConsoleSnapshot.ServerRow::active);
        Columns.figure(
                this, "Requests", 78, row -> FactFormat.count(row.requests()), ConsoleSnapshot.ServerRow::requests);
        Columns.figure(
                this, "Failed", 62, row -> FactFormat.count(row.failures()), ConsoleSnapshot.ServerRow::failures);
        Columns.figure(
                this,
                "First byte",
                82,
                row -> row.latencyMillis() <= 0 ? "" : FactFormat.duration((long) (row.latencyMillis() * 1e6)),
                ConsoleSnapshot.ServerRow::latencyMillis);
        Columns.figure(this, "Weight", 64, row -> Integer.toString(row.weight()), ConsoleSnapshot.ServerRow::weight);
        Columns.figure(
                this,
                "Reward",
                66,
                row -> row.reward() < 0 ? "" : String.format(Locale.ROOT, "%.2f", row.reward()),
                ConsoleSnapshot.ServerRow::reward);
        setRowFactory(_ -> row(model));
        model.snapshot().subscribe(snapshot -> take(snapshot.servers()));
    }

    private void take(List<ConsoleSnapshot.ServerRow> rows) {
        int selected = getSelectionModel().getSelectedIndex();
        getItems().setAll(rows);
        sort();
        if (selected >= 0 && selected < rows.size()) {
            getSelectionModel().select(selected);
        }
    }

    private static TableRow<ConsoleSnapshot.ServerRow> row(ConsoleViewModel model) {
        TableRow<ConsoleSnapshot.ServerRow> row = new TableRow<>();
        ContextMenu menu = new ContextMenu();
        row.itemProperty().subscribe(item -> {
            if (item == null) {
                row.setContextMenu(null);
            } else {
                Health health = item.server().health();
                menu.getItems()
                        .setAll(
                                item("Mark down", model, () -> health.markDown(true)),
                                item("Drain: no new requests", model, () -> health.drain(true)),
                                item("Up again", model, () -> {
                                    health.markDown(false);
                                    health.drain(false);
                                }));
                row.setContextMenu(menu);
            }
        });
        return row;
    }

    private static MenuItem item(String text, ConsoleViewModel model, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setOnAction(_ -> {
            action.run();
            model.look();
        });
        return item;
    }

    /** A sign, the word, and what the probe says. */
    private static final class StateCell extends TableCell<ConsoleSnapshot.ServerRow, ConsoleSnapshot.ServerRow> {
        @Override
        protected void updateItem(ConsoleSnapshot.@Nullable ServerRow row, boolean empty) {
            super.updateItem(row, empty);
            getStyleClass().removeAll("severity-ok", "severity-warning", "severity-critical");
            if (empty || row == null) {
                setText(null);
                return;
            }
            boolean up = row.state().equals("up");
            boolean draining = row.state().startsWith("drain");
            getStyleClass().add(up ? "severity-ok" : draining ? "severity-warning" : "severity-critical");
            setText((up ? "\u2714 " : draining ? "\u25bd " : "\u2716 ")
                    + row.state()
                    + (row.probe().isEmpty() ? "" : ": " + row.probe()));
        }
    }
}
