package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import javafx.application.Platform;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.casefile.CaseStore;
import phalanx.casefile.SettingsStore;
import phalanx.explain.FactFormat;
import phalanx.proxy.ProxyServer;
import phalanx.proxy.admin.CaptureControl;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.show.DataTable;
import phalanx.show.Screen;
import phalanx.show.Selection;
import phalanx.show.Theme;
import phalanx.show.conversations.ConversationsView;

/** The desk with the real pipeline on real captures; every state leaves a picture behind. */
class DeskTest {
    static final Function<ProxyServer, CaptureControl> NO_CAPTURES = _ -> new CaptureControl() {
        @Override
        public Outcome<Path> start() {
            throw new AssertionError("nothing is captured here");
        }

        @Override
        public Optional<Path> stop() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> now() {
            return Optional.empty();
        }
    };

    private record Opened(Desk desk, Scene scene) {}

    private static Opened open(double width, double height, List<Path> files) {
        return Screen.on(() -> {
            Desk desk = new Desk(
                    TestPipeline.analyzer(),
                    Screen.AT_ONCE,
                    Samples.in(Path.of("sample-pcaps")),
                    NO_CAPTURES,
                    settings(),
                    cases(),
                    TestPipeline.exporter());
            Scene scene = desk.scene(width, height);
            Stage stage = new Stage();
            stage.setScene(scene);
            stage.show();
            desk.open(files);
            return new Opened(desk, scene);
        });
    }

    /** Cases in files, kept by somebody. */
    static CaseStore cases() {
        return new CaseStore("ada", null);
    }

    /** Settings that nobody else uses. */
    static SettingsStore settings() {
        return new SettingsStore(Path.of("target", "desk-" + System.nanoTime(), "settings.json"));
    }

    private static Investigation investigation(Opened opened) {
        return Screen.on(
                () -> Objects.requireNonNull(opened.desk().investigation().get()));
    }

    private static boolean shows(Opened opened, String text) {
        return Screen.shows(opened.scene(), text);
    }

    @Test
    void welcome_says_what_to_do_and_offers_samples() {
        Opened opened = open(1280, 720, List.of());
        Screen.picture(opened.scene(), "welcome-light-1280");
        assertTrue(shows(opened, "Which hop is broken?"));
        assertTrue(shows(opened, "MTU black hole"));
        Screen.run(() -> opened.desk().setTheme(Theme.DARK));
        Screen.picture(opened.scene(), "welcome-dark-1280");
    }

    @Test
    void a_fault_is_open_on_its_proof_in_light_and_dark_at_two_sizes() {
        for (double[] size : new double[][] {{1280, 720}, {1600, 1000}}) {
            Opened opened = open(size[0], size[1], TestPipeline.sample("loss-on-wan-link"));
            for (boolean dark : new boolean[] {false, true}) {
                Screen.run(() -> opened.desk().setTheme(dark ? Theme.DARK : Theme.LIGHT));
                Screen.picture(opened.scene(), "loss-" + (dark ? "dark-" : "light-") + (int) size[0]);
            }
            Investigation view = investigation(opened);
            var finding = Screen.on(() -> view.selection().now().finding());
            assertNotNull(finding);
            assertEquals("random_loss", finding.finding().kind());
            assertTrue(
                    Screen.on(() -> view.selection().now().journey()) >= 0,
                    "the first packet that proves it is selected");
        }
    }

    @Test
    void what_is_unusual_for_the_recording_is_told_below_the_findings(@TempDir Path folder) {
        Opened opened = open(1600, 1000, TestPipeline.talk(folder, 300, 200, 230));
        Screen.run(() -> opened.desk().setTheme(Theme.DARK));
        Screen.picture(opened.scene(), "unusual-dark-1600");
        assertTrue(shows(opened, "Unusual for this recording"));
        assertTrue(shows(opened, "delay p2 > p3, towards the server: 43"));
    }

    @Test
    void what_a_sender_waited_for_is_a_bar_with_words() {
        Opened opened = open(1600, 1000, TestPipeline.sample("loss-on-wan-link"));
        for (boolean dark : new boolean[] {false, true}) {
            Screen.run(() -> opened.desk().setTheme(dark ? Theme.DARK : Theme.LIGHT));
            Screen.picture(opened.scene(), "conversations-" + (dark ? "dark" : "light") + "-1600");
        }
        assertTrue(shows(opened, "congestion window "));
        assertTrue(Screen.on(() -> Screen.all(opened.scene().getRoot()).stream()
                .anyMatch(node -> node.getStyleClass().contains("flow-loss-recovery"))));
    }

