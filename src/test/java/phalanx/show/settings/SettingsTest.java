package phalanx.show.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.MenuBar;
import javafx.scene.control.Slider;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.casefile.Settings;
import phalanx.show.Look;
import phalanx.show.Screen;
import phalanx.show.SystemFileDialogs;
import phalanx.show.Theme;
import phalanx.show.command.Command;
import phalanx.show.command.CommandMenus;
import phalanx.show.command.Commands;

/** Preferences, key map and profile; every state leaves a picture behind. */
class SettingsTest {
    private final ReadOnlyObjectWrapper<Settings> kept = new ReadOnlyObjectWrapper<>(Settings.DEFAULT);
    private final Commands commands = new Commands()
            .add("undo", Command.Group.EDIT, "Shortcut+Z", () -> {})
            .add("redo", Command.Group.EDIT, "Shortcut+Shift+Z", () -> {})
            .add("note", Command.Group.EDIT, "M", () -> {})
            .add("theme-dark", Command.Group.VIEW, null, () -> {});
    private final SettingsViewModel model = new SettingsViewModel(
            kept.getReadOnlyProperty(), how -> kept.set(how.apply(kept.get())), commands, Screen.AT_ONCE);

    private Command command(String id) {
        return commands.find(id).orElseThrow();
    }

    private Scene open(Theme theme, int textPercent) {
        return Screen.on(
                () -> Look.scene(new SettingsView(model, new SystemFileDialogs()), theme, 860, 760, textPercent));
    }

    @Test
    void keys_are_moved_from_command_to_command_and_back() {
        assertEquals("Shortcut+Z", command("undo").keysName());
        assertEquals(List.of("undo"), ids(model.others(command("note"), "Shortcut+Z")));
        model.assign(command("note"), "Shortcut+Z");
        assertEquals(Map.of("note", "Shortcut+Z", "undo", ""), kept.get().keys());
        assertEquals("", command("undo").keysName());
        assertTrue(model.isModified(command("note")));
        model.reset(command("undo"));
        assertEquals("Shortcut+Z", command("undo").keysName());
        assertEquals("", command("note").keysName());
        assertEquals(Map.of("note", ""), kept.get().keys());
        model.resetKeys();
        assertEquals("M", command("note").keysName());
        assertFalse(model.isModified(command("note")));
    }

    /** Cells of the key map with one of these texts. */
    private static long rowsThatSay(Scene scene, String... texts) {
        return Screen.on(() -> Screen.all(scene.getRoot()).stream()
                .filter(node -> node instanceof TableCell<?, ?> cell
                        && cell.getText() != null
                        && List.of(texts).contains(cell.getText()))
                .count());
    }

    @Test
    void menus_show_the_keys_in_force() {
        String shown = Screen.on(() -> {
            MenuBar bar = CommandMenus.bar(commands, List.of());
            model.assign(command("note"), "F12");
            return bar.getMenus().getFirst().getItems().stream()
                    .map(item -> item.getText() + " " + item.getAccelerator())
                    .toList()
                    .toString();
        });
        assertTrue(shown.contains("Write a note\u2026 F12"), shown);
    }

    private static List<String> ids(List<Command> commands) {
        return commands.stream().map(Command::id).toList();
    }

    /** As when the press only closed a menu that was open. */
    @Test
    void the_size_of_texts_is_dragged_with_and_without_a_press_on_it() {
        Scene scene = open(Theme.LIGHT, 100);
        Screen.run(() -> {
            scene.getRoot().applyCss();
            scene.getRoot().layout();
        });
        drag(scene, MouseEvent.MOUSE_DRAGGED, 5);
        assertEquals(100, kept.get().textPercent());
        drag(scene, MouseEvent.MOUSE_PRESSED, 0);
        drag(scene, MouseEvent.MOUSE_DRAGGED, 120);
        drag(scene, MouseEvent.MOUSE_RELEASED, 120);
        assertTrue(kept.get().textPercent() > 100);
    }

