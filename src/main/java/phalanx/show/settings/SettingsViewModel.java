package phalanx.show.settings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import phalanx.casefile.Profile;
import phalanx.casefile.Settings;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.show.Told;
import phalanx.show.Words;
import phalanx.show.command.Command;
import phalanx.show.command.Commands;

/** The settings as the user changes them; every change is in force at once. Screen thread. */
public final class SettingsViewModel {
    private static final Words WORDS = Words.of("settings");

    private final ReadOnlyObjectWrapper<Settings> value = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyIntegerWrapper keyMaps = new ReadOnlyIntegerWrapper();
    private final Consumer<UnaryOperator<Settings>> change;
    private final Commands commands;
    private final Jobs jobs;
    private final ReadOnlyStringWrapper notice = new ReadOnlyStringWrapper("");

    /** @param change changes the settings and keeps them */
    public SettingsViewModel(
            ReadOnlyObjectProperty<Settings> value,
            Consumer<UnaryOperator<Settings>> change,
            Commands commands,
            Jobs jobs) {
        // Settings and commands live as long as the desk; a binding, other than a subscription, lets go of what follows
        // them.
        this.value.bind(value);
        keyMaps.bind(commands.keyMaps());
        this.change = change;
        this.commands = commands;
        this.jobs = jobs;
    }

    public ReadOnlyObjectProperty<Settings> value() {
        return value.getReadOnlyProperty();
    }

    /** Changes when commands have other keys. */
    public ReadOnlyIntegerProperty keyMaps() {
        return keyMaps.getReadOnlyProperty();
    }

    /** What became of the last export or import; empty before. */
    public ReadOnlyStringProperty notice() {
        return notice.getReadOnlyProperty();
    }

    /** Changes the settings. */
    public void change(UnaryOperator<Settings> how) {
        change.accept(how);
        commands.remap(value.get().keys());
    }

    /** Whether a preference differs from the usual. */
    public boolean isModified(Preference preference) {
        return preference.isModified(value.get());
    }

    /** Sets a preference back to the usual. */
    public void reset(Preference preference) {
        change(preference::reset);
    }

    /** All commands, in the order of the menus. */
    public List<Command> commands() {
        return commands.all();
    }

    /** Whether a command has other keys than usual. */
    public boolean isModified(Command command) {
        return !commands.usualKeys(command.id()).equals(command.keysName());
    }

    /** Other commands that these keys run. @param keys as {@link Command#keysName()} */
    public List<Command> others(Command than, String keys) {
        return keys.isEmpty()
                ? List.of()
                : commands.all().stream()
                        .filter(command -> !command.id().equals(than.id())
                                && command.keysName().equals(keys))
                        .toList();
    }

    /** Gives a command these keys, none for an empty text; others lose them. */
    public void assign(Command command, String keys) {
        Map<String, String> map = new HashMap<>(value.get().keys());
        others(command, keys).forEach(other -> put(map, other.id(), ""));
        put(map, command.id(), keys);
        change(settings -> settings.withKeys(map));
    }

    /** Gives a command its usual keys again; others that have them lose them. */
    public void reset(Command command) {
        assign(command, commands.usualKeys(command.id()));
    }

    /** Gives all commands their usual keys again. */
    public void resetKeys() {
        change(settings -> settings.withKeys(Map.of()));
    }

    /** Only what differs from the usual is kept. */
    private void put(Map<String, String> map, String id, String keys) {
        if (commands.usualKeys(id).equals(keys)) {
            map.remove(id);
        } else {
            map.put(id, keys);
        }
    }

    /** Writes the profile to a file. */
    public void exportProfile(Path file) {
        Profile profile = Profile.of(value.get());
        jobs.start(
                "export profile",
                _ -> profile.write(file),
                _ -> {},
                outcome -> notice.set(
                        outcome instanceof Outcome.Failed<Path>(Problem problem)
                                ? Told.problem(problem).toString()
                                : WORDS.get("profile.exported", String.valueOf(file.getFileName()))));
    }

    /** Takes a profile over; nothing changes when the file is none. */
    public void importProfile(Path file) {
        jobs.start("import profile", _ -> Profile.read(file), _ -> {}, outcome -> {
            switch (outcome) {
                case Outcome.Ok<Profile>(var profile) -> {
                    change(profile::over);
                    notice.set(WORDS.get("profile.imported", String.valueOf(file.getFileName())));
                }
                case Outcome.Failed<Profile>(Problem problem) ->
                    notice.set(Told.problem(problem).toString());
            }
        });
    }
}
