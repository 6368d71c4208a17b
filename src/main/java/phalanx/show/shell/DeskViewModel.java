package phalanx.show.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
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
import phalanx.net.HopId;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.stitch.CapturePoint;
import phalanx.stitch.HopFile;
import phalanx.stitch.HopNames;
import phalanx.stitch.Placement;

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
         * @param files the captures as the user placed them
         * @param folder of the case, null for one that was never saved
         * @param kept the case as it was read, null for one that was not
         */
        record Answered(
                Analysis analysis,
                List<HopFile> files,
                @Nullable Path folder,
                @Nullable CaseFile kept) implements State {}

        /** No answer. */
        record Failed(List<Path> files, Problem problem) implements State {}
    }

    /** Packets of all captures together that are looked at first, so that there is something to see within a second. */
    private static final long FIRST_LOOK = 10_000;

    /** Each look is so much larger than the one before it, as long as the whole is at least half that much larger again. */
    private static final long GROWTH = 16;

    private static final long LONGEST_REHEARSAL_NANOS = 2_000_000_000;

    private final Analyzer analyzer;
    private final Jobs jobs;
    private final Consumer<Runnable> onceShown;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Welcome());
    private final ReadOnlyObjectWrapper<Jobs.@Nullable Step> renewing = new ReadOnlyObjectWrapper<>();
    private final UndoStack edits = new UndoStack();
    private State before = new State.Welcome();
    private Jobs.Handle running = () -> {};
    private int opened;

    /** @param onceShown runs something when what the model says now is on the screen */
    public DeskViewModel(Analyzer analyzer, Jobs jobs, Consumer<Runnable> onceShown) {
        this.analyzer = analyzer;
        this.jobs = jobs;
        this.onceShown = onceShown;
    }

    public ReadOnlyObjectProperty<State> state() {
        return state.getReadOnlyProperty();
    }

    /** The captures of the answer, none while there is none. */
    List<Path> files() {
        return state.get() instanceof State.Answered answered
                ? answered.files().stream().map(HopFile::file).toList()
                : List.of();
    }

    /** How far a new answer to changed captures has come while the old one is shown; null when none is made. */
    public ReadOnlyObjectProperty<Jobs.@Nullable Step> renewing() {
        return renewing.getReadOnlyProperty();
    }

    public Jobs jobs() {
        return jobs;
    }

    /** Changes of names, places and clocks. */
    UndoStack edits() {
        return edits;
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

    /** Opens captures, or one case, in place of what is open; an earlier opening that is still under way is given up. */
    public void open(List<Path> files) {
        if (files.size() == 1 && CaseStore.isCase(files.getFirst())) {
            openCase(files.getFirst());
            return;
        }
        List<Path> captures = CaptureFolder.expand(files);
        if (!captures.isEmpty()) {
            load(HopNames.name(captures), null, null);
        }
    }

    private void openCase(Path folder) {
        switch (CaseStore.read(folder)) {
            case Outcome.Failed<CaseFile>(var problem) -> {
                running.cancel();
                opened++;
                state.set(new State.Failed(List.of(folder), problem));
            }
            case Outcome.Ok<CaseFile>(var kept) -> {
                List<HopFile> files = new ArrayList<>();
                Set<String> names = new HashSet<>();
                for (CaseFile.Capture capture : kept.captures()) {
                    Long clock = capture.clockOffsetNanos();
                    String name = capture.name();
                    for (int number = 2; !names.add(name); number++) {
                        name = capture.name() + "-" + number;
                    }
                    files.add(new HopFile(
                            new HopId(name),
                            CaseStore.file(folder, capture.file()),
                            new Placement(
                                    capture.place(),
                                    capture.role(),
                                    clock == null ? OptionalLong.empty() : OptionalLong.of(clock))));
                }
                load(files, folder, kept);
            }
        }
    }

    /** Opens more captures of the same traffic beside those that are open. */
    void add(List<Path> more) {
        if (state.get() instanceof State.Answered(var _, var files, var _, var _)) {
            List<Path> all = new ArrayList<>(files.stream().map(HopFile::file).toList());
            all.addAll(CaptureFolder.expand(more));
            List<HopFile> named = HopNames.name(all);
            List<HopFile> wanted = new ArrayList<>(files);
            Set<HopId> taken = new HashSet<>(files.stream().map(HopFile::hop).toList());
            for (HopFile one : named.subList(Math.min(files.size(), named.size()), named.size())) {
                HopId free = one.hop();
                for (int number = 2; !taken.add(free); number++) {
                    free = new HopId(one.hop().name() + "-" + number);
                }
                wanted.add(new HopFile(free, one.file()));
            }
            renew(wanted, Analyzer.ALL);
        } else {
            open(more);
        }
    }

    /** Analyses the open captures under other names, places or clocks; can be undone. The old answer stays until then. */
    void rearrange(String what, List<HopFile> wanted) {
        if (state.get() instanceof State.Answered(var _, var files, var _, var _) && !wanted.equals(files)) {
            edits.change(what, () -> renew(files, Analyzer.ALL), () -> renew(wanted, Analyzer.ALL));
        }
    }

    /** Reads the open captures anew; the old answer stays until then. */
    void reload() {
        if (state.get() instanceof State.Answered(var _, var files, var _, var _)) {
            renew(files, Analyzer.ALL);
        }
    }

    private void renew(List<HopFile> wanted, long packets) {
        if (!(state.get() instanceof State.Answered(var _, var _, var folder, var kept))) {
            return;
        }
        int opening = start();
        renewing.set(new Jobs.Step("", 0, 0));
        running = jobs.start(
                "analyze captures",
                progress -> analyzer.analyze(wanted, packets, progress),
                step -> {
                    if (opening == opened) {
                        renewing.set(step);
                    }
                },
                outcome -> {
                    if (opening == opened) {
                        renewing.set(null);
                        switch (outcome) {
                            case Outcome.Ok<Analysis>(var analysis) -> {
                                state.set(new State.Answered(analysis, wanted, folder, kept));
                                lookOn(opening, analysis, wanted, packets);
                            }
                            case Outcome.Failed<Analysis>(var problem) -> {
                                if (!problem.code().equals(Jobs.CANCELLED)) {
                                    state.set(new State.Failed(
                                            wanted.stream().map(HopFile::file).toList(), problem));
                                }
                            }
                        }
                    }
                });
    }

    private void load(List<HopFile> files, @Nullable Path folder, @Nullable CaseFile kept) {
        if (!(state.get() instanceof State.Loading)) {
            before = state.get();
        }
        int opening = start();
        long packets = Math.max(1, FIRST_LOOK / files.size());
        List<Path> wanted = files.stream().map(HopFile::file).toList();
        state.set(new State.Loading(wanted, new Jobs.Step("", 0, 0)));
        running = jobs.start(
                "analyze captures",
                progress -> analyzer.analyze(files, packets, progress),
                step -> {
                    if (opening == opened && state.get() instanceof State.Loading) {
                        state.set(new State.Loading(wanted, step));
                    }
                },
                outcome -> {
                    if (opening == opened) {
                        switch (outcome) {
                            case Outcome.Ok<Analysis>(var analysis) -> {
                                edits.clear();
                                state.set(new State.Answered(analysis, files, folder, kept));
                                lookOn(opening, analysis, files, packets);
                            }
                            case Outcome.Failed<Analysis>(var problem) ->
                                state.set(
                                        problem.code().equals(Jobs.CANCELLED)
                                                ? before
                                                : new State.Failed(wanted, problem));
                        }
                    }
                });
    }

    /**
     * Reads more, or all, of captures of which only the first packets are in the answer; not before those are seen, for at two processors
     * the views of the first look took three times as long beside it.
     */
    private void lookOn(int opening, Analysis look, List<HopFile> files, long packets) {
        if (packets < Analyzer.ALL && !look.whole()) {
            long most = look.stitched().captures().stream()
                    .map(CapturePoint::capture)
                    .mapToLong(DecodedCapture::packetsInFile)
                    .max()
                    .orElse(0);
            long next = packets * GROWTH;
            boolean[] givenUp = {false};
            renewing.set(new Jobs.Step("", 0, 0));
            running = () -> {
                givenUp[0] = true;
                renewing.set(null);
            };
            onceShown.accept(() -> {
                if (opening == opened && !givenUp[0]) {
                    renew(files, most > next * GROWTH / 2 ? next : Analyzer.ALL);
                }
            });
        }
    }

    private int start() {
        running.cancel();
        renewing.set(null);
        return ++opened;
    }

    /** The case was kept in that folder. */
    void saved(Path folder, CaseFile kept) {
        if (state.get() instanceof State.Answered(var analysis, var files, var _, var _)) {
            state.set(new State.Answered(analysis, files, folder, kept));
        }
    }

    /** Gives up what is being read; what was open before stays. */
    public void cancel() {
        running.cancel();
    }

    /** Back to the welcome view. */
    public void close() {
        start();
        edits.clear();
        state.set(new State.Welcome());
    }
}