    private static void drag(Scene scene, EventType<MouseEvent> type, double x) {
        Screen.run(() -> {
            Node thumb = Screen.all(scene.getRoot()).stream()
                    .filter(node -> node.getStyleClass().contains("thumb") && node.getParent() instanceof Slider)
                    .findFirst()
                    .orElseThrow();
            Event.fireEvent(
                    thumb,
                    new MouseEvent(
                            type,
                            x,
                            3,
                            x,
                            3,
                            MouseButton.PRIMARY,
                            1,
                            false,
                            false,
                            false,
                            false,
                            true,
                            false,
                            false,
                            true,
                            false,
                            false,
                            null));
        });
    }

    @Test
    void what_differs_from_the_usual_is_marked_and_can_be_set_back() {
        Scene scene = open(Theme.LIGHT, 100);
        Screen.picture(scene, "settings-light");
        Screen.run(() -> {
            model.change(settings -> settings.withAppearance("dark").withTextPercent(120));
            model.assign(command("note"), "Shortcut+Z");
        });
        Screen.picture(scene, "settings-modified-light");
        assertEquals(1, rowsThatSay(scene, "Ctrl+Z"));
        assertEquals(2, rowsThatSay(scene, "modified"));
        assertTrue(model.isModified(Preference.APPEARANCE));
        assertFalse(model.isModified(Preference.LANGUAGE));
        Screen.run(() -> model.reset(Preference.APPEARANCE));
        assertEquals("system", kept.get().appearance());
        assertEquals(120, kept.get().textPercent());
        Scene contrast = open(Theme.HIGH_CONTRAST, 150);
        Screen.picture(contrast, "settings-contrast-150");
    }

    @Test
    void keys_are_pressed_and_conflicts_told() {
        Scene scene = open(Theme.DARK, 100);
        Screen.settle();
        Screen.run(() -> {
            TableView<?> table = (TableView<?>) scene.getRoot().lookup(".table-view");
            table.getSelectionModel().select(2);
            TextField field = (TextField) Screen.all(scene.getRoot()).stream()
                    .filter(KeyField.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            field.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.Z, true, true, false, false));
        });
        Screen.picture(scene, "settings-conflict-dark");
        assertTrue(Screen.shows(scene, "These keys run now: Redo"));
    }

    @Test
    void a_search_leaves_over_what_has_its_words() {
        Scene scene = open(Theme.LIGHT, 100);
        Screen.settle();
        Screen.run(() -> ((TextField) Screen.all(scene.getRoot()).stream()
                        .filter(node -> node instanceof TextField && !(node instanceof KeyField))
                        .findFirst()
                        .orElseThrow())
                .setText("motion"));
        Screen.picture(scene, "settings-search-light");
        List<String> rows = Screen.on(() -> Screen.all(scene.getRoot()).stream()
                .filter(node -> node.getStyleClass().contains("settings-row") && node.isVisible())
                .map(node -> node.getStyleClass().toString())
                .toList());
        assertEquals(1, rows.size());
    }

    @Test
    void a_profile_goes_out_and_comes_back_without_what_was_opened(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("profile.json");
        kept.set(Settings.DEFAULT
                .withAppearance("dark")
                .withKeys(Map.of("note", "F12"))
                .withRecent(List.of(List.of("/secret/client.pcapng"))));
        model.exportProfile(file);
        assertFalse(Files.readString(file).contains("secret"));
        kept.set(Settings.DEFAULT.withFilters(List.of("tcp")));
        model.importProfile(file);
        assertEquals("dark", kept.get().appearance());
        assertEquals(List.of("tcp"), kept.get().filters());
        assertEquals("F12", command("note").keysName());
        Files.writeString(file, "{\"version\": 7}");
        Settings before = kept.get();
        model.importProfile(file);
        assertEquals(before, kept.get());
        assertTrue(model.notice().get().startsWith("PHX-6002"), model.notice().get());
    }
}
