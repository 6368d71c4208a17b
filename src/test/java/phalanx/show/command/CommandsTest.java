package phalanx.show.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;
import phalanx.show.Screen;

/** Keys and menus that run commands. */
class CommandsTest {
    private final List<String> ran = new ArrayList<>();
    private final SimpleBooleanProperty light = new SimpleBooleanProperty(true);
    private final Commands commands = new Commands()
            .add("undo", Command.Group.EDIT, "Shortcut+Z", () -> ran.add("undo"))
            .add("redo", Command.Group.EDIT, "Shortcut+Shift+Z", () -> ran.add("redo"))
            .add("text-larger", Command.Group.VIEW, "Shortcut+PLUS", () -> ran.add("larger"))
            .add("text-smaller", Command.Group.VIEW, "Shortcut+MINUS", () -> ran.add("smaller"))
            .toggle("theme-light", Command.Group.VIEW, null, () -> ran.add("light"), light);
    private final TextField field = Screen.on(TextField::new);
    private final Button button = Screen.on(Button::new);

    CommandsTest() {
        Screen.run(() -> commands.listenTo(new Scene(new VBox(field, button))));
    }

    private List<String> press(Node at, KeyCode code, boolean shift) {
        ran.clear();
        Screen.run(
                () -> Event.fireEvent(at, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, true, false, false)));
        return List.copyOf(ran);
    }

    @Test
    void what_undoes_in_a_text_that_can_be_written_undoes_nothing_else() {
        assertEquals(List.of(), press(field, KeyCode.Z, false));
        assertEquals(List.of(), press(field, KeyCode.Z, true));
        assertEquals(List.of("larger"), press(field, KeyCode.PLUS, false));
        assertEquals(List.of("undo"), press(button, KeyCode.Z, false));
        assertEquals(List.of("redo"), press(button, KeyCode.Z, true));
        Screen.run(() -> field.setEditable(false));
        assertEquals(List.of("undo"), press(field, KeyCode.Z, false));
    }

    @Test
    void plus_and_minus_are_found_wherever_a_keyboard_has_them() {
        assertEquals(List.of("larger"), press(button, KeyCode.EQUALS, true));
        assertEquals(List.of("larger"), press(button, KeyCode.EQUALS, false));
        assertEquals(List.of("larger"), press(button, KeyCode.ADD, false));
        assertEquals(List.of("smaller"), press(button, KeyCode.SUBTRACT, false));
        assertEquals(List.of(), press(button, KeyCode.SUBTRACT, true));
    }

    @Test
    void a_combination_that_someone_gave_to_another_command_is_that_commands() {
        Screen.run(() -> commands.add("full-screen", Command.Group.VIEW, "Shortcut+EQUALS", () -> ran.add("zoom")));
        assertEquals(List.of("zoom"), press(button, KeyCode.EQUALS, false));
        assertEquals(List.of("larger"), press(button, KeyCode.EQUALS, true));
    }

    @Test
    void a_menu_within_a_menu_can_be_opened_once_it_has_entries() {
        List<Command> entries = new ArrayList<>();
        MenuBar bar = Screen.on(() -> CommandMenus.bar(
                commands, List.of(new CommandMenus.Submenu(Command.Group.EDIT, "Open again", () -> entries))));
        Menu edit = bar.getMenus().getFirst();
        Menu again = (Menu) edit.getItems().get(1);
        assertTrue(again.isDisable());
        entries.add(commands.find("undo").orElseThrow());
        Screen.run(() -> Event.fireEvent(edit, new Event(Menu.ON_SHOWING)));
        assertFalse(again.isDisable());
        assertEquals(1, again.getItems().size());
    }

    @Test
    void what_is_in_force_stays_ticked_when_it_is_chosen_again() {
        MenuBar bar = Screen.on(() -> CommandMenus.bar(commands, List.of()));
        CheckMenuItem check = bar.getMenus().getLast().getItems().stream()
                .filter(CheckMenuItem.class::isInstance)
                .map(CheckMenuItem.class::cast)
                .findFirst()
                .orElseThrow();
        Screen.run(() -> {
            check.setSelected(!check.isSelected()); // as the toolkit does before it tells
            check.fire();
        });
        assertEquals(List.of("light"), ran);
        assertTrue(check.isSelected());
        Screen.run(() -> light.set(false));
        assertFalse(check.isSelected());
    }
}
