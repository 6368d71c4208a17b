package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.run.Jobs;
import phalanx.show.Selection;

/** The desk with the real pipeline on real captures; every state leaves a picture behind. */
class DeskTest {
    private static final Jobs AT_ONCE = new Jobs(Runnable::run, Runnable::run);

    private record Opened(Desk desk, Scene scene) {}

    private static Opened open(double width, double height, List<Path> files) {
        return Screen.on(() -> {
            Desk desk = new Desk(TestPipeline.analyzer(), AT_ONCE, Samples.in(Path.of("sample-pcaps")));
            Scene scene = desk.scene(width, height);
            Stage stage = new Stage();
            stage.setScene(scene);
            stage.show();
            desk.open(files);
            return new Opened(desk, scene);
        });
    }

    private static InvestigationView investigation(Opened opened) {
        return Screen.on(() -> Objects.requireNonNull(opened.desk().investigation()));
    }

    private static List<Node> all(Parent parent) {
        List<Node> nodes = new ArrayList<>();
        for (Node child : parent.getChildrenUnmodifiable()) {
            nodes.add(child);
            if (child instanceof Parent inner) {
                nodes.addAll(all(inner));
            }
        }
        return nodes;
    }

    private static boolean shows(Opened opened, String text) {
        return Screen.on(() -> all(opened.scene().getRoot()).stream()
                .anyMatch(node -> node instanceof Labeled labeled
                        && labeled.getText() != null
                        && labeled.getText().contains(text)));
    }

    @Test
    void welcome_says_what_to_do_and_offers_samples() {
        Opened opened = open(1280, 720, List.of());
        Screen.picture(opened.scene(), "welcome-light-1280");
        assertTrue(shows(opened, "Which hop is broken?"));
        assertTrue(shows(opened, "MTU black hole"));
        Screen.run(() -> opened.desk().setDark(true));
        Screen.picture(opened.scene(), "welcome-dark-1280");
    }

    @Test
    void a_fault_is_open_on_its_proof_in_light_and_dark_at_two_sizes() {
        for (double[] size : new double[][] {{1280, 720}, {1600, 1000}}) {
            Opened opened = open(size[0], size[1], TestPipeline.sample("loss-on-wan-link"));
            for (boolean dark : new boolean[] {false, true}) {
                Screen.run(() -> opened.desk().setDark(dark));
                Screen.picture(opened.scene(), "loss-" + (dark ? "dark-" : "light-") + (int) size[0]);
            }
            InvestigationView view = investigation(opened);
            var finding = Screen.on(() -> view.selection().finding().get());
            assertNotNull(finding);
            assertEquals("random_loss", finding.finding().kind());
            assertTrue(
                    Screen.on(() -> view.selection().journey().get()) >= 0,
                    "the first packet that proves it is selected");
        }
    }

    @Test
    void selections_follow_each_other_and_escape_widens_step_by_step() {
        Opened opened = open(1280, 800, TestPipeline.sample("asymmetric-return-loss"));
        InvestigationView view = investigation(opened);
        Screen.picture(opened.scene(), "asymmetric-light-1280");
        Selection selection = view.selection();
        Screen.run(() -> {
            selection.clear();
            selection.conversation().set(0);
        });
        Screen.picture(opened.scene(), "conversation-light-1280");
        assertTrue(shows(opened, "findings concern the selected conversation."));
        Screen.run(() -> press(opened, KeyCode.F));
        assertNotNull(Screen.on(() -> selection.finding().get()));
        Screen.run(() -> {
            press(opened, KeyCode.ESCAPE);
            press(opened, KeyCode.ESCAPE);
            press(opened, KeyCode.ESCAPE);
        });
        assertEquals(Selection.NONE, Screen.on(() -> selection.journey().get()));
        assertEquals(Selection.NONE, Screen.on(() -> selection.conversation().get()));
    }

    private static void press(Opened opened, KeyCode code) {
        opened.scene()
                .getRoot()
                .fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }

