package phalanx.show.settings;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.ModifierValue;
import javafx.scene.input.KeyEvent;
import phalanx.show.Words;
import phalanx.show.command.Command;

/** Takes the keys that are pressed in it in place of writing; Tab goes on. Screen thread. */
final class KeyField extends TextField {
    private static final Words WORDS = Words.of("settings");

    private final ReadOnlyStringWrapper keys = new ReadOnlyStringWrapper("");

    KeyField() {
        setEditable(false);
        setPromptText(WORDS.get("keys.press"));
        setAccessibleText(WORDS.get("keys.press"));
        setPrefColumnCount(16);
        addEventFilter(KeyEvent.ANY, this::take);
    }

    /** The combination pressed last, as {@link KeyCombination#getName()}; empty for none. */
    ReadOnlyStringProperty keys() {
        return keys.getReadOnlyProperty();
    }

    void setKeys(String name, String shown) {
        setText(shown);
        keys.set(name);
    }

    private void take(KeyEvent key) {
        KeyCode code = key.getCode();
        if (code == KeyCode.TAB) {
            return;
        }
        key.consume();
        if (key.getEventType() == KeyEvent.KEY_PRESSED && !code.isModifierKey() && code != KeyCode.UNDEFINED) {
            KeyCombination combination = combination(key);
            setKeys(combination.getName(), Command.text(combination));
        }
    }

    /** As it is written in key maps, with "shortcut" for the system's own modifier. */
    static KeyCombination combination(KeyEvent key) {
        boolean mac = key.isMetaDown() && key.isShortcutDown();
        return new KeyCodeCombination(
                key.getCode(),
                value(key.isShiftDown()),
                value(key.isControlDown() && !key.isShortcutDown()),
                value(key.isAltDown()),
                value(key.isMetaDown() && !mac),
                value(key.isShortcutDown()));
    }

    private static ModifierValue value(boolean down) {
        return down ? ModifierValue.DOWN : ModifierValue.UP;
    }
}