    @Test
    void selections_follow_each_other_and_escape_widens_step_by_step() {
        Opened opened = open(1280, 800, TestPipeline.sample("asymmetric-return-loss"));
        Investigation view = investigation(opened);
        Screen.picture(opened.scene(), "asymmetric-light-1280");
        Selection selection = view.selection();
        Screen.run(() -> {
            selection.clear();
            selection.conversation(0);
        });
        Screen.picture(opened.scene(), "conversation-light-1280");
        assertTrue(shows(opened, "findings concern the selected conversation."));
        Screen.run(() -> press(opened, KeyCode.F));
        assertNotNull(Screen.on(() -> selection.now().finding()));
        Screen.run(() -> {
            press(opened, KeyCode.ESCAPE);
            press(opened, KeyCode.ESCAPE);
            press(opened, KeyCode.ESCAPE);
        });
        assertEquals(Selection.NONE, Screen.on(() -> selection.now().journey()));
        assertEquals(Selection.NONE, Screen.on(() -> selection.now().conversation()));
    }

    private static void press(Opened opened, KeyCode code) {
        opened.scene()
                .getRoot()
                .fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }

    @Test
    void the_desk_says_figure_for_figure_what_the_command_line_says() throws Exception {
        for (String sample : List.of("loss-on-wan-link", "asymmetric-return-loss", "slow-server")) {
            JsonNode answer = new ObjectMapper().readTree(TestPipeline.json(sample));
            Opened opened = open(1600, 1000, TestPipeline.sample(sample));
            Investigation view = investigation(opened);
            Screen.settle();
            assertTrue(shows(opened, answer.at("/verdict/summary").asText()), sample);
            for (JsonNode finding : answer.get("findings")) {
                assertTrue(shows(opened, finding.get("summary").asText()), finding::toString);
                assertTrue(shows(opened, finding.get("id").asText() + "  "), finding::toString);
            }
            DataTable table = Screen.on(() -> Screen.all(opened.scene().getRoot()).stream()
                    .filter(ConversationsView.class::isInstance)
                    .map(ConversationsView.class::cast)
                    .findFirst()
                    .flatMap(ConversationsView::table)
                    .orElseThrow());
            List<String> expected = new ArrayList<>();
            answer.get("conversations")
                    .forEach(c -> expected.add("%s:%d %,d %s %,d"
                            .formatted(
                                    c.at("/client/0").asText(),
                                    c.at("/client/1").asInt(),
                                    c.at("/bytes/0").asLong() + c.at("/bytes/1").asLong(),
                                    againOrNothing(c.at("/retransmissions/0").asLong()
                                            + c.at("/retransmissions/1").asLong()),
                                    c.at("/hops").size())));
            List<String> shown = IntStream.range(0, table.rows())
                    .mapToObj(row -> "%s %s %s %s"
                            .formatted(
                                    cell(table, row, "Client"),
                                    cell(table, row, "Bytes"),
                                    cell(table, row, "Sent again").replaceAll(".*\\(|\\)", ""),
                                    cell(table, row, "Points").replaceAll(" of .*", "")))
                    .toList();
            assertEquals(
                    expected.stream().sorted().toList(), shown.stream().sorted().toList());
            for (JsonNode capture : answer.get("captures")) {
                boolean reference = capture.at("/clock/reference").asBoolean();
                String offset = FactFormat.duration(
                        Math.round(Math.abs(capture.at("/clock/offsetMicros").asDouble()) * 1000));
                assertTrue(shows(opened, reference ? "reference clock" : offset + " \u00b1 "), capture::toString);
            }
            assertEquals(
                    answer.get("findings").size(), view.analysis().findings().size());
        }
    }

    private static String againOrNothing(long segments) {
        return segments == 0 ? "" : "%,d".formatted(segments);
    }

    private static String cell(DataTable table, int row, String column) {
        return table.cell(row, table.columns().indexOf(column));
    }

