package phalanx.show.shell;

import java.time.Instant;
import java.util.function.Consumer;
import phalanx.casefile.CaseFile;
import phalanx.show.Words;
import phalanx.show.notes.Notes;

/** Takes notes and sets bookmarks on what is selected; all of it can be undone. Screen thread. */
final class Noting {
    private static final Words WORDS = Words.of("shell");

    private final Desk desk;

    Noting(Desk desk) {
        this.desk = desk;
    }

    /** Asks for a note on what is selected and keeps it with the case. */
    void note() {
        Investigation open = desk.investigation().get();
        if (open != null) {
            Words words = Words.of("notes");
            desk.dialogs()
                    .ask(words.get("write.title", open.notes().aboutInWords()), words.get("write.prompt"), "")
                    .ifPresent(this::note);
        }
    }

    /** Writes a note on what is selected. */
    void note(String text) {
        Investigation open = desk.investigation().get();
        if (open != null) {
            CaseFile.Note note = open.notes().draft(text, Instant.now());
            change(
                    "edit.note",
                    notes -> notes.all().remove(note),
                    notes -> notes.all().add(note));
        }
    }

    /** Sets a bookmark on what is selected, or takes the one away that is there. */
    void bookmark() {
        Investigation open = desk.investigation().get();
        if (open != null) {
            open.notes()
                    .bookmark(Instant.now())
                    .ifPresentOrElse(this::turn, () -> desk.say(WORDS.get("bookmark.none")));
        }
    }

    private void turn(CaseFile.Bookmark bookmark) {
        Investigation open = desk.investigation().get();
        if (open != null && open.notes().bookmarks().contains(bookmark)) {
            remove(bookmark);
        } else {
            change(
                    "edit.bookmark",
                    notes -> notes.bookmarks().remove(bookmark),
                    notes -> notes.bookmarks().add(bookmark));
            desk.say(WORDS.get("bookmark.set", bookmark.title()));
        }
    }

    /** Takes a note or bookmark away. */
    void remove(CaseFile.Mark mark) {
        switch (mark) {
            case CaseFile.Note note ->
                change(
                        "edit.note-removed",
                        notes -> notes.all().add(note),
                        notes -> notes.all().remove(note));
            case CaseFile.Bookmark bookmark -> {
                change(
                        "edit.bookmark-removed",
                        notes -> notes.bookmarks().add(bookmark),
                        notes -> notes.bookmarks().remove(bookmark));
                desk.say(WORDS.get("bookmark.removed", bookmark.title()));
            }
        }
    }

    private void change(String what, Consumer<Notes> undo, Consumer<Notes> redo) {
        desk.model().edits().change(WORDS.get(what), () -> shown(undo), () -> shown(redo));
    }

    /** Changes the notes on the desk, which are others after the captures were analysed anew. */
    private void shown(Consumer<Notes> change) {
        Investigation open = desk.investigation().get();
        if (open != null) {
            change.accept(open.notes());
            desk.keeping().changed();
        }
    }
}
