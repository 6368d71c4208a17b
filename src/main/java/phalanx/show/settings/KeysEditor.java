package phalanx.show.settings;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import phalanx.show.Columns;
import phalanx.show.Controls;
import phalanx.show.Words;
import phalanx.show.command.Command;
import phalanx.show.command.CommandMenus;

/** The key map: all commands with their keys, and a field to press other ones in. Screen thread. */
final class KeysEditor extends VBox {
    private static final Words WORDS = Words.of("settings");
    private static final double TITLE = 290, MENU = 100, KEYS = 190, MODIFIED = 110;

    private final SettingsViewModel model;
    private final ObservableList<Command> rows = FXCollections.observableArrayList();
    private final FilteredList<Command> found = new FilteredList<>(rows);
    private final TableView<Command> table = new TableView<>(found);
    private final KeyField pressed = new KeyField();
    private final Label conflict = new Label();

    KeysEditor(SettingsViewModel model) {
        super(8);
        this.model = model;
        Label title = new Label(WORDS.get("keys"));
        title.getStyleClass().add("settings-title");
        Columns.text(table, WORDS.get("keys.command"), TITLE, Command::title, Command::title)
                .setSortable(false);
        Columns.text(
                        table,
                        WORDS.get("keys.menu"),
                        MENU,
                        command -> CommandMenus.title(command.group()),
                        Command::title)
                .setSortable(false);
        Columns.text(table, WORDS.get("keys.keys"), KEYS, Command::keysText, Command::title)
                .setSortable(false);
        Columns.text(
                        table,
                        WORDS.get("keys.state"),
                        MODIFIED,
                        command -> model.isModified(command) ? WORDS.get("modified") : "",
                        Command::title)
                .setSortable(false);
        table.setAccessibleText(WORDS.get("keys"));
        table.setPlaceholder(new Label(WORDS.get("keys.none")));
        conflict.setWrapText(true);
        conflict.setMinHeight(Region.USE_PREF_SIZE);
        conflict.getStyleClass().add("settings-conflict");
        conflict.managedProperty().bind(conflict.textProperty().isNotEmpty());
        getChildren().setAll(title, table, editor(), conflict);
        table.getSelectionModel().selectedItemProperty().subscribe(_ -> pressed.setKeys("", ""));
        pressed.keys().subscribe(this::warn);
        model.keyMaps().subscribe(_ -> refresh());
    }

    private FlowPane editor() {
        Button set = Controls.button(
                WORDS.get("keys.set"), () -> assign(pressed.keys().get()));
        set.disableProperty()
                .bind(pressed.keys()
                        .isEmpty()
                        .or(table.getSelectionModel().selectedItemProperty().isNull()));
        Button none = Controls.button(WORDS.get("keys.take"), () -> assign(""));
        Button reset = Controls.button(WORDS.get("keys.reset"), () -> {
            Command chosen = chosen();
            if (chosen != null) {
                model.reset(chosen);
            }
        });
        none.disableProperty()
                .bind(table.getSelectionModel().selectedItemProperty().isNull());
        reset.disableProperty().bind(none.disableProperty());
        pressed.disableProperty().bind(none.disableProperty());
        Button all = Controls.button(WORDS.get("keys.reset-all"), model::resetKeys);
        FlowPane editor = new FlowPane(8, 6, pressed, set, none, reset, all);
        editor.setAlignment(Pos.CENTER_LEFT);
        return editor;
    }

    private @Nullable Command chosen() {
        return table.getSelectionModel().getSelectedItem();
    }

    private void assign(String keys) {
        Command chosen = chosen();
        if (chosen != null) {
            model.assign(chosen, keys);
        }
    }

    private void warn(String keys) {
        Command chosen = chosen();
        List<Command> others = chosen == null ? List.of() : model.others(chosen, keys);
        conflict.setText(
                others.isEmpty()
                        ? ""
                        : WORDS.get(
                                "keys.conflict",
                                others.stream().map(Command::title).collect(Collectors.joining(", "))));
    }

    private void refresh() {
        Command chosen = chosen();
        rows.setAll(model.commands());
        if (chosen != null) {
            rows.stream()
                    .filter(command -> command.id().equals(chosen.id()))
                    .findFirst()
                    .ifPresent(table.getSelectionModel()::select);
        }
    }

    /** Leaves over the commands that have these words; all of them when the table's own name has. */
    void find(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        boolean own = WORDS.get("keys").toLowerCase(Locale.ROOT).contains(wanted);
        found.setPredicate(
                command -> own || words(command).toLowerCase(Locale.ROOT).contains(wanted));
    }

    /** What the table is found by. */
    String words() {
        return WORDS.get("keys") + " "
                + model.commands().stream().map(KeysEditor::words).collect(Collectors.joining(" "));
    }

    private static String words(Command command) {
        return command.title() + " " + command.keysText();
    }
}
