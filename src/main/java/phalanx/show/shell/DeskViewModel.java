package phalanx.show.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import phalanx.capture.CaptureFolder;
import phalanx.casefile.CaseFile;
import phalanx.casefile.CaseStore;
import phalanx.decode.DecodedCapture;
import phalanx.explain.Analysis;
import phalanx.explain.Analyzer;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.show.Words;
import phalanx.show.imports.ImportsViewModel;
import phalanx.show.live.LiveSession;
import phalanx.stitch.CapturePoint;
import phalanx.stitch.HopFile;
import phalanx.stitch.HopNames;

/** What the window shows: welcome, loading, an answer or an error. Screen thread. */
public final class DeskViewModel {
    /** The state of the window. */
    public sealed interface State {
        /** Nothing is open. */
        record Welcome() implements State {}

        /** Captures are being read. */
        record Loading(List<Path> files, Jobs.Step step) implements State {}

        /**
         * The answer.
         *
         * @param number tells cases that were opened apart; the same for all answers to one
         * @param files the captures as the user placed them
         * @param folder of the case, null for one that was never saved
         * @param kept the case as it was read, null for one that was not
         */
        record Answered(
                int number,
                Analysis analysis,
                List<HopFile> files,
                @Nullable Path folder,
                @Nullable CaseFile kept) implements State {}

        /** No answer. @param files what was to be opened */
        record Failed(List<Path> files, Problem problem) implements State {}
    }

    /** Packets of all captures together that are looked at first, so that there is something to see within a second. */
    private static final long FIRST_LOOK = 10_000;

    /** Each look is so much larger than the one before it, as long as the whole is at least half that much larger again. */
    private static final long GROWTH = 16;

    private static final long LONGEST_REHEARSAL_NANOS = 2_000_000_000;

    /** Files of other tools were to be opened, and no captures. */
    static final String NOTHING_TO_JOIN = "PHX-1804";

    private static final Words WORDS = Words.of("shell");

