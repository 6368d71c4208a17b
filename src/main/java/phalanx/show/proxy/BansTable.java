package phalanx.show.proxy;

import atlantafx.base.theme.Styles;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableView;
import phalanx.proxy.guard.client.Reputation;
import phalanx.show.Columns;
import phalanx.show.Words;

/** The clients that are banned, until when and for what; a ban is lifted by its menu. Screen thread. */
final class BansTable extends TableView<Reputation.Ban> {
    private static final Words WORDS = Words.of("proxy");

    BansTable(ConsoleViewModel model) {
        setAccessibleText(WORDS.get("bans.name"));
        getStyleClass().add(Styles.DENSE);
        DateTimeFormatter clock = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT, FormatStyle.MEDIUM)
                .withLocale(Words.language().locale())
                .withZone(ZoneOffset.UTC);
        Columns.text(this, WORDS.get("bans.client"), 180, Reputation.Ban::text, Reputation.Ban::text);
        Columns.text(
                this,
                WORDS.get("bans.until"),
                150,
                ban -> clock.format(Instant.ofEpochMilli(ban.until())),
                Reputation.Ban::until);
        Columns.text(this, WORDS.get("bans.reasons"), 230, BansTable::reasons, BansTable::reasons);
        MenuItem lift = new MenuItem(WORDS.get("bans.lift"));
        lift.disableProperty().bind(getSelectionModel().selectedItemProperty().isNull());
        lift.setOnAction(_ -> model.lift(getSelectionModel().getSelectedItem()));
        setContextMenu(new ContextMenu(lift));
        model.snapshot().subscribe(snapshot -> take(snapshot.bans()));
    }

    private static String reasons(Reputation.Ban ban) {
        return ban.reasons().entrySet().stream()
                .map(one -> one.getKey() + " \u00d7 " + Words.language().count(one.getValue()))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private void take(List<Reputation.Ban> bans) {
        if (!bans.equals(List.copyOf(getItems()))) {
            Reputation.Ban selected = getSelectionModel().getSelectedItem();
            getItems().setAll(bans);
            sort();
            getSelectionModel().select(selected);
        }
    }
}
