package phalanx.show.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Renewal;
import phalanx.show.HostNames;
import phalanx.telemetry.Telemetry;
import phalanx.telemetry.TelemetryFile;

/** What other tools recorded beside the open captures. Files are read in the background, one after the other. Screen thread. */
public final class ImportsViewModel {
    private final Jobs jobs;
    private final ObservableList<Entry> entries = FXCollections.observableArrayList();
    private final ObservableList<Entry> shown = FXCollections.unmodifiableObservableList(entries);
    private final ReadOnlyObjectWrapper<Telemetry> telemetry = new ReadOnlyObjectWrapper<>(Telemetry.NONE);
    private final StringProperty receiving = new SimpleStringProperty("");
    private Telemetry received = Telemetry.NONE;
    private Jobs.Handle running = () -> {};
    private boolean reading;
    private final ReadOnlyObjectWrapper<HostNames> names = new ReadOnlyObjectWrapper<>(HostNames.NONE);
    private final Renewal<Together> joining;

    public ImportsViewModel(Jobs jobs) {
        this.jobs = jobs;
        joining = new Renewal<>(jobs, "join imports", outcome -> {
            if (outcome instanceof Outcome.Ok<Together>(var together)) {
                show(together);
            }
        });
    }

    /** The files, in the order in which they were opened. */
    public ObservableList<Entry> entries() {
        return shown;
    }

    /** All that was read from them, and received. */
    public ReadOnlyObjectProperty<Telemetry> telemetry() {
        return telemetry.getReadOnlyProperty();
    }

    /** What hosts are called by it; another value only where a name changed. */
    public ReadOnlyObjectProperty<HostNames> names() {
        return names.getReadOnlyProperty();
    }

    /** What is being received, in words; empty while nothing is. */
    public StringProperty receiving() {
        return receiving;
    }

    /** The files of the entries. */
    public List<Path> files() {
        return entries.stream().map(Entry::file).toList();
    }

    /** Has exactly these files; of those that are there already nothing is read again. */
    public void show(List<Path> files) {
        Set<Path> seen = new HashSet<>();
        List<Entry> wanted = new ArrayList<>();
        for (Path file : files) {
            if (seen.add(file)) {
                wanted.add(entries.stream()
                        .filter(entry -> entry.file().equals(file))
                        .findFirst()
                        .orElseGet(() -> Entry.reading(file)));
            }
        }
        if (!wanted.equals(entries)) {
            entries.setAll(wanted);
            join();
            readNext();
        }
    }

    /** Reads all files anew. */
    public void reload() {
        List<Path> files = files();
        running.cancel();
        entries.clear();
        show(files);
    }

    /** What is being received takes the place of what was received before. */
    public void received(Telemetry now) {
        received = now;
        join();
    }

    private void readNext() {
        if (reading) {
            return;
        }
        entries.stream()
                .filter(entry -> entry.state() == Entry.State.READING)
                .findFirst()
                .ifPresent(next -> {
                    reading = true;
                    running = jobs.<Telemetry>start(
                            "read import",
                            progress -> {
                                progress.stopIfCancelled();
                                return TelemetryFile.read(next.file());
                            },
                            _ -> {},
                            outcome -> {
                                reading = false;
                                done(next, outcome);
                                readNext();
                            });
                });
    }

    private void done(Entry next, Outcome<Telemetry> outcome) {
        int at = entries.indexOf(next);
        boolean cancelled = outcome instanceof Outcome.Failed<Telemetry>(var problem)
                && problem.code().equals(Jobs.CANCELLED);
        if (at >= 0 && !cancelled) {
            entries.set(
                    at,
                    switch (outcome) {
                        case Outcome.Ok<Telemetry>(var read) -> Entry.read(next.file(), read);
                        case Outcome.Failed<Telemetry>(var problem) -> Entry.failed(next.file(), problem);
                    });
            join();
        }
    }

    /** All of it. */
    private record Together(Telemetry telemetry, HostNames names) {}

    private void show(Together together) {
        if (!together.names.same(names.get())) {
            names.set(together.names);
        }
        telemetry.set(together.telemetry);
    }

    /** Puts all together; half a million events are sorted in the background. */
    private void join() {
        List<Telemetry> parts =
                new ArrayList<>(entries.stream().map(Entry::read).toList());
        parts.add(received);
        if (parts.stream().allMatch(Telemetry.NONE::equals)) {
            joining.giveUp();
            show(new Together(Telemetry.NONE, HostNames.NONE));
        } else {
            joining.next(_ -> {
                Telemetry all = parts.stream().reduce(Telemetry.NONE, Telemetry::with);
                return Outcome.ok(new Together(all, HostNames.of(all)));
            });
        }
    }
}
