package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.TableCell;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.casefile.CaseFile;
import phalanx.casefile.CaseStore;
import phalanx.casefile.SettingsStore;
import phalanx.run.Outcome;
import phalanx.show.DataTable;
import phalanx.show.Screen;
import phalanx.show.Words;
import phalanx.show.ladder.LadderView;

/** Bookmarks are set by a key, listed with the notes, kept with the case, and lead back. */
class NotingTest {
    private final Path home;
    private final CaseStore cases = new CaseStore("ada", null);
    private final Desk desk;
    private final Scene scene;

    NotingTest(@TempDir Path folder) {
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
        Screen.run(() -> {
            desk.open(TestPipeline.sample("loss-on-wan-link"));
            desk.keeping().save(home);
        });
    }

    @AfterEach
    void close() {
        Screen.run(desk::close);
    }

    private Investigation open() {
        return Objects.requireNonNull(desk.investigation().get());
    }

    private void press(KeyCode code, boolean control) {
        Screen.run(() -> Event.fireEvent(
                scene.getRoot(), new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, control, false, false)));
    }

    /** As another process finds them. */
    private List<String> kept() {
        try (CaseStore other = new CaseStore("eve", null)) {
            return switch (other.read(home)) {
                case Outcome.Ok<CaseFile>(var content) ->
                    content.bookmarks().stream().map(CaseFile.Bookmark::about).toList();
                case Outcome.Failed<CaseFile>(var problem) -> throw new AssertionError(problem.toString());
            };
        }
    }

    private ListView<?> list() {
        return (ListView<?>) Screen.on(() -> Screen.all(scene.getRoot()).stream()
                .filter(node -> node instanceof ListView<?> list
                        && Words.of("notes").get("name").equals(list.getAccessibleText()))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void a_bookmark_is_set_listed_followed_undone_and_removed() {
        Screen.run(() -> open().selection().clear());
        press(KeyCode.B, true);
        assertEquals(List.of(), kept(), "nothing is selected");
        Screen.run(() -> open().selection().frame(0, 7));
        press(KeyCode.B, true);
        String point = Screen.on(() -> open().analysis().stitched().hopName(0));
        assertEquals(List.of("packet/" + point + "/7"), kept());
        press(KeyCode.Z, true);
        assertEquals(List.of(), kept());
        Screen.run(() -> desk.model().edits().redo());
        Screen.run(() -> {
            desk.noting().note("a note, too");
            open().selection().clear();
            open().docks().show("notes");
        });
        Screen.settle();
        assertEquals(2, Screen.on(() -> list().getItems().size()));
        Screen.picture(scene, "bookmark-1280");
        int row = Screen.on(() -> list().getItems().stream()
                .map(CaseFile.Bookmark.class::isInstance)
                .toList()
                .indexOf(true));
        Screen.run(() -> {
            list().getSelectionModel().select(row);
            Event.fireEvent(
                    list(), new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false));
        });
        assertEquals(
                7,
                Screen.on(() -> Objects.requireNonNull(open().selection().now().packet())
                        .frame()));
        Screen.run(() -> {
            desk.leaveCase();
            desk.open(List.of(home));
            open().docks().show("notes");
        });
        Screen.settle();
        assertEquals(2, Screen.on(() -> list().getItems().size()), "it is there again");
        Screen.run(() -> {
            list().getSelectionModel().select(row);
            Event.fireEvent(
                    list(), new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.DELETE, false, false, false, false));
        });
        assertEquals(List.of(), kept());
        assertTrue(Screen.on(() -> open().notes().all().size()) == 1, "the note stays");
    }

    @Test
    void noted_packets_are_marked_in_the_list_and_on_the_ladder_until_the_note_is_gone() {
        Screen.run(() -> {
            scene.getWindow().setHeight(1100);
            open().docks().show("packets");
            open().docks().show("ladder");
            open().selection().frame(0, 7);
            desk.noting().note("the first one\nof three");
        });
        Screen.settle();
        Screen.picture(scene, "noted-1280");
        assertEquals("the first one", Screen.on(this::marked));
        DataTable ladder = Screen.on(() -> Screen.all(scene.getRoot()).stream()
                .filter(LadderView.class::isInstance)
                .findFirst()
                .flatMap(node -> ((LadderView) node).table())
                .orElseThrow());
        int column = ladder.columns().indexOf(Words.of("ladder").get("column-note"));
        assertEquals(
                List.of("the first one"),
                IntStream.range(0, ladder.rows())
                        .mapToObj(row -> ladder.cell(row, column))
                        .filter(text -> !text.isEmpty())
                        .toList());
        Screen.run(() -> desk.model().edits().undo());
        Screen.settle();
        assertEquals("", Screen.on(this::marked));
    }

    /** What the list of packets says at the frame that is noted. */
    private String marked() {
        return Screen.all(scene.getRoot()).stream()
                .filter(node ->
                        node instanceof TableCell<?, ?> cell && cell.getTooltip() != null && "7".equals(cell.getText()))
                .map(node -> ((TableCell<?, ?>) node).getTooltip().getText())
                .findFirst()
                .orElse("");
    }
}
