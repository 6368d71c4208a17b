package phalanx.show.redact;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import phalanx.redact.Redaction;
import phalanx.redact.RedactionKey;
import phalanx.redact.RedactionOptions;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.show.Told;

/** What is to be taken out of the captures of a case, what that changes, and how far the work has come. Screen thread. */
public final class RedactViewModel {
    /** Payload bytes that can be left of what is understood. */
    static final List<Integer> PAYLOADS = List.of(0, 100, 400, 1_500);

    /** Where the work stands. */
    public sealed interface State {
        /** All captures are gone through, nothing is written. */
        record Previewing(Jobs.Step step) implements State {}

        /** The user sees what would be replaced. */
        record Previewed(Redaction.Answer answer) implements State {}

        /** New captures are written. */
        record Writing(Path folder, Jobs.Step step) implements State {}

        /** New captures were written. */
        record Written(Path folder, Redaction.Answer answer) implements State {}

        /** Files are there already; nothing was written yet. */
        record Exists(Path folder, Problem problem) implements State {}

        /** It could not be done. */
        record Failed(Problem problem) implements State {}

        /** The user gave it up. */
        record GivenUp() implements State {}
    }

    private final Jobs jobs;
    private final List<Redaction.Source> sources;
    private final ReadOnlyObjectWrapper<RedactionOptions> options =
            new ReadOnlyObjectWrapper<>(RedactionOptions.DEFAULT);
    private final ReadOnlyObjectWrapper<State> state =
            new ReadOnlyObjectWrapper<>(new State.Previewing(new Jobs.Step("", 0, 0)));
    private boolean renamed;
    private RedactionKey key = RedactionKey.random();
    private Jobs.Handle running = () -> {};
    private int turn;

    /** @param sources the captures with the names of their points */
    public RedactViewModel(Jobs jobs, List<Redaction.Source> sources) {
        this.jobs = jobs;
        this.sources = List.copyOf(sources);
    }

    int captures() {
        return sources.size();
    }

    ReadOnlyObjectProperty<RedactionOptions> options() {
        return options.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<State> state() {
        return state.getReadOnlyProperty();
    }

    /** Whether the new files are numbered instead of called by their points. */
    void renamed(boolean now) {
        renamed = now;
    }

    /** Goes through the captures with other options; a preview that was under way is given up. Not while they are written. */
    void choose(RedactionOptions now) {
        options.set(now);
        preview();
    }

    /** Replaces by a key that was kept, or by the one before where it cannot be read, which is told. */
    void useKey(Path file) {
        start("key of the redaction", _ -> RedactionKey.read(file), State.Previewing::new, outcome -> {
            if (outcome instanceof Outcome.Ok<RedactionKey>(var read)) {
                key = read;
                preview();
            } else {
                done(outcome, _ -> new State.GivenUp());
            }
        });
    }

    /** Counts what would be replaced. */
    public void preview() {
        Redaction redaction = redaction();
        start(
                "preview of the redaction",
                progress -> Outcome.ok(redaction.preview(progress)),
                State.Previewing::new,
                outcome -> done(outcome, State.Previewed::new));
    }

    /** Writes the new captures into a folder, unless files would be replaced. */
    void write(Path folder) {
        write(folder, false);
    }

    /** Writes the new captures into a folder, also in place of files that are there. */
    void replace(Path folder) {
        write(folder, true);
    }

    private void write(Path folder, boolean replace) {
        Redaction redaction = redaction();
        start(
                "redaction into " + folder.getFileName(),
                progress -> redaction.write(folder, replace, progress),
                step -> new State.Writing(folder, step),
                outcome -> {
                    if (outcome instanceof Outcome.Failed<Redaction.Answer>(var problem)
                            && problem.code().equals(Redaction.EXISTS)) {
                        state.set(new State.Exists(folder, Told.problem(problem)));
                    } else {
                        done(outcome, answer -> new State.Written(folder, answer));
                    }
                });
    }

    /** What was under way is given up. */
    private <T> void start(
            String name,
            Function<Progress, Outcome<T>> work,
            Function<Jobs.Step, State> going,
            Consumer<Outcome<T>> over) {
        running.cancel();
        int mine = ++turn; // a job that another one took the place of has nothing to say
        state.set(going.apply(new Jobs.Step("", 0, 0)));
        running = jobs.start(
                name,
                work,
                step -> {
                    if (mine == turn) {
                        state.set(going.apply(step));
                    }
                },
                outcome -> {
                    if (mine == turn) {
                        over.accept(outcome);
                    }
                });
    }

    private <T> void done(Outcome<T> outcome, Function<T, State> good) {
        state.set(
                switch (outcome) {
                    case Outcome.Ok<T>(var answer) -> good.apply(answer);
                    case Outcome.Failed<T>(var problem) ->
                        problem.code().equals(Jobs.CANCELLED)
                                ? new State.GivenUp()
                                : new State.Failed(Told.problem(problem));
                });
    }

    private Redaction redaction() {
        List<Redaction.Source> named = sources;
        if (renamed) {
            named = new ArrayList<>();
            for (Redaction.Source source : sources) {
                named.add(new Redaction.Source(source.file(), "point-" + (named.size() + 1)));
            }
        }
        return new Redaction(named, key, options.get());
    }

    /** Gives up what is under way; files that were finished stay. */
    void cancel() {
        running.cancel();
    }
}
