package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phalanx.app.TestPipeline;
import phalanx.casefile.CaseFile;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.show.Screen;

/** Who gives up opening other captures finds the desk as it was left: selection, notes, filter and views. */
class GivenUpTest {
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final Desk desk = Screen.on(() -> new Desk(
            TestPipeline.analyzer(),
            new Jobs(work::add, Runnable::run),
            List.of(),
            DeskTest.NO_CAPTURES,
            DeskTest.settings(),
            DeskTest.cases(),
            TestPipeline.exporter()));
    private Investigation first = Screen.on(this::opened);

    private Investigation opened() {
        Stage stage = new Stage();
        stage.setScene(desk.scene(1280, 800));
        stage.show();
        desk.open(TestPipeline.sample("loss-on-wan-link"));
        finish();
        return open();
    }

    /** On the screen thread. */
    private void finish() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    private Investigation open() {
        return Objects.requireNonNull(desk.investigation().get());
    }

    @BeforeEach
    void use() {
        Screen.run(() -> {
            first = open();
            first.selection().conversation(1);
            desk.noting().note("ask the carrier");
            desk.omnibox().set("tcp.len > 0");
            finish();
        });
    }

    @Test
    void adding_captures_and_choosing_none_analyses_nothing() {
        Desk other = Screen.on(() -> new Desk(
                TestPipeline.analyzer(),
                new Jobs(work::add, Runnable::run),
                List.of(),
                DeskTest.NO_CAPTURES,
                DeskTest.settings(),
                DeskTest.cases(),
                TestPipeline.exporter(),
                new FolderDialogs(Path.of("."))));
        Screen.run(() -> {
            other.open(TestPipeline.sample("slow-server"));
            finish();
            other.commands().find("add-captures").orElseThrow().action().run();
            assertEquals(0, work.size());
        });
    }

    @Test
    void the_same_views_come_back_with_all_that_was_done() {
        Screen.run(() -> {
            desk.open(TestPipeline.sample("slow-server"));
            assertSame(first, open(), "not before the note is kept");
            while (desk.investigation().get() != null) { // the note is kept, the case is left
                work.remove().run();
            }
            assertTrue(desk.omniboxModel().shown().get().isAll());
            desk.model().cancel();
            finish();
            assertInstanceOf(
                    DeskViewModel.State.Answered.class, desk.model().state().get());
            assertSame(first, open());
            assertEquals(1, first.selection().now().conversation());
            assertEquals(1, first.notes().all().size());
            assertEquals("tcp.len > 0", first.context().shown().getValue().filter());
            desk.model().edits().undo();
            assertEquals(0, first.notes().all().size(), "what can be undone is still known");
        });
    }

    @Test
    void other_captures_begin_anew() {
        Screen.run(() -> {
            desk.open(List.of(Path.of("sample-pcaps/slow-server")));
            finish();
            Path left = Path.of(desk.settings().now().recent().get(1).getFirst());
            assertTrue(
                    DeskTest.cases().read(left) instanceof Outcome.Ok<CaseFile>(var kept)
                            && kept.notes().getFirst().text().equals("ask the carrier"),
                    "notes of a case that was left");
            assertNotSame(first, open());
            assertEquals(0, open().notes().all().size());
            desk.open(List.of(Path.of("nothing.pcapng")));
            finish();
            assertInstanceOf(
                    DeskViewModel.State.Failed.class, desk.model().state().get());
            assertNull(desk.investigation().get());
        });
    }
}
