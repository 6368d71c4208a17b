package phalanx.show.command;

import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;
import phalanx.show.Words;

/**
 * Something that can be done at the desk: in a menu, in the palette, by its keys.
 *
 * @param id as key maps name it
 * @param group the menu it stands in
 * @param title as the menu writes it
 * @param keys that run it, null for none
 * @param enabled whether it can be done now
 * @param checked for one that switches something: whether it is on; null for others
 * @param section whether a line parts it from the one above it
 */
public record Command(
        String id,
        Group group,
        String title,
        @Nullable KeyCombination keys,
        Runnable action,
        ObservableBooleanValue enabled,
        @Nullable ObservableBooleanValue checked,
        boolean section) {
    private static final Words WORDS = Words.of("command");

    /** The menus, in their order. */
    public enum Group {
        FILE,
        EDIT,
        VIEW,
        GO,
        CAPTURE,
        ANALYZE,
        HELP
    }

    /** The keys as they are written, empty for none. */
    public String keysText() {
        return keys == null ? "" : text(keys);
    }

    /** Keys in the user's language, {@code Strg+O}; the toolkit's menus have {@code Ctrl+O} in all languages. */
    public static String text(KeyCombination keys) {
        return keys.getDisplayText()
                .replace("Ctrl+", WORDS.get("key.ctrl") + "+")
                .replace("Shift+", WORDS.get("key.shift") + "+");
    }

    /** The keys as key maps write them: {@code Shortcut+O}; empty for none. */
    public String keysName() {
        return keys == null ? "" : keys.getName();
    }

    /** The same with other keys. */
    Command with(@Nullable KeyCombination other) {
        return new Command(id, group, title, other, action, enabled, checked, section);
    }
}
