package phalanx.show.omnibox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import phalanx.decode.filter.DisplayFilter;
import phalanx.explain.Analysis;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.Told;
import phalanx.show.Words;
import phalanx.show.command.Command;
import phalanx.show.command.Commands;
import phalanx.show.command.FuzzyMatch;

/**
 * What the line at the top does: a text is a display filter, behind {@code /} a search, behind {@code >} a command, behind
 * {@code #} a frame, conversation or finding to go to, behind {@code @} a capture point. Screen thread.
 */
public final class OmniboxViewModel {
    private static final Words WORDS = Words.of("omnibox");
    private static final int MOST_REMEMBERED = 50, MOST_SUGGESTED = 60;

    /** How the text stands. */
    public sealed interface State {
        /** Nothing is typed and nothing filtered. */
        record Empty() implements State {}

        /** What is typed can be applied. */
        record Valid() implements State {}

        /** It cannot: the message says why. @param column of the fault, from 1; 0 when it has no place */
        record Invalid(String message, long column) implements State {}

        /** It is being applied. */
        record Checking(String what) implements State {}

        /** It was applied. @param message how many of how many */
        record Applied(String message) implements State {}
    }

    private final Commands commands;
    private final Jobs jobs;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Empty());
    private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(Shown.ALL);
    private final ObservableList<String> history = FXCollections.observableArrayList();
    private final ObservableList<String> saved = FXCollections.observableArrayList();
    private @Nullable Analysis analysis;
    private @Nullable Selection selection;
    private Jobs.Handle running = () -> {};
    private int asked;
    private Shown found = Shown.ALL;
    private String off = "";

    public OmniboxViewModel(Commands commands, Jobs jobs) {
        this.commands = commands;
        this.jobs = jobs;
    }

    public ReadOnlyObjectProperty<State> state() {
        return state.getReadOnlyProperty();
    }

    /** What the filter in force leaves over. */
    public ReadOnlyObjectProperty<Shown> shown() {
        return shown.getReadOnlyProperty();
    }

    /** Filters that were applied, the newest first. */
    public ObservableList<String> history() {
        return history;
    }

    /** Filters that the user keeps. */
    public ObservableList<String> saved() {
        return saved;
    }

    /** Works on another investigation from now on, or on none; nothing is filtered then. */
    public void investigate(@Nullable Analysis of, @Nullable Selection by) {
        running.cancel();
        asked++;
        analysis = of;
        selection = by;
        found = Shown.ALL;
        off = "";
        shown.set(Shown.ALL);
        state.set(new State.Empty());
    }

    /** Tells how a text stands while it is typed. */
    public void typed(String text) {
        Shown now = shown.get();
        if (text.isBlank()) {
            state.set(new State.Empty());
        } else if (!now.isAll() && text.strip().equals(now.filter())) {
            state.set(applied(now));
        } else if (isFilter(text)) {
            state.set(
                    switch (DisplayFilter.parse(text.strip(), InvestigationFields.TABLE)) {
                        case Outcome.Ok<DisplayFilter> _ -> new State.Valid();
                        case Outcome.Failed<DisplayFilter>(var problem) -> invalid(problem);
                    });
        } else {
            state.set(new State.Valid());
        }
    }

    private static State invalid(Problem problem) {
        Problem told = Told.problem(problem);
        return new State.Invalid(
                told.what() + " " + told.remedy().replace("phalanx filter --fields", WORDS.get("fields")),
                problem.offset());
    }

    private static boolean isFilter(String text) {
        return text.isEmpty() || "/>#@?".indexOf(text.charAt(0)) < 0;
    }

    /** What can be chosen below the line. */
    List<Suggestion> suggestions(String text, int caret) {
        if (text.isEmpty()) {
            return Stream.concat(
                            saved.stream().map(kept -> filter(kept, WORDS.get("kept"))),
                            history.stream()
                                    .filter(old -> !saved.contains(old))
                                    .map(old -> filter(old, WORDS.get("history"))))
                    .toList();
        }
        String rest = text.substring(1).strip();
        return switch (text.charAt(0)) {
            case '>' -> commands(rest);
            case '@' -> points(rest);
            case '#' -> new GoTo(analysis, selection).suggestions(rest);
            case '/', '?' -> List.of();
            default -> new FilterCompletion(analysis).at(text, Math.min(caret, text.length()));
        };
    }

    private static Suggestion filter(String text, String detail) {
        return new Suggestion.Completion(text, detail, text, text.length());
    }

    private List<Suggestion> commands(String letters) {
        return commands.all().stream()
                .filter(command -> command.enabled().get() && FuzzyMatch.score(letters, command.title()) >= 0)
                .sorted(Comparator.comparingInt((Command command) -> -FuzzyMatch.score(letters, command.title())))
                .limit(MOST_SUGGESTED)
                .<Suggestion>map(command -> new Suggestion.Act(command.title(), command.keysText(), command.action()))
                .toList();
    }

    private List<Suggestion> points(String letters) {
        Analysis of = analysis;
        Selection by = selection;
        List<Suggestion> points = new ArrayList<>();
        if (of != null && by != null) {
            for (int capture : of.stitched().clientFirst()) {
                String name = of.stitched().hopName(capture);
                if (FuzzyMatch.score(letters, name) >= 0) {
                    long frames =
                            of.stitched().captures().get(capture).packets().frames();
                    points.add(new Suggestion.Act(
                            name, WORDS.get("frames", Words.language().count(frames)), () -> by.capture(capture)));
                }
            }
        }
        return points;
    }

    /**
     * Does what a text says.
     *
     * @return whether it was understood; nothing happens when it was not
     */
    public boolean enter(String text) {
        String whole = text.strip();
        if (whole.isEmpty()) {
            clear();
            return true;
        }
        if (state.get() instanceof State.Invalid || analysis == null && isFilter(whole)) {
            return false;
        }
        if (isFilter(whole)) {
            apply(whole);
            return true;
        }
        if (whole.charAt(0) == '/') {
            search(whole.substring(1).strip());
            return true;
        }
        if (whole.charAt(0) == '?') {
            commands.find("shortcuts").ifPresent(command -> command.action().run());
            return true;
        }
        for (Suggestion first : suggestions(whole, whole.length())) {
            if (first instanceof Suggestion.Act(var _, var _, var action)) {
                action.run();
                return true;
            }
        }
        state.set(new State.Invalid(WORDS.get("nothing", whole), 0));
        return false;
    }

    /** Shows everything again. */
    public void clear() {
        running.cancel();
        asked++;
        shown.set(Shown.ALL);
        state.set(new State.Empty());
    }

    /** Takes the filter off, or puts the one that was taken off on again. @return the filter in force then */
    public String toggle() {
        String now = shown.get().filter();
        String wanted = now.isEmpty() ? off : "";
        off = now.isEmpty() ? "" : now;
        if (wanted.isEmpty()) {
            clear();
        } else {
            apply(wanted);
        }
        return wanted;
    }

    /** Keeps a filter among the saved ones, or forgets it. */
    public void keep(String filter) {
        if (!saved.remove(filter) && DisplayFilter.parse(filter, InvestigationFields.TABLE) instanceof Outcome.Ok) {
            saved.add(filter);
        }
    }

    /** Gives up what is under way; what was shown stays. */
    public void cancel() {
        running.cancel();
        asked++;
        state.set(applied(shown.get()));
    }

    private static State applied(Shown result) {
        return result.isAll()
                ? new State.Empty()
                : new State.Applied(WORDS.get(
                        "shown",
                        Words.language().count(result.matched()),
                        Words.language().count(result.total()),
                        Words.language().percent(result.matched(), result.total()),
                        Words.language().duration(result.nanos())));
    }

    private void apply(String filter) {
        Analysis of = analysis;
        if (of == null) {
            return;
        }
        history.remove(filter);
        history.addFirst(filter);
        if (history.size() > MOST_REMEMBERED) {
            history.removeLast();
        }
        start(WORDS.get("filtering"), progress -> FilterRun.filter(filter, of, progress), result -> {
            shown.set(result);
            state.set(applied(result));
        });
    }

    private void search(String text) {
        Analysis of = analysis;
        if (of == null || text.isEmpty()) {
            return;
        }
        if (found.filter().equals(text)) {
            next(1);
            return;
        }
        start(WORDS.get("searching"), progress -> FilterRun.search(text, of, progress), result -> {
            found = result;
            next(1);
        });
    }

    /** Selects the next frame that the search found, or the one before with a negative step; round at the ends. */
    public void next(int step) {
        Selection by = selection;
        if (by == null || found.isAll()) {
            return;
        }
        FoundFrames frames = new FoundFrames(found.frames());
        state.set(new State.Applied(
                found.matched() == 0
                        ? WORDS.get("found-none", found.filter())
                        : WORDS.get(
                                "found",
                                Words.language().count(frames.select(by, step)),
                                Words.language().count(found.matched()))));
    }

    private void start(String what, Function<Progress, Outcome<Shown>> work, Consumer<Shown> done) {
        running.cancel();
        int ask = ++asked;
        state.set(new State.Checking(what));
        running = jobs.start(
                what,
                work,
                step -> {
                    if (ask == asked) {
                        state.set(new State.Checking(
                                what + (step.total() > 0 ? " %d %%".formatted(100 * step.done() / step.total()) : "")));
                    }
                },
                outcome -> {
                    if (ask == asked) {
                        switch (outcome) {
                            case Outcome.Ok<Shown>(var result) -> done.accept(result);
                            case Outcome.Failed<Shown>(var problem) -> state.set(invalid(problem));
                        }
                    }
                });
    }
}
