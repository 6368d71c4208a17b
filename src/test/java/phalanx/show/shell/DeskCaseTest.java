package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.casefile.Case;
import phalanx.casefile.CaseFile;
import phalanx.casefile.CaseStore;
import phalanx.casefile.Recorded;
import phalanx.casefile.SettingsStore;
import phalanx.run.Outcome;
import phalanx.show.Screen;
import phalanx.show.cause.CauseView;
import phalanx.show.cause.Dismissal;

/** What is decided on the desk lands in the case. */
class DeskCaseTest {
    private final Path home;
    private final CaseStore cases = new CaseStore("ada", null);
    private final Desk desk;
    private final Scene scene;

    DeskCaseTest(@TempDir Path folder) {
        home = folder.resolve("wan.phalanx");
        desk = Screen.on(() -> new Desk(
                TestPipeline.analyzer(),
                Screen.AT_ONCE,
                List.of(),
                DeskTest.NO_CAPTURES,
                new SettingsStore(folder.resolve("settings.json")),
                cases,
                TestPipeline.exporter()));
        scene = Screen.on(() -> {
            Scene made = desk.scene(1280, 800);
            Stage stage = new Stage();
            stage.setScene(made);
            stage.show();
            return made;
        });
        Screen.run(() -> desk.open(TestPipeline.sample("loss-on-wan-link")));
    }

    @AfterEach
    void close() {
        Screen.run(desk::close);
    }

    private static <T> T ok(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Ok<T>(var value) -> value;
            case Outcome.Failed<T>(var problem) -> throw new AssertionError(problem.toString());
        };
    }

    private List<String> trail() {
        Case open = ok(cases.open(home));
        return ok(open.trail()).stream()
                .map(Recorded::what)
                .map(change -> change.word())
                .toList();
    }

    /** As another process finds it. */
    private CaseFile kept() {
        try (CaseStore other = new CaseStore("eve", null)) {
            return ok(other.read(home));
        }
    }

    private Investigation open() {
        return Objects.requireNonNull(desk.investigation().get());
    }

    @Test
    void nothing_is_kept_before_the_case_is_saved_and_everything_at_once_from_then_on() {
        Screen.run(() -> desk.noting().note("before"));
        assertFalse(Files.exists(home));
        Screen.run(() -> desk.keeping().save(home));
        assertTrue(trail().containsAll(
                        List.of("captures-arranged", "note-written", "desk-stood", "capture-hashed", "told")));
        Screen.run(() -> desk.noting().note("and then"));
        assertEquals(List.of("before", "and then"), notes());
        Screen.run(() -> desk.model().edits().undo());
        assertEquals(List.of("before"), notes());
        Screen.run(() -> ((CauseView) open().docks().view("cause"))
                .restore(List.of(
                        new Dismissal(open().analysis().findings().getFirst().id(), "a lab"))));
        assertEquals(List.of("a lab"), List.copyOf(kept().dismissed().values()));
        Screen.run(() -> desk.omniboxModel().saved().add("udp"));
        assertEquals(List.of("udp"), kept().savedFilters());
        assertEquals("filters-saved", trail().getLast());
        Case open = ok(cases.open(home));
        assertEquals(
                Screen.on(() -> open().analysis().measures().conversations().size()),
                ok(open.derived()).conversations().size());
        assertEquals(
                List.of(Screen.on(() -> open().analysis().conclusion().summary())),
                ok(open.timeline()).stream().map(entry -> entry.what().text()).toList());
    }

    private List<String> notes() {
        return kept().notes().stream().map(CaseFile.Note::text).toList();
    }

    @Test
    void a_case_that_is_open_elsewhere_says_so_and_what_is_noted_meanwhile_is_kept_beside_the_settings() {
        Screen.run(() -> {
            desk.noting().note("ours");
            desk.keeping().save(home);
            desk.leaveCase();
        });
        try (CaseStore eve = new CaseStore("eve", null)) {
            ok(eve.read(home));
            Screen.run(() -> desk.open(List.of(home)));
            Screen.settle();
            assertTrue(Screen.shows(scene, "is open in another Phalanx"));
            Screen.picture(scene, "case-read-only-1280");
            assertEquals(1, Screen.on(() -> open().notes().all().size()));
            Screen.run(() -> desk.noting().note("meanwhile"));
            assertEquals(1, ok(eve.read(home)).notes().size());
            Screen.run(desk::leaveCase);
            assertInstanceOf(
                    DeskViewModel.State.Welcome.class,
                    Screen.on(() -> desk.model().state().get()));
            Path beside = Path.of(
                    Screen.on(() -> desk.settings().now().recent().getFirst().getFirst()));
            assertFalse(beside.equals(home));
            assertEquals(2, ok(DeskTest.cases().read(beside)).notes().size());
        }
        Screen.run(() -> desk.open(List.of(home)));
        Screen.settle();
        assertFalse(Screen.shows(scene, "is open in another Phalanx"));
    }
}
