package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.casefile.CaseFile;
import phalanx.casefile.CaseStore;
import phalanx.casefile.SettingsStore;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.show.Screen;

/** What is asked to be kept is kept, in whatever order the workers come. */
class CaseKeepingTest {
    private final Path home;
    private final Path other;
    private final CaseStore cases = new CaseStore("ada", null);
    private final Desk desk;
    private final Deque<Runnable> work = new ArrayDeque<>();
    private boolean held;

    CaseKeepingTest(@TempDir Path folder) {
        home = folder.resolve("wan.phalanx");
        other = folder.resolve("other.phalanx");
        desk = Screen.on(() -> new Desk(
                TestPipeline.analyzer(),
                new Jobs(this::later, Runnable::run),
                List.of(),
                DeskTest.NO_CAPTURES,
                new SettingsStore(folder.resolve("settings.json")),
                cases,
                TestPipeline.exporter()));
        Screen.run(() -> {
            Scene made = desk.scene(1280, 800);
            Stage stage = new Stage();
            stage.setScene(made);
            stage.show();
            desk.open(TestPipeline.sample("loss-on-wan-link"));
            desk.keeping().save(home);
        });
        held = true;
    }

    private void later(Runnable task) {
        if (held) {
            work.addLast(task);
        } else {
            task.run();
        }
    }

    /** The work that waits, the last first. */
    private void catchUp() {
        Screen.run(() -> {
            while (!work.isEmpty()) {
                work.removeLast().run();
            }
        });
    }

    @AfterEach
    void close() {
        held = false;
        Screen.run(desk::close);
        cases.close();
    }

    /** As another process finds it. */
    private static List<String> notes(Path folder) {
        try (CaseStore store = new CaseStore("eve", null)) {
            return switch (store.read(folder)) {
                case Outcome.Ok<CaseFile>(var content) ->
                    content.notes().stream().map(CaseFile.Note::text).toList();
                case Outcome.Failed<CaseFile>(var problem) -> throw new AssertionError(problem.toString());
            };
        }
    }

    private void note(String text) {
        desk.noting().note(text);
    }

    @Test
    void the_newest_notes_stay_whichever_worker_comes_last() {
        Screen.run(() -> {
            note("one");
            note("two");
        });
        catchUp();
        assertEquals(List.of("one", "two"), notes(home));
        Screen.run(() -> {
            note("three");
            desk.model().edits().undo();
        });
        catchUp();
        assertEquals(List.of("one", "two"), notes(home));
    }

    @Test
    void a_save_in_one_folder_does_not_take_that_in_another_away() {
        Screen.run(() -> {
            note("both");
            desk.keeping().save(other);
        });
        catchUp();
        assertEquals(List.of("both"), notes(home));
        assertEquals(List.of("both"), notes(other));
    }

    @Test
    void a_case_that_is_left_is_left_whatever_is_saved_at_the_same_time() {
        Screen.run(() -> {
            note("last");
            desk.leaveCase();
            desk.leaveCase();
            desk.keeping().save(home);
        });
        catchUp();
        assertEquals(List.of("last"), notes(home));
        assertInstanceOf(
                DeskViewModel.State.Welcome.class,
                Screen.on(() -> desk.model().state().get()));
        assertTrue(work.isEmpty());
    }

    @Test
    void cases_are_left_that_are_no_longer_on_the_desk_when_it_comes_to_that() {
        Screen.run(() -> {
            desk.keeping().save(other);
            work.removeLast().run(); // wan.phalanx is to be left from now on
            desk.keeping().save(home);
            work.removeLast().run(); // and now the other one
        });
        catchUp();
        assertTrue(cases.hasOther(other), "the one on the desk is open");
        assertEquals(false, cases.hasOther(home), "the other one is not");
    }

    @Test
    void what_was_noted_is_unkept_until_it_is_written() {
        assertEquals(false, Screen.on(() -> desk.keeping().unkept().get()), "opened and saved");
        Screen.run(() -> note("one"));
        assertTrue(Screen.on(() -> desk.keeping().unkept().get()), "on its way");
        catchUp();
        assertEquals(false, Screen.on(() -> desk.keeping().unkept().get()), "written");
    }
}
