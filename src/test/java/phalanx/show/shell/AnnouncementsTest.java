package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.Label;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.explain.Analysis;
import phalanx.show.Screen;
import phalanx.show.Selection;
import phalanx.show.demo.Demo;

/** What is said at the desk to who may not see it, in its order. */
class AnnouncementsTest {
    private final OpenDesk open;
    private final List<String> said = new ArrayList<>();

    AnnouncementsTest(@TempDir Path folder) {
        open = OpenDesk.open(new Scenes.Visit(1280, 800, 100, folder, _ -> {}));
        Screen.run(() -> {
            Label label = (Label) open.find(node -> node.getStyleClass().contains("said"));
            label.textProperty().subscribe(text -> {
                if (!text.isEmpty()) {
                    assertEquals(text, label.queryAccessibleAttribute(AccessibleAttribute.TEXT));
                    said.add(text);
                }
            });
        });
    }

    @AfterEach
    void close() {
        open.close();
    }

    /** Waits until something was said, and forgets it. @return all that was said until then */
    private List<String> until(String last) {
        OpenDesk.await(() -> said.contains(last));
        return Screen.on(() -> {
            List<String> heard = List.copyOf(said);
            said.clear();
            return heard;
        });
    }

    private void open(String sample) {
        Screen.run(() -> open.desk().open(TestPipeline.sample(sample)));
    }

    /** What is said of the packet that is selected. */
    private String selected() {
        Selection.Packet packet = Objects.requireNonNull(
                Screen.on(() -> open.investigation().selection().now().packet()));
        return "Selected: Frame " + packet.frame() + " at "
                + open.investigation().analysis().stitched().hopName(packet.capture());
    }

    @Test
    void an_answer_is_said_when_it_is_there_then_what_is_selected() {
        open("loss-on-wan-link");
        Analysis analysis = open.investigation().analysis();
        assertEquals(
                List.of("The captures are analysed.", analysis.conclusion().summary(), selected()), until(selected()));
    }

    @Test
    void what_was_said_of_other_captures_gives_no_quiz_away() {
        open("mtu-black-hole");
        until(selected());
        String verdict = open.investigation().analysis().conclusion().summary();
        Screen.run(() -> open.desk().startDemo("mtu-black-hole", Demo.Mode.QUIZ));
        assertTrue(Screen.on(() ->
                open.nodes().noneMatch(node -> node instanceof Label label && verdict.equals(label.getText()))));
        assertFalse(until("The captures are analysed.").contains(verdict));
        until("Nothing is selected.");
        assertFalse(said.contains(verdict));
    }

    @Test
    void of_many_steps_only_the_last_is_said() {
        open("loss-on-wan-link");
        until(selected());
        Screen.run(() -> {
            for (int frame = 1; frame <= 50; frame++) {
                open.investigation().selection().frame(0, frame);
            }
            open.investigation().selection().clear();
            open.investigation().selection().capture(0);
        });
        assertEquals(List.of("Selected: client"), until("Selected: client"));
        Screen.run(open.investigation().selection()::clear);
        assertEquals(List.of("Nothing is selected."), until("Nothing is selected."));
    }

    @Test
    void what_a_filter_leaves_over_what_was_kept_and_what_failed_is_said() {
        open("slow-server");
        until(Screen.on(() -> open.investigation().analysis().conclusion().summary()));
        Screen.run(() -> open.desk().omnibox().set("tcp.flags.syn == 1"));
        OpenDesk.await(() -> said.stream().anyMatch(text -> text.startsWith("shown ")));
        Path home = open.write("case", new byte[0]).resolveSibling("kept.phalanx");
        Screen.run(() -> open.desk().keeping().save(home));
        until("The case is kept in " + home + ".");
        Path text = open.write("notes.txt", "this is no capture".getBytes(StandardCharsets.UTF_8));
        Screen.run(() -> open.desk().open(List.of(text)));
        OpenDesk.await(() -> said.stream().anyMatch(heard -> heard.contains("notes.txt")));
    }

    @Test
    void a_kind_of_finding_that_was_not_there_before_is_said_by_name() {
        Announcements news = Screen.on(Announcements::new);
        Analysis before = TestPipeline.analyze(TestPipeline.sample("slow-server"));
        Analysis now = TestPipeline.analyze(TestPipeline.sample("loss-on-wan-link"));
        List<String> heard = new ArrayList<>();
        Screen.run(() -> ((Label) news.node()).textProperty().subscribe(text -> heard.add(text)));
        Screen.run(() -> news.answered(now, before, false));
        OpenDesk.await(() -> heard.stream().anyMatch(text -> text.contains("F1 random loss")));
        assertTrue(heard.getLast().matches("(\\d+ new findings|New finding): F1 random loss.*\\."), heard::toString);
    }
}
