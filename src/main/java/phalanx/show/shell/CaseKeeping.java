package phalanx.show.shell;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import phalanx.casefile.CaseFile;
import phalanx.casefile.CaseStore;
import phalanx.explain.CaseAccount;
import phalanx.explain.ExplainedFinding;
import phalanx.run.Outcome;
import phalanx.show.Words;

/** Opens and keeps cases, and takes notes. Screen thread; files are written in the background. */
final class CaseKeeping {
    private static final Words WORDS = Words.of("shell");

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH-mm-ss", Locale.ROOT);

    private final Desk desk;

    CaseKeeping(Desk desk) {
        this.desk = desk;
    }

    /** Asks for a case and opens it. */
    void open() {
        desk.files().folder(desk.stage(), WORDS.get("choose.case")).ifPresent(folder -> desk.open(List.of(folder)));
    }

    /** Keeps the case where it was kept before; asks for a place the first time. */
    void save() {
        if (desk.model().state().get() instanceof DeskViewModel.State.Answered answered && answered.folder() != null) {
            save(answered.folder());
        } else {
            saveAs();
        }
    }

    /** Asks where to keep the case. */
    void saveAs() {
        desk.files()
                .save(desk.stage(), WORDS.get("choose.save"), WORDS.get("choose.name") + CaseStore.ENDING)
                .ifPresent(folder -> {
                    String name = String.valueOf(folder.getFileName());
                    save(name.endsWith(CaseStore.ENDING) ? folder : folder.resolveSibling(name + CaseStore.ENDING));
                });
    }

    /** Keeps the case in a folder. */
    void save(Path folder) {
        Investigation open = desk.investigation().get();
        if (open == null || !(desk.model().state().get() instanceof DeskViewModel.State.Answered answered)) {
            return;
        }
        CaseFile content = content(open, answered, folder);
        desk.model().jobs().start("save case", _ -> CaseStore.write(folder, content), _ -> {}, outcome -> {
            switch (outcome) {
                case Outcome.Ok<Path> _ -> {
                    desk.model().saved(folder, content);
                    desk.settings().opened(List.of(folder));
                    desk.say(WORDS.get("saved", folder));
                }
                case Outcome.Failed<Path>(var problem) -> desk.dialogs().problem(WORDS.get("save.failed"), problem);
            }
        });
    }

    private CaseFile content(Investigation open, DeskViewModel.State.Answered answered, Path folder) {
        return new CaseFile(
                CaseFile.VERSION,
                answered.files().stream()
                        .map(file -> DeskEdits.kept(folder, file))
                        .toList(),
                List.copyOf(open.notes().all()),
                List.copyOf(desk.omniboxModel().saved()),
                new ViewMemory(open).dismissed(),
                open.kept(desk.omniboxModel().shown().get().filter()));
    }

    /**
     * Keeps what was noted and dismissed in a case that is left without having been saved: where it was kept before, else beside the
     * settings, where it is offered among the last opened. Waits until it is written, for the program may end behind it.
     */
    void leave() {
        Investigation open = desk.investigation().get();
        if (open == null || !(desk.model().state().get() instanceof DeskViewModel.State.Answered answered)) {
            return;
        }
        CaseFile kept = answered.kept();
        List<CaseFile.Note> notes = List.copyOf(open.notes().all());
        Map<String, String> dismissed = new ViewMemory(open).dismissed();
        boolean unsaved = kept == null
                ? !notes.isEmpty() || !dismissed.isEmpty()
                : !notes.equals(kept.notes()) || !dismissed.equals(kept.dismissed());
        if (!unsaved) {
            return;
        }
        Path known = answered.folder();
        Path folder = known != null
                ? known
                : desk.settings().folder().resolve("unsaved " + LocalDateTime.now().format(STAMP) + CaseStore.ENDING);
        CaseFile content = content(open, answered, folder);
        switch (CaseStore.write(folder, content)) {
            case Outcome.Ok<Path> _ -> {
                desk.model().saved(folder, content);
                desk.settings().opened(List.of(folder));
                desk.news().say(Announcements.About.WORK, WORDS.get("saved.left", folder));
            }
            case Outcome.Failed<Path>(var problem) -> desk.dialogs().problem(WORDS.get("save.failed"), problem);
        }
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
                List.of());
    }

    /** Asks for a note on what is selected and keeps it with the case. */
    void note() {
        Words words = Words.of("notes");
        desk.dialogs()
                .ask(words.get("write.title"), words.get("write.prompt"), "")
                .ifPresent(this::note);
    }

    /** Writes a note on what is selected; it can be undone. */
    void note(String text) {
        Investigation open = desk.investigation().get();
        if (open != null) {
            CaseFile.Note note = open.notes().draft(text, Instant.now());
            desk.model()
                    .edits()
                    .change(
                            WORDS.get("edit.note"),
                            () -> shown(notes -> notes.remove(note)),
                            () -> shown(notes -> notes.add(note)));
        }
    }

    /** Changes the notes on the desk, which are others after the captures were analysed anew. */
    private void shown(Consumer<List<CaseFile.Note>> change) {
        Investigation open = desk.investigation().get();
        if (open != null) {
            change.accept(open.notes().all());
        }
    }
}
