package phalanx.show.shell;

import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import phalanx.explain.Analysis;
import phalanx.explain.Analyzer;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.stitch.HopNames;

/** What the window shows: welcome, loading, an answer or an error. Screen thread. */
public final class DeskViewModel {
    /** The state of the window. */
    public sealed interface State {
        /** Nothing is open. */
        record Welcome() implements State {}

        /** Captures are being read. */
        record Loading(List<Path> files, Jobs.Step step) implements State {}

        /** The answer. */
        record Answered(Analysis analysis) implements State {}

        /** No answer. */
        record Failed(List<Path> files, Problem problem) implements State {}
    }

    private final Analyzer analyzer;
    private final Jobs jobs;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Welcome());
    private State before = new State.Welcome();
    private Jobs.Handle running = () -> {};
    private int opened;

    public DeskViewModel(Analyzer analyzer, Jobs jobs) {
        this.analyzer = analyzer;
        this.jobs = jobs;
    }

    public ReadOnlyObjectProperty<State> state() {
        return state.getReadOnlyProperty();
    }

    public Jobs jobs() {
        return jobs;
    }

    /** Opens captures in place of what is open; an earlier opening that is still under way is given up. */
    public void open(List<Path> files) {
        if (files.isEmpty()) {
            return;
        }
        running.cancel();
        if (!(state.get() instanceof State.Loading)) {
            before = state.get();
        }
        int opening = ++opened;
        List<Path> wanted = List.copyOf(files);
        state.set(new State.Loading(wanted, new Jobs.Step("Starting", 0, 0)));
        running = jobs.start(
                "analyze captures",
                progress -> analyzer.analyze(HopNames.name(wanted), progress),
                step -> {
                    if (opening == opened && state.get() instanceof State.Loading) {
                        state.set(new State.Loading(wanted, step));
                    }
                },
                outcome -> {
                    if (opening == opened) {
                        state.set(
                                switch (outcome) {
                                    case Outcome.Ok<Analysis>(var analysis) -> new State.Answered(analysis);
                                    case Outcome.Failed<Analysis>(var problem) ->
                                        problem.code().equals(Jobs.CANCELLED)
                                                ? before
                                                : new State.Failed(wanted, problem);
                                });
                    }
                });
    }

    /** Gives up what is being read; what was open before stays. */
    public void cancel() {
        running.cancel();
    }

    /** Back to the welcome view. */
    public void close() {
        running.cancel();
        opened++;
        state.set(new State.Welcome());
    }
}
