package phalanx.show.proxy;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.route.Health;
import phalanx.show.Columns;
import phalanx.show.Words;

/** The servers of all upstreams; what can be done to one is in its menu. Screen thread. */
final class ServersTable extends TableView<ConsoleSnapshot.ServerRow> {
    private static final Words WORDS = Words.of("proxy");

    ServersTable(ConsoleViewModel model) {
        setAccessibleText(WORDS.get("servers.name"));
        getStyleClass().add(Styles.DENSE);
        setPlaceholder(new Label(WORDS.get("servers.none")));
        Columns.text(
                this,
                WORDS.get("servers.upstream"),
                84,
                ConsoleSnapshot.ServerRow::upstream,
                ConsoleSnapshot.ServerRow::upstream);
        Columns.text(
                this,
                WORDS.get("servers.server"),
                124,
                row -> row.server().toString(),
                row -> row.server().toString());
        Columns.text(this, WORDS.get("servers.state"), 140, row -> state(row.state()), ConsoleSnapshot.ServerRow::state)
                .setCellFactory(_ -> new StateCell());
        Columns.figure(
                this,
                WORDS.get("servers.active"),
                60,
                row -> Words.language().count(row.active()),
                ConsoleSnapshot.ServerRow::active);
        Columns.figure(
                this,
                WORDS.get("servers.requests"),
                78,
                row -> Words.language().count(row.requests()),
                ConsoleSnapshot.ServerRow::requests);
        Columns.figure(
                this,
                WORDS.get("servers.failed"),
                62,
                row -> Words.language().count(row.failures()),
                ConsoleSnapshot.ServerRow::failures);
        Columns.figure(
                this,
                WORDS.get("servers.first-byte"),
                82,
                row -> row.latencyMillis() <= 0 ? "" : Words.language().duration((long) (row.latencyMillis() * 1e6)),
                ConsoleSnapshot.ServerRow::latencyMillis);
        Columns.figure(
                this,
                WORDS.get("servers.weight"),
                64,
                row -> Integer.toString(row.weight()),
                ConsoleSnapshot.ServerRow::weight);
        Columns.figure(
                this,
                WORDS.get("servers.reward"),
                66,
                row -> row.reward() < 0 ? "" : String.format(Words.language().locale(), "%.2f", row.reward()),
                ConsoleSnapshot.ServerRow::reward);
        setContextMenu(menu(model));
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

    /** What can be done to the selected server: on the table itself, where the key for menus looks for it. */
    private ContextMenu menu(ConsoleViewModel model) {
        return new ContextMenu(
                item(WORDS.get("server.mark-down"), model, health -> health.markDown(true)),
                item(WORDS.get("server.drain"), model, health -> health.drain(true)),
                item(WORDS.get("server.up-again"), model, health -> {
                    health.markDown(false);
                    health.drain(false);
                }));
    }

    private MenuItem item(String text, ConsoleViewModel model, Consumer<Health> action) {
        MenuItem item = new MenuItem(text);
        item.disableProperty().bind(getSelectionModel().selectedItemProperty().isNull());
        item.setOnAction(_ -> {
            action.accept(getSelectionModel().getSelectedItem().server().health());
            model.look();
        });
        return item;
    }

    private static String state(Health.State state) {
        return switch (state) {
            case UP -> WORDS.get("state.up");
            case MARKED_DOWN -> WORDS.get("state.marked-down");
            case DRAINING -> WORDS.get("state.draining");
            case PROBES_FAIL -> WORDS.get("state.probes-fail");
            case EJECTED -> WORDS.get("state.ejected");
        };
    }

    /** A sign, the word, and what the probe says. */
    private static final class StateCell extends TableCell<ConsoleSnapshot.ServerRow, ConsoleSnapshot.ServerRow> {
        @Override
        protected void updateItem(ConsoleSnapshot.@Nullable ServerRow row, boolean empty) {
            super.updateItem(row, empty);
            getStyleClass().removeAll("severity-ok", "severity-warning", "severity-critical");
            if (empty || row == null) {
                setText(null);
                setTooltip(null);
                return;
            }
            boolean up = row.state() == Health.State.UP;
            boolean draining = row.state() == Health.State.DRAINING;
            getStyleClass().add(up ? "severity-ok" : draining ? "severity-warning" : "severity-critical");
            setText((up ? "\u2714 " : draining ? "\u25bd " : "\u2716 ")
                    + state(row.state())
                    + (row.probe().isEmpty() ? "" : ": " + row.probe()));
            setTooltip(new Tooltip(getText()));
        }
    }
}
