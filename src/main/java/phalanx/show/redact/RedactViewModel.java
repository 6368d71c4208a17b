package phalanx.show.redact;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** Goes through the captures with other options; what was under way is given up. */
    void choose(RedactionOptions now) {
        options.set(now);
        preview();
    }

    /** Replaces by a key that was kept, or by one of its own where it cannot be read, which is told. */
    void useKey(Path file) {
        switch (RedactionKey.read(file)) {
            case Outcome.Ok<RedactionKey>(var read) -> {
                key = read;
                preview();
            }
            case Outcome.Failed<RedactionKey>(var problem) -> {
                running.cancel();
                turn++;
                state.set(new State.Failed(Told.problem(problem)));
            }
        }
    }

    /** Counts what would be replaced. */
    public void preview() {
        Redaction redaction = redaction();
        start(
                "preview of the redaction",
                progress -> Outcome.ok(redaction.preview(progress)),
                State.Previewing::new,
                State.Previewed::new);
    }

    /** Writes the new captures into a folder. */
    void write(Path folder) {
        Redaction redaction = redaction();
        start(
                "redaction into " + folder.getFileName(),
                progress -> redaction.write(folder, progress),
                step -> new State.Writing(folder, step),
                answer -> new State.Written(folder, answer));
    }

    /** What was under way is given up. */
    private void start(
            String name,
            Function<Progress, Outcome<Redaction.Answer>> work,
            Function<Jobs.Step, State> going,
            Function<Redaction.Answer, State> good) {
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
                        done(outcome, good);
                    }
                });
    }

    private void done(Outcome<Redaction.Answer> outcome, Function<Redaction.Answer, State> good) {
        state.set(
                switch (outcome) {
                    case Outcome.Ok<Redaction.Answer>(var answer) -> good.apply(answer);
                    case Outcome.Failed<Redaction.Answer>(var problem) ->
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