    @Test
    void no_fault_is_an_answer() {
        Opened opened = open(1280, 800, TestPipeline.sample("wrong-clocks"));
        Screen.picture(opened.scene(), "no-fault-light-1280");
        assertTrue(shows(opened, "No fault found by"));
    }

    @Test
    void black_hole_and_nat_and_slow_server_leave_pictures() {
        for (String sample :
                List.of("mtu-black-hole", "nat-and-loss", "slow-server", "injected-resets", "lossy-capture")) {
            Opened opened = open(1280, 800, TestPipeline.sample(sample));
            Screen.run(() -> opened.desk().setDark(sample.startsWith("nat")));
            Screen.picture(opened.scene(), sample + "-1280");
            assertNotNull(investigation(opened));
        }
    }

    @Test
    void a_file_that_is_no_capture_says_so_and_what_to_do(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("notes.txt"), "this is no capture at all");
        Opened opened = open(1280, 720, List.of(text));
        Screen.picture(opened.scene(), "error-light-1280");
        assertInstanceOf(
                DeskViewModel.State.Failed.class,
                Screen.on(() -> opened.desk().model().state().get()));
        assertTrue(shows(opened, "notes.txt is no packet capture."));
        assertTrue(shows(opened, "Phalanx reads pcap and pcapng"));
    }

    @Test
    void a_bad_file_among_good_ones_is_named_above_the_answer(@TempDir Path folder) throws Exception {
        List<Path> files = new ArrayList<>(TestPipeline.sample("mtu-black-hole"));
        files.add(Files.createFile(folder.resolve("empty.pcap")));
        Opened opened = open(1280, 720, files);
        Screen.picture(opened.scene(), "partial-light-1280");
        assertTrue(shows(opened, "empty.pcap is empty (0 bytes)."));
    }

    @Test
    void loading_shows_progress_and_can_be_cancelled() {
        Opened opened = Screen.on(() -> {
            List<Runnable> waiting = new ArrayList<>();
            Jobs jobs = new Jobs(waiting::add, Platform::runLater);
            Desk desk = new Desk(TestPipeline.analyzer(), jobs, List.of());
            Scene scene = desk.scene(1280, 720);
            Stage stage = new Stage();
            stage.setScene(scene);
            stage.show();
            desk.open(TestPipeline.sample("slow-server"));
            desk.model().cancel();
            waiting.forEach(Runnable::run);
            return new Opened(desk, scene);
        });
        Screen.settle();
        assertInstanceOf(
                DeskViewModel.State.Welcome.class,
                Screen.on(() -> opened.desk().model().state().get()));
    }

    @Test
    void everything_that_takes_the_focus_can_be_read_aloud_and_no_text_of_a_dock_is_cut() {
        Opened opened = open(1280, 800, TestPipeline.sample("loss-on-wan-link"));
        Screen.settle();
        List<String> mute = Screen.on(() -> all(opened.scene().getRoot()).stream()
                .filter(node -> node.isFocusTraversable() && node.isVisible())
                .filter(node -> node instanceof Canvas || !(node instanceof Labeled))
                .filter(node -> node.getAccessibleText() == null
                        || node.getAccessibleText().isBlank())
                .map(Node::toString)
                .filter(text -> !text.contains("TitledPane") && !text.contains("$"))
                .toList());
        assertEquals(List.of(), mute);
        List<String> cut = Screen.on(() -> all(opened.scene().getRoot()).stream()
                .filter(node -> node instanceof Label label
                        && label.isVisible()
                        && label.isWrapText()
                        && label.getText() != null
                        && label.getHeight() > 0
                        && label.getHeight() + 1 < label.prefHeight(label.getWidth()))
                .map(node -> ((Label) node).getText())
                .toList());
        assertEquals(List.of(), cut);
        assertFalse(Screen.on(() -> opened.desk().isDark()));
    }
}
