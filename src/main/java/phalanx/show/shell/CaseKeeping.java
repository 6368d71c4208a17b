package phalanx.show.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import phalanx.casefile.CaptureAddress;
import phalanx.casefile.CaseFile;
import phalanx.casefile.CaseStore;
import phalanx.casefile.Derived;
import phalanx.explain.Analysis;
import phalanx.explain.CaseAccount;
import phalanx.explain.ExplainedFinding;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.show.Told;
import phalanx.show.Words;
import phalanx.stitch.HopFile;
import phalanx.stitch.HopNames;

/** Opens and keeps cases. Screen thread; files are written in the background. */
final class CaseKeeping {
    private static final Words WORDS = Words.of("shell");

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH-mm-ss", Locale.ROOT);

    /** What is in a folder by now. @param save number of the order in which it was asked for */
    private record Saved(int save, CaseFile content) {}

    private final Desk desk;
    private final AtomicInteger saves = new AtomicInteger();
    private final Map<Path, Saved> saved = new ConcurrentHashMap<>();
    /** What is on its way to a folder. */
    private final Map<Path, CaseFile> pending = new HashMap<>();

    private final Map<Integer, Path> unsaved = new HashMap<>();
    private final ReadOnlyBooleanWrapper unkept = new ReadOnlyBooleanWrapper();
    private Jobs.Handle finding = () -> {};

    CaseKeeping(Desk desk) {
        this.desk = desk;
    }

    /** Whether something was noted, dismissed, named or placed by hand that is in no case yet. */
    ReadOnlyBooleanProperty unkept() {
        return unkept.getReadOnlyProperty();
    }

    /** Compares what is on the desk with what is kept of it. */
    void compare() {
        Investigation open = desk.investigation().get();
        unkept.set(open != null
                && desk.model().state().get() instanceof DeskViewModel.State.Answered answered
                && differs(open, answered));
    }

    /** How the desk stands does not count. */
    private boolean differs(Investigation open, DeskViewModel.State.Answered answered) {
        Path folder =
                answered.folder() != null ? answered.folder() : desk.settings().folder();
        return !content(open, answered, folder)
                .withDesk(null)
                .equals(before(answered, folder).withDesk(null));
    }

    /** Asks for a case and opens it. */
    void open() {
        desk.files().folder(desk.stage(), WORDS.get("choose.case")).ifPresent(folder -> desk.open(List.of(folder)));
    }

    /** Keeps the case where it was kept before; asks for a place the first time. */
    void save() {
        Path folder =
                desk.model().state().get() instanceof DeskViewModel.State.Answered answered ? answered.folder() : null;
        if (folder == null) {
            saveAs();
        } else {
            desk.cases()
                    .readOnly(folder)
                    .ifPresentOrElse(
                            problem -> desk.dialogs().problem(WORDS.get("save.failed"), problem), () -> save(folder));
        }
    }

    /** Asks where to keep the case. */
    void saveAs() {
        desk.files()
                .save(desk.stage(), WORDS.get("choose.save"), WORDS.get("choose.name") + CaseStore.ENDING)
                .ifPresent(chosen -> {
                    String name = String.valueOf(chosen.getFileName());
                    Path folder =
                            name.endsWith(CaseStore.ENDING) ? chosen : chosen.resolveSibling(name + CaseStore.ENDING);
                    // The question was about the name as it was typed, not about the one with its ending.
                    boolean unasked = !folder.equals(chosen) && Files.exists(folder);
                    if (!unasked || desk.dialogs().confirm(WORDS.get("choose.save"), WORDS.get("save.over", folder))) {
                        save(folder);
                    }
                });
    }

    /** Keeps the case in a folder. */
    void save(Path folder) {
        Investigation open = desk.investigation().get();
        if (open == null || !(desk.model().state().get() instanceof DeskViewModel.State.Answered answered)) {
            return;
        }
        save(answered, folder, content(open, answered, folder), () -> found(true), () -> {});
    }

    /**
     * Keeps at once what was noted, dismissed, named or placed by hand in a case that was kept before; how the desk stands waits until the
     * case is saved or left.
     */
    void changed() {
        compare();
        Investigation open = desk.investigation().get();
        if (open != null && desk.model().state().get() instanceof DeskViewModel.State.Answered answered) {
            Path folder = answered.folder();
            CaseFile kept = answered.kept();
            if (folder != null && kept != null && desk.cases().readOnly(folder).isEmpty()) {
                CaseFile content = content(open, answered, folder).withDesk(kept.desk());
                if (!content.equals(pending.getOrDefault(folder, kept))) {
                    save(answered, folder, content, () -> {}, () -> {});
                }
            }
        }
    }

    /** @param then what follows when this, or what was asked for later, is kept  @param lost what follows when the user was told why not */
    private void save(
            DeskViewModel.State.Answered answered, Path folder, CaseFile content, Runnable then, Runnable lost) {
        int save = saves.incrementAndGet();
        pending.put(folder, content);
        desk.model().jobs().start("save case", _ -> write(save, folder, content), _ -> {}, outcome -> {
            pending.remove(folder, content);
            switch (outcome) {
                case Outcome.Ok<Boolean> _ -> {
                    CaseFile kept = saved.getOrDefault(folder, new Saved(save, content)).content;
                    desk.model().saved(answered.number(), folder, kept);
                    desk.settings().opened(List.of(folder));
                    desk.say(WORDS.get("saved", folder));
                    then.run();
                }
                case Outcome.Failed<Boolean>(var problem) -> {
                    desk.dialogs().problem(WORDS.get("save.failed"), problem);
                    lost.run();
                }
            }
        });
    }