    @Test
    void a_click_on_an_arrow_selects_its_packet_and_one_on_the_map_the_point() {
        Opened opened = open(1280, 960, TestPipeline.sample("mtu-black-hole"));
        Screen.settle();
        Selection selection = investigation(opened).selection();
        Canvas map = canvas(opened, "Map");
        Canvas ladder = canvas(opened, "Ladder");
        Screen.run(() -> {
            selection.clear();
            click(map, map.getWidth() * 0.4, map.getHeight() * 0.52);
        });
        assertTrue(Screen.on(() -> selection.now().capture()) >= 0, "no capture point under the mouse");
        Screen.settle();
        Screen.run(() -> {
            for (double y = 30; y < 200 && selection.now().journey() == Selection.NONE; y += 4) {
                click(ladder, ladder.getWidth() * 0.4, y);
            }
        });
        assertTrue(Screen.on(() -> selection.now().journey()) >= 0, "no packet under the mouse");
    }

    private static Canvas canvas(Opened opened, String name) {
        return Screen.on(() -> Screen.all(opened.scene().getRoot()).stream()
                .filter(node -> node instanceof Canvas && name.equals(node.getAccessibleRoleDescription()))
                .map(Canvas.class::cast)
                .findFirst()
                .orElseThrow());
    }

    private static void click(Node node, double x, double y) {
        Point2D at = node.localToScene(x, y);
        node.fireEvent(new MouseEvent(
                MouseEvent.MOUSE_CLICKED,
                at.getX(),
                at.getY(),
                at.getX(),
                at.getY(),
                MouseButton.PRIMARY,
                1,
                false,
                false,
                false,
                false,
                true,
                false,
                false,
                true,
                false,
                true,
                null));
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
            Screen.run(() -> opened.desk().setTheme(sample.startsWith("nat") ? Theme.DARK : Theme.LIGHT));
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
        assertTrue(shows(opened, "Phalanx reads pcap, pcapng and snoop"));
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
    void unrelated_a_missing_and_a_cut_off_file_are_told_apart(@TempDir Path folder) throws Exception {
        Opened unrelated = open(
                1280,
                720,
                List.of(
                        TestPipeline.sample("mtu-black-hole").getFirst(),
                        TestPipeline.sample("slow-server").getLast()));
        Screen.picture(unrelated.scene(), "unrelated-light-1280");
        assertTrue(shows(unrelated, "client, server share no packet with the other captures."));
        Opened missing = open(1280, 720, List.of(folder.resolve("gone.pcap")));
        Screen.picture(missing.scene(), "missing-light-1280");
        assertTrue(shows(missing, "gone.pcap does not exist."));
        byte[] whole = Files.readAllBytes(TestPipeline.sample("slow-server").getLast());
        Path cut = Files.write(folder.resolve("cut.pcapng"), Arrays.copyOf(whole, whole.length - 30));
        Opened partly = open(1280, 720, List.of(cut));
        Screen.picture(partly.scene(), "cut-light-1280");
        assertTrue(shows(partly, "cut.pcapng ends inside a block"));
    }

    @Test
    void loading_shows_progress_and_can_be_cancelled() {
        Opened opened = Screen.on(() -> {
            List<Runnable> waiting = new ArrayList<>();
            Jobs jobs = new Jobs(waiting::add, Platform::runLater);
            Desk desk = new Desk(
                    TestPipeline.analyzer(),
                    jobs,
                    List.of(),
                    NO_CAPTURES,
                    settings(),
                    cases(),
                    TestPipeline.exporter());
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
        List<String> mute = Screen.on(() -> Screen.all(opened.scene().getRoot()).stream()
                .filter(node -> node.isFocusTraversable() && node.isVisible())
                .filter(node -> node instanceof Canvas || !(node instanceof Labeled))
                .filter(node -> node.getAccessibleText() == null
                        || node.getAccessibleText().isBlank())
                .map(Node::toString)
                .filter(text -> !text.contains("TitledPane") && !text.contains("$"))
                .toList());
        assertEquals(List.of(), mute);
        List<String> cut = Screen.on(() -> Screen.all(opened.scene().getRoot()).stream()
                .filter(node -> node instanceof Label label
                        && label.isVisible()
                        && label.isWrapText()
                        && label.getText() != null
                        && label.getHeight() > 0
                        && label.getHeight() + 1 < label.prefHeight(label.getWidth()))
                .map(node -> ((Label) node).getText())
                .toList());
        assertEquals(List.of(), cut);
        assertEquals(Theme.LIGHT, Screen.on(() -> opened.desk().theme().get()));
    }
}
