package phalanx.show.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import phalanx.casefile.Settings;
import phalanx.casefile.SettingsStore;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** The user's settings while the desk is open; every change is kept at once. Screen thread. */
final class DeskSettings {
    private static final int MOST_RECENT = 12;

    private final SettingsStore store;
    private final Jobs jobs;
    private final ReadOnlyObjectWrapper<Settings> value = new ReadOnlyObjectWrapper<>(Settings.DEFAULT);
    private @Nullable Problem problem;
    private int changes;

    DeskSettings(SettingsStore store, Jobs jobs) {
        this.store = store;
        this.jobs = jobs;
        switch (store.read()) {
            case Outcome.Ok<Settings>(var kept) -> value.set(kept);
            case Outcome.Failed<Settings>(var why) -> problem = why;
        }
    }

    ReadOnlyObjectProperty<Settings> value() {
        return value.getReadOnlyProperty();
    }

    Settings now() {
        return value.get();
    }

    /** Why the settings could not be read; the file is then left alone and changes live as long as the desk. */
    Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    /** Changes the settings and keeps them. */
    void change(UnaryOperator<Settings> how) {
        Settings next = how.apply(now());
        if (next.equals(now())) {
            return;
        }
        value.set(next);
        int change = ++changes;
        if (problem == null) {
            jobs.start(
                    "keep settings",
                    _ -> change == changes ? store.write(next) : Outcome.<Path>ok(Path.of("")),
                    _ -> {},
                    _ -> {});
        }
    }

    /** Keeps the settings before the program ends. */
    void close() {
        if (problem == null && changes > 0) {
            store.write(now());
        }
    }

    /** Where the settings are. */
    Path folder() {
        return store.folder();
    }

    /** Remembers what was opened. */
    void opened(List<Path> files) {
        List<String> entry = files.stream()
                .map(file -> file.toAbsolutePath().normalize().toString())
                .toList();
        List<List<String>> recent = new ArrayList<>(now().recent());
        recent.remove(entry);
        recent.addFirst(entry);
        change(settings -> settings.withRecent(recent.subList(0, Math.min(MOST_RECENT, recent.size()))));
    }
}