    private final Analyzer analyzer;
    private final CaseStore cases;
    private final Jobs jobs;
    private final Consumer<Runnable> onceShown;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Welcome());
    private final ReadOnlyObjectWrapper<Jobs.@Nullable Step> renewing = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Problem> notRenewed = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable LiveSession> live = new ReadOnlyObjectWrapper<>();
    private final UndoStack edits = new UndoStack();
    private final ImportsViewModel imports;
    private Jobs.Handle running = () -> {};
    private State before = new State.Welcome();
    private boolean beforeReadOn;
    private @Nullable List<HopFile> wanted;
    private int opened;
    private int givenUp;

    /** @param cases opens cases  @param onceShown runs something when what the model says now is on the screen */
    public DeskViewModel(Analyzer analyzer, CaseStore cases, Jobs jobs, Consumer<Runnable> onceShown) {
        this.analyzer = analyzer;
        this.cases = cases;
        this.jobs = jobs;
        this.onceShown = onceShown;
        imports = new ImportsViewModel(jobs);
    }

    public ReadOnlyObjectProperty<State> state() {
        return state.getReadOnlyProperty();
    }

    /** How far a new answer to changed captures has come while the old one is shown; null when none is made. */
    public ReadOnlyObjectProperty<Jobs.@Nullable Step> renewing() {
        return renewing.getReadOnlyProperty();
    }

    /** Captures under way whose answers are shown, null while there are none. */
    ReadOnlyObjectProperty<@Nullable LiveSession> live() {
        return live.getReadOnlyProperty();
    }

    /** Why there is no new answer, null while nothing went wrong; the old one stays. */
    ReadOnlyObjectProperty<@Nullable Problem> notRenewed() {
        return notRenewed.getReadOnlyProperty();
    }

    public Jobs jobs() {
        return jobs;
    }

    /** What other tools recorded beside the captures. */
    ImportsViewModel imports() {
        return imports;
    }

    /** Changes of names, places and clocks, and what is imported. */
    UndoStack edits() {
        return edits;
    }

    /** The captures of the answer, or of the one that is being made in its place; none while there is none. */
    List<HopFile> files() {
        List<HopFile> pending = wanted;
        return !(state.get() instanceof State.Answered answered)
                ? List.of()
                : pending == null ? answered.files() : pending;
    }

    /**
     * Analyses the captures of folders for nobody, until something is opened or some time has passed: the virtual machine then knows how
     * when the first real ones come.
     */
    void rehearse(List<Path> folders) {
        if (!(state.get() instanceof State.Welcome)) {
            return;
        }
        long end = System.nanoTime() + LONGEST_REHEARSAL_NANOS;
        running = jobs.<Boolean>start(
                "rehearse",
                progress -> {
                    for (Path folder : folders) {
                        if (System.nanoTime() < end) {
                            analyzer.analyze(
                                    HopNames.name(CaptureFolder.expand(List.of(folder))), Analyzer.ALL, progress);
                        }
                    }
                    return Outcome.ok(true);
                },
                _ -> {},
                _ -> {});
    }

    /**
     * Opens captures, folders of captures, or one case, in place of what is open; an earlier opening that is still under way is given up.
     * Of nothing, nothing happens.
     */
    public void open(List<Path> files) {
        if (files.isEmpty()) {
            return;
        }
        leaveLive();
        if (!(state.get() instanceof State.Loading)) {
            before = state.get();
            beforeReadOn = renewing.get() != null;
        }
        int opening = start();
        state.set(new State.Loading(files, new Jobs.Step("", 0, 0)));
        running = jobs.start("find captures", _ -> Opening.of(files, cases), _ -> {}, outcome -> {
            if (opening == opened) {
                switch (outcome) {
                    case Outcome.Ok<Opening>(var found) -> load(found);
                    case Outcome.Failed<Opening>(var problem) -> notOpened(files, problem);
                }
            }
        });
    }

    private static Problem nothingToJoin(List<Path> files) {
        return new Problem(
                NOTHING_TO_JOIN,
                files.getFirst() + " is no capture; it joins captures by address and time, and none are open.",
                "Open captures of that time first, or together with it.");
    }

    private void load(Opening found) {
        if (givenUp == opened) {
            comeBack();
            return;
        }
        if (found.files().isEmpty()) {
            notOpened(found.imports(), nothingToJoin(found.imports()));
            return;
        }
        int opening = opened;
        List<HopFile> files = found.files();
        long packets = Math.max(1, FIRST_LOOK / files.size());
        state.set(new State.Loading(found.paths(), new Jobs.Step("", 0, 0)));
        running = jobs.start(
                "analyze captures",
                progress -> analyzer.analyze(files, packets, progress),
                step -> {
                    if (opening == opened && state.get() instanceof State.Loading) {
                        state.set(new State.Loading(found.paths(), step));
                    }
                },
                outcome -> {
                    if (opening == opened) {
                        switch (outcome) {
                            case Outcome.Ok<Analysis>(var analysis) -> {
                                edits.clear();
                                before = new State.Welcome();
                                imports.show(found.imports());
                                state.set(new State.Answered(opening, analysis, files, found.folder(), found.kept()));
                                lookOn(analysis, packets);
                            }
                            case Outcome.Failed<Analysis>(var problem) -> notOpened(found.source(), problem);
                        }
                    }
                });
    }

    /**
     * Shows answers to captures under way in place of what is open, until they end; then the answer to their whole files.
     *
     * @param shown given each answer, and shows it by {@link #show} when it is time
     */
    void follow(LiveSession session, Consumer<State.Answered> shown) {
        leaveLive();
        int opening = start();
        edits.clear();
        before = new State.Welcome();
        live.set(session);
        session.begin(new LiveSession.Listener() {
            @Override
            public void answered(Analysis analysis, List<HopFile> files) {
                wanted = null;
                shown.accept(new State.Answered(opening, analysis, files, null, null));
            }

            @Override
            public void ended(List<HopFile> files, @Nullable Problem problem) {
                live.set(null);
                if (state.get() instanceof State.Answered now && now.number() == opening) {
                    renew(files, Analyzer.ALL);
                    notRenewed.set(problem);
                } else {
                    load(new Opening(files, imports.files(), null, null));
                }
            }
        });
    }

    /** Shows an answer to captures under way, in the case that it was kept in meanwhile. */
    void show(State.Answered answer) {
        if (live.get() != null) {
            State.Answered now =
                    state.get() instanceof State.Answered one && one.number() == answer.number() ? one : answer;
            state.set(new State.Answered(answer.number(), answer.analysis(), answer.files(), now.folder(), now.kept()));
            if (now.equals(answer)) {
                imports.show(List.of()); // of what was open before
            }
        }
    }

    private void leaveLive() {
        LiveSession session = live.get();
        if (session != null) {
            session.leave();
            live.set(null);
        }
    }

    private void notOpened(List<Path> files, Problem problem) {
        if (problem.code().equals(Jobs.CANCELLED)) {
            comeBack();
        } else {
            edits.clear();
            before = new State.Welcome();
            state.set(new State.Failed(files, problem));
        }
    }

    /** What was open before is open again; what was still being read of it is read on. */
    private void comeBack() {
        State was = before;
        before = new State.Welcome();
        state.set(was);
        if (beforeReadOn && was instanceof State.Answered answered) {
            renew(answered.files(), Analyzer.ALL);
        }
    }

    /** Opens more captures of the same traffic, and files of other tools, beside those that are open; can be undone. */
    void add(List<Path> more) {
        if (!(state.get() instanceof State.Answered answered)) {
            open(more);
            return;
        }
        List<HopFile> files = files();
        sort(more, (captures, others) -> {
            if (state.get() instanceof State.Answered now
                    && now.number() == answered.number()
                    && files.equals(files())) {
                addImports(others);
                rearrange(WORDS.get("edit.add"), Opening.with(files, captures));
            }
        });
    }

    /** Finds out which of some files are captures, and then goes on. @param then told of captures and of files of other tools */
    void sort(List<Path> filesAndFolders, BiConsumer<List<Path>, List<Path>> then) {
        jobs.<Opening.Sorted>start(
                "find captures", _ -> Outcome.ok(Opening.sorted(filesAndFolders)), _ -> {}, outcome -> {
                    if (outcome instanceof Outcome.Ok<Opening.Sorted>(var sorted)) {
                        then.accept(sorted.captures(), sorted.imports());
                    }
                });
    }

    /** Files of other tools beside the captures; can be undone. */
    void addImports(List<Path> more) {
        List<Path> files = imports.files();
        List<Path> all = new ArrayList<>(files);
        all.addAll(more);
        if (!more.isEmpty()) {
            edits.change(WORDS.get("edit.import"), () -> imports.show(files), () -> imports.show(all));
        }
    }

    /** Takes a file of another tool away; can be undone. */
    void removeImport(Path file) {
        List<Path> files = imports.files();
        List<Path> left = files.stream().filter(one -> !one.equals(file)).toList();
        edits.change(WORDS.get("edit.import-removed"), () -> imports.show(files), () -> imports.show(left));
    }

    /** Analyses the open captures under other names, places or clocks; can be undone. The old answer stays until then. */
    void rearrange(String what, List<HopFile> other) {
        List<HopFile> files = files();
        if (!files.isEmpty() && !other.equals(files)) {
            edits.change(what, () -> renew(files, Analyzer.ALL), () -> renew(other, Analyzer.ALL));
        }
    }

    /** Reads the open captures anew; the old answer stays until then. */
    void reload() {
        imports.reload();
        renew(files(), Analyzer.ALL);
    }

    private void renew(List<HopFile> files, long packets) {
        if (!(state.get() instanceof State.Answered)) {
            return;
        }
        LiveSession session = live.get();
        if (session != null) {
            wanted = files;
            session.place(files); // the next answer knows it
            return;
        }
        int opening = start();
        wanted = files;
        renewing.set(new Jobs.Step("", 0, 0));
        running = jobs.start(
                "analyze captures",
                progress -> analyzer.analyze(files, packets, progress),
                step -> {
                    if (opening == opened) {
                        renewing.set(step);
                    }
                },
                outcome -> {
                    if (opening == opened) {
                        renewing.set(null);
                        wanted = null;
                        renewed(outcome, files, packets);
                    }
                });
    }

    private void renewed(Outcome<Analysis> outcome, List<HopFile> files, long packets) {
        switch (outcome) {
            case Outcome.Ok<Analysis>(var analysis) -> {
                if (state.get() instanceof State.Answered now) { // it may have been kept elsewhere meanwhile
                    state.set(new State.Answered(now.number(), analysis, files, now.folder(), now.kept()));
                    lookOn(analysis, packets);
                }
            }
            case Outcome.Failed<Analysis>(var problem) -> {
                if (!problem.code().equals(Jobs.CANCELLED)) {
                    notRenewed.set(problem);
                }
            }
        }
    }

    /**
     * Reads more, or all, of captures of which only the first packets are in the answer; not before those are seen, for at two processors
     * the views of the first look took three times as long beside it.
     */
    private void lookOn(Analysis look, long packets) {
        if (packets == Analyzer.ALL || look.whole()) {
            return;
        }
        long most = look.stitched().captures().stream()
                .map(CapturePoint::capture)
                .mapToLong(DecodedCapture::packetsInFile)
                .max()
                .orElse(0);
        long next = packets * GROWTH;
        int opening = opened;
        renewing.set(new Jobs.Step("", 0, 0));
        onceShown.accept(() -> {
            if (opening == opened && givenUp == opening) {
                renewing.set(null);
            } else if (opening == opened) {
                renew(files(), most > next * GROWTH / 2 ? next : Analyzer.ALL);
            }
        });
    }

    private int start() {
        running.cancel();
        renewing.set(null);
        notRenewed.set(null);
        wanted = null;
        return ++opened;
    }

    /** A case was kept in that folder. @param number of the case */
    void saved(int number, Path folder, CaseFile kept) {
        if (state.get() instanceof State.Answered now && now.number() == number) {
            state.set(new State.Answered(number, now.analysis(), now.files(), folder, kept));
        }
    }

    /** Gives up what is being read; what was open before stays. */
    public void cancel() {
        givenUp = opened;
        running.cancel();
    }

    /** Back to the welcome view. */
    public void close() {
        leaveLive();
        start();
        edits.clear();
        before = new State.Welcome();
        state.set(new State.Welcome());
        imports.show(List.of()); // when nobody keeps them with the case any more
    }
}