    /** What was asked for last in a folder stays there, whichever worker comes last. */
    private synchronized Outcome<Boolean> write(int save, Path folder, CaseFile content) {
        Saved now = saved.get(folder);
        return now != null && now.save > save
                ? Outcome.ok(true)
                : desk.cases().write(folder, content).then(_ -> {
                    saved.put(folder, new Saved(save, content));
                    return Outcome.ok(true);
                });
    }

    /**
     * Keeps in the background what was found in the captures of the open case.
     *
     * @param anew whether captures that changed since are now those of the case
     */
    void found(boolean anew) {
        Investigation open = desk.investigation().get();
        if (open != null
                && desk.model().state().get() instanceof DeskViewModel.State.Answered answered
                && answered.folder() != null
                && answered.analysis().whole()) {
            Path folder = answered.folder();
            Analysis analysis = answered.analysis();
            finding.cancel();
            finding = desk.model()
                    .jobs()
                    .<Boolean>start(
                            "keep what was found",
                            progress -> desk.cases()
                                    .keepFound(
                                            folder,
                                            Derived.of(analysis),
                                            analysis.conclusion().summary(),
                                            anew,
                                            progress),
                            _ -> {},
                            outcome -> {
                                if (outcome instanceof Outcome.Failed<Boolean>(var problem)) {
                                    desk.say(Told.problem(problem).what());
                                }
                            });
        }
    }

    private CaseFile content(Investigation open, DeskViewModel.State.Answered answered, Path folder) {
        return new CaseFile(
                CaseFile.VERSION,
                kept(folder, answered.files()),
                List.copyOf(open.notes().all()),
                List.copyOf(desk.omniboxModel().saved()),
                new ViewMemory(open).dismissed(),
                open.kept(desk.omniboxModel().shown().get().filter()),
                List.copyOf(open.notes().bookmarks()),
                imports(folder));
    }

    private List<String> imports(Path folder) {
        return desk.model().imports().files().stream()
                .map(file -> CaptureAddress.of(folder, file))
                .toList();
    }

    private static List<CaseFile.Capture> kept(Path folder, List<HopFile> files) {
        return files.stream().map(file -> DeskEdits.kept(folder, file)).toList();
    }

    /**
     * Keeps what was noted, named, dismissed and placed by hand in a case that is left without having been saved: where it was kept
     * before, else beside the settings, where it is offered among the last opened.
     *
     * @param then what follows when nothing is lost: at once when there is nothing to keep
     * @param lost what follows when it could not be kept and the user was told why
     */
    void leave(Runnable then, Runnable lost) {
        Investigation open = desk.investigation().get();
        if (open == null || !(desk.model().state().get() instanceof DeskViewModel.State.Answered answered)) {
            then.run();
            return;
        }
        Path known = answered.folder();
        Path folder = known != null && desk.cases().readOnly(known).isEmpty() ? known : unsaved(answered.number());
        if (!pending.containsKey(folder) && !differs(open, answered)) {
            then.run();
            return;
        }
        save(answered, folder, content(open, answered, folder), then, lost);
    }

    /** The case as it was kept last, or as it was found, with files of other tools that can be opened again. */
    private CaseFile before(DeskViewModel.State.Answered answered, Path folder) {
        return answered.kept() != null
                ? answered.kept()
                : new CaseFile(
                        CaseFile.VERSION,
                        kept(
                                folder,
                                HopNames.name(answered.files().stream()
                                        .map(HopFile::file)
                                        .toList())),
                        List.of(),
                        List.of(),
                        Map.of(),
                        null,
                        List.of(),
                        imports(folder));
    }

    /** Where a case is kept that its user did not save; the same place when it is left again. */
    private Path unsaved(int number) {
        return unsaved.computeIfAbsent(number, _ -> {
            Path home = desk.settings().folder();
            String name = WORDS.get(
                    "unsaved", LocalDateTime.now(ZoneId.systemDefault()).format(STAMP));
            Path folder = home.resolve(name + CaseStore.ENDING);
            for (int more = 2; Files.exists(folder); more++) {
                folder = home.resolve(name + " " + more + CaseStore.ENDING);
            }
            return folder;
        });
    }

    /** The case as a report tells it, with all its pictures. */
    CaseAccount account(Investigation open) {
        Path folder =
                desk.model().state().get() instanceof DeskViewModel.State.Answered answered ? answered.folder() : null;
        Map<String, String> byPlace = new ViewMemory(open).dismissed();
        Map<String, String> byId = new HashMap<>();
        for (ExplainedFinding told : open.analysis().findings()) {
            String reason = byPlace.get(open.notes().finding(told));
            if (reason != null) {
                byId.put(told.id(), reason);
            }
        }
        return new CaseAccount(
                folder == null ? "" : String.valueOf(folder.getFileName()).replace(CaseStore.ENDING, ""),
                open.analysis(),
                EnumSet.allOf(CaseAccount.Picture.class),
                open.notes().told(),
                byId,
                List.of(),
                open.context().telemetry().getValue());
    }
}
