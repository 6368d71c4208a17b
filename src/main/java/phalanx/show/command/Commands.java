package phalanx.show.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValueBase;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.ModifierValue;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;
import phalanx.show.Words;

/**
 * All commands of the desk: the one list that menus, palette, keys and the sheet of shortcuts are made of. A key without Ctrl, Alt
 * or a function key acts only when nothing that is typed into has the focus; what edits the text there stays with it. Screen thread.
 */
public final class Commands {
    private static final Words WORDS = Words.of("command");

    /** Always enabled. */
    public static final ObservableBooleanValue ALWAYS = new Always();

    private static final Set<KeyCode> TEXT_KEYS =
            EnumSet.of(KeyCode.Z, KeyCode.Y, KeyCode.A, KeyCode.C, KeyCode.X, KeyCode.V);

    private final List<Command> all = new ArrayList<>();
    private final Map<String, String> usualKeys = new HashMap<>();
    private final ReadOnlyIntegerWrapper keyMaps = new ReadOnlyIntegerWrapper();

    /** Adds a command to the end of its menu; its title is the word of its id. */
    public Commands add(String id, Command.Group group, @Nullable String keys, Runnable action) {
        return add(id, group, keys, action, ALWAYS);
    }

    /** As {@link #add(String, Command.Group, String, Runnable)}, of one that cannot always be run. */
    public Commands add(
            String id, Command.Group group, @Nullable String keys, Runnable action, ObservableBooleanValue enabled) {
        return add(new Command(id, group, WORDS.get(id), combination(keys), action, enabled, null, false));
    }

    /** Adds a switch. */
    public Commands toggle(
            String id, Command.Group group, @Nullable String keys, Runnable action, ObservableBooleanValue checked) {
        return add(new Command(id, group, WORDS.get(id), combination(keys), action, ALWAYS, checked, false));
    }

    /** Adds a command whose title is no word of the desk, as the name of a sample. */
    public Commands add(Command command) {
        if (find(command.id()).isPresent()) {
            throw new IllegalArgumentException("two commands " + command.id());
        }
        all.add(command);
        usualKeys.put(command.id(), command.keysName());
        return this;
    }

    /** Draws a line above the command that was added last. */
    public Commands section() {
        Command last = all.removeLast();
        all.add(new Command(
                last.id(),
                last.group(),
                last.title(),
                last.keys(),
                last.action(),
                last.enabled(),
                last.checked(),
                true));
        return this;
    }

    /** All of them, in the order of the menus' entries. */
    public List<Command> all() {
        return Collections.unmodifiableList(all);
    }

    public Optional<Command> find(String id) {
        return all.stream().filter(command -> command.id().equals(id)).findFirst();
    }

    /**
     * Gives commands other keys than usual, by id, and the usual ones to all that are not named; an empty text takes the keys away,
     * what is no key combination does, too.
     */
    public void remap(Map<String, String> keysById) {
        all.replaceAll(command -> {
            String keys = keysById.getOrDefault(command.id(), usualKeys(command.id()));
            try {
                return command.with(keys.isEmpty() ? null : KeyCombination.valueOf(keys));
            } catch (IllegalArgumentException _) {
                return command.with(null);
            }
        });
        keyMaps.set(keyMaps.get() + 1);
    }

    /** The keys that a command has when nobody gave it others, as {@link Command#keysName()}. */
    public String usualKeys(String id) {
        return usualKeys.getOrDefault(id, "");
    }

    /** How often the keys were given anew; for what shows keys. */
    public ReadOnlyIntegerProperty keyMaps() {
        return keyMaps.getReadOnlyProperty();
    }

    private static @Nullable KeyCombination combination(@Nullable String keys) {
        return keys == null ? null : KeyCombination.valueOf(keys);
    }

    /** Lets the keys of a scene run the commands. */
    public void listenTo(Scene scene) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, key -> run(key, true));
        scene.addEventHandler(KeyEvent.KEY_PRESSED, key -> run(key, false));
    }

    /** Lets the keys of one command run it where no others act, as in a dialog. */
    public void listenTo(Node node, String id) {
        node.addEventHandler(
                KeyEvent.KEY_PRESSED,
                key -> find(id).filter(command ->
                                command.keys() != null && command.keys().match(key))
                        .ifPresent(command -> {
                            command.action().run();
                            key.consume();
                        }));
    }

    private void run(KeyEvent key, boolean first) {
        boolean strong = key.isControlDown()
                || key.isAltDown()
                || key.isMetaDown()
                || key.getCode().isFunctionKey();
        if (isOfText(key)) {
            if (!first) {
                key.consume(); // or the menus would act on what the text had no use for
            }
            return;
        }
        if (strong != first || !strong && key.getTarget() instanceof TextInputControl) {
            return;
        }
        Stream.<BiPredicate<KeyCombination, KeyEvent>>of(KeyCombination::match, Commands::matchesTwin)
                .flatMap(match -> all.stream()
                        .filter(command -> command.keys() != null
                                && match.test(command.keys(), key)
                                && command.enabled().get()))
                .findFirst()
                .ifPresent(command -> {
                    command.action().run();
                    key.consume();
                });
    }

    /** Whether a key edits the text that is typed into: undoes, redoes, selects all, copies, cuts or pastes there. */
    private static boolean isOfText(KeyEvent key) {
        return key.isShortcutDown()
                && TEXT_KEYS.contains(key.getCode())
                && key.getTarget() instanceof TextInputControl text
                && text.isEditable();
    }

    /** Whether a key has the sign of a combination elsewhere: many keyboards have plus above equals, or on the number pad. */
    private static boolean matchesTwin(KeyCombination keys, KeyEvent key) {
        if (!(keys instanceof KeyCodeCombination combination)) {
            return false;
        }
        return switch (combination.getCode()) {
            case PLUS ->
                other(combination, KeyCode.ADD, combination.getShift()).match(key)
                        || other(combination, KeyCode.EQUALS, ModifierValue.ANY).match(key);
            case MINUS ->
                other(combination, KeyCode.SUBTRACT, combination.getShift()).match(key);
            default -> false;
        };
    }

    private static KeyCombination other(KeyCodeCombination keys, KeyCode code, ModifierValue shift) {
        return new KeyCodeCombination(
                code, shift, keys.getControl(), keys.getAlt(), keys.getMeta(), keys.getShortcut());
    }

    private static final class Always extends ObservableValueBase<Boolean> implements ObservableBooleanValue {
        @Override
        public boolean get() {
            return true;
        }

        @Override
        public Boolean getValue() {
            return true;
        }
    }
}
