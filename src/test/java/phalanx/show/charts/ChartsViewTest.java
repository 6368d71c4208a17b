package phalanx.show.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javafx.application.Application;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.explain.Analysis;
import phalanx.measure.ConversationMetrics;
import phalanx.run.Progress;
import phalanx.show.DataTable;
import phalanx.show.DeskView;
import phalanx.show.Graphics2DPen;
import phalanx.show.Palette;
import phalanx.show.Screen;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.Theme;
import phalanx.show.ViewContext;

/** The charts with the real pipeline on real captures; every state leaves a picture behind. */
class ChartsViewTest {
    private record Opened(
            Analysis analysis,
            Selection selection,
            ObjectProperty<Shown> shown,
            ObjectProperty<Palette> palette,
            ChartsView view,
            Scene scene) {
        void theme(Theme theme) {
            Screen.run(() -> {
                Application.setUserAgentStylesheet(theme.baseSheet());
                scene.getRoot().setStyle(theme.palette().css());
                palette.set(theme.palette());
            });
        }

        Canvas canvas() {
            return Screen.on(() -> (Canvas) Screen.all(scene.getRoot()).stream()
                    .filter(node -> node instanceof Canvas && node.isFocusTraversable())
                    .findFirst()
                    .orElseThrow());
        }

        String said() {
            Canvas canvas = canvas();
            return Screen.on(canvas::getAccessibleText);
        }

        List<String> titles() {
            return Screen.on(() -> table().columns()).stream()
                    .skip(2)
                    .map(name -> name.substring(0, name.indexOf(':')))
                    .distinct()
                    .toList();
        }

        DataTable table() {
            return view.table().orElseThrow();
        }

        double firstSecond() {
            return Double.parseDouble(Screen.on(() -> table().cell(0, 0)).replace(" s", ""));
        }

        double lastSecond() {
            return Double.parseDouble(
                    Screen.on(() -> table().cell(table().rows() - 1, 0)).replace(" s", ""));
        }
    }

    private static Opened open(double width, double height, List<Path> files) {
        Analysis analysis = TestPipeline.analyze(files);
        Opened opened = Screen.on(() -> {
            Application.setUserAgentStylesheet(Theme.LIGHT.baseSheet());
            Selection selection = new Selection(analysis.stitched());
            ObjectProperty<Shown> shown = new SimpleObjectProperty<>(Shown.ALL);
            ObjectProperty<Palette> palette = new SimpleObjectProperty<>(Palette.LIGHT);
            ChartsView view =
                    new ChartsView(new ViewContext(analysis, selection, shown, palette, Screen.AT_ONCE, _ -> {}));
            StackPane root = new StackPane(view);
            root.getStyleClass().add("desk");
            root.setStyle(Palette.LIGHT.css());
            Scene scene = new Scene(root, width, height);
            scene.getStylesheets().add("show/desk.css");
            Stage stage = new Stage();
            stage.setScene(scene);
            stage.show();
            return new Opened(analysis, selection, shown, palette, view, scene);
        });
        Screen.settle();
        return opened;
    }

    private static int busiest(Opened opened) {
        return opened.analysis()
                .conversationsByImportance()
                .getFirst()
                .conversation()
                .id();
    }

    @Test
    void what_is_selected_decides_which_charts_are_shown() {
        Opened opened = open(1400, 900, TestPipeline.sample("loss-on-wan-link"));
        Screen.picture(opened.scene(), "charts-all-light-1400");
        assertEquals(
                List.of("Throughput", "Round-trip time", "Delay to server", "Delay to client", "Loss"),
                opened.titles());
        Screen.run(() -> opened.selection().conversation(busiest(opened)));
        Screen.picture(opened.scene(), "charts-conversation-light-1400");
        assertEquals(
                List.of("Throughput", "Round-trip time", "Window to client", "Time-sequence to client"),
                opened.titles());
        Screen.run(() -> {
            opened.selection().clear();
            opened.selection().finding(opened.analysis().findings().getFirst());
        });
        Screen.picture(opened.scene(), "charts-finding-light-1400");
        assertTrue(opened.said().contains("median"));
    }

    @Test
    void every_theme_leaves_a_picture_at_a_small_size() {
        Opened opened = open(820, 560, TestPipeline.sample("slow-reader"));
        Screen.run(() -> opened.selection().conversation(busiest(opened)));
        for (Theme theme : Theme.values()) {
            opened.theme(theme);
            Screen.picture(opened.scene(), "charts-conversation-" + theme.word() + "-820");
        }
        opened.theme(Theme.LIGHT);
        assertTrue(opened.said().contains("zero window at"));
    }

    @Test
    void a_drag_zooms_and_with_shift_selects_a_time_range_that_all_views_follow() {
        Opened opened = open(1200, 800, TestPipeline.sample("loss-on-wan-link"));
        Canvas canvas = opened.canvas();
        double before = opened.lastSecond() - opened.firstSecond();
        Screen.run(() -> drag(canvas, 400, 600, false));
        double zoomed = opened.lastSecond() - opened.firstSecond();
        assertTrue(zoomed < before / 3, zoomed + " of " + before);
        assertNull(Screen.on(() -> opened.selection().now().range()));
        Screen.run(() -> press(canvas, KeyCode.DIGIT0));
        assertEquals(before, opened.lastSecond() - opened.firstSecond(), 0.02);
        Screen.run(() -> drag(canvas, 500, 700, true));
        Selection.Range range = Screen.on(() -> opened.selection().now().range());
        assertNotNull(range);
        assertTrue(opened.lastSecond() - opened.firstSecond() < before / 3);
        Screen.run(() -> mouse(canvas, MouseEvent.MOUSE_MOVED, 600, 200, false, 0));
        Screen.picture(opened.scene(), "charts-range-crosshair-light-1200");
        assertTrue(Screen.shows(opened.scene(), " UTC"));
        Screen.run(() -> opened.selection().range(null));
        assertEquals(before, opened.lastSecond() - opened.firstSecond(), 0.02);
    }

    @Test
    void keys_zoom_move_and_step_from_packet_to_packet() {
        Opened opened = open(1200, 800, TestPipeline.sample("loss-on-wan-link"));
        Screen.run(() -> opened.selection().conversation(busiest(opened)));
        Canvas canvas = opened.canvas();
        double before = opened.lastSecond() - opened.firstSecond();
        Screen.run(() -> {
            canvas.requestFocus();
            press(canvas, KeyCode.PLUS);
            press(canvas, KeyCode.PLUS);
        });
        assertTrue(opened.lastSecond() - opened.firstSecond() < before * 0.75);
        double first = opened.firstSecond();
        Screen.run(() -> press(canvas, KeyCode.D));
        assertTrue(opened.firstSecond() > first);
        Screen.run(() -> {
            press(canvas, KeyCode.DIGIT0);
            press(canvas, KeyCode.DOWN);
            press(canvas, KeyCode.RIGHT);
        });
        int one = Screen.on(() -> opened.selection().now().journey());
        assertNotEquals(Selection.NONE, one);
        Screen.run(() -> press(canvas, KeyCode.RIGHT));
        int two = Screen.on(() -> opened.selection().now().journey());
        assertNotEquals(one, two);
        Screen.picture(opened.scene(), "charts-packet-light-1200");
        Screen.run(() -> press(canvas, KeyCode.LEFT));
        assertEquals(one, Screen.on(() -> opened.selection().now().journey()));
    }

    @Test
    void a_click_selects_the_packet_under_the_mouse() {
        Opened opened = open(1200, 800, TestPipeline.sample("loss-on-wan-link"));
        Screen.run(() -> opened.selection().conversation(busiest(opened)));
        Canvas canvas = opened.canvas();
        Screen.run(() -> {
            for (double y = canvas.getHeight() - 20;
                    y > canvas.getHeight() * 0.75 && opened.selection().now().journey() == Selection.NONE;
                    y -= 4) {
                mouse(canvas, MouseEvent.MOUSE_CLICKED, 800, y, false, 1);
            }
        });
        int journey = Screen.on(() -> opened.selection().now().journey());
        assertNotEquals(Selection.NONE, journey, "no packet under the mouse");
        assertEquals(busiest(opened), opened.analysis().stitched().journeys().conversation(journey));
    }

    @Test
    void what_cannot_be_charted_says_why(@TempDir Path folder) {
        Opened opened =
                open(1200, 800, List.of(TestPipeline.talk(folder, 20, 30, 40).getFirst()));
        Screen.run(() -> {
            for (String name : List.of("Window", "Time-sequence", "Connections", "Delay", "Round-trip time", "Loss")) {
                ToggleButton toggle = (ToggleButton) Screen.all(opened.scene().getRoot()).stream()
                        .filter(node -> node instanceof ToggleButton button
                                && button.getText().equals(name))
                        .findFirst()
                        .orElseThrow();
                if (!toggle.isSelected()) {
                    toggle.fire();
                }
            }
        });
        Screen.picture(opened.scene(), "charts-empty-light-1200");
        String said = opened.said();
        assertTrue(said.contains("Delay needs captures from two points"), said);
        assertTrue(said.contains("Select one TCP conversation"), said);
        assertTrue(said.contains("No TCP connection was opened"), said);
        assertTrue(said.contains("there is no round-trip time"), said);
    }

    @Test
    void the_display_filter_leaves_out_conversations_and_the_title_says_so() {
        Opened opened = open(1200, 800, TestPipeline.sample("loss-on-wan-link"));
        BitSet one = new BitSet();
        one.set(1);
        BitSet journeys = new BitSet();
        Arrays.stream(opened.analysis().stitched().journeys().of(1)).forEach(journeys::set);
        double all = bits(opened);
        Screen.run(() -> opened.shown().set(new Shown("tcp.stream == 1", List.of(), journeys, one, 1, 2, 0)));
        assertTrue(Screen.shows(opened.scene(), "1 match tcp.stream == 1"));
        ConversationMetrics left = opened.analysis().measures().conversations().get(1);
        assertTrue(bits(opened) < all);
        assertEquals(8.0 * (left.bytes()[0] + left.bytes()[1]), bits(opened), 1);
    }

    /** All that passed, as the throughput chart adds it up. */
    private static double bits(Opened opened) {
        Scope scope = Screen.on(() -> Scope.of(
                opened.analysis(), opened.selection().now(), opened.shown().get()));
        Collected collected = new TrafficTracks(opened.analysis(), scope, Progress.NONE).throughput();
        long from = scope.extent().fromNanos();
        Window window = Window.of(from, scope.extent().toNanos(), scope.extent(), 1_000);
        return IntStream.range(0, 2)
                .mapToObj(i -> new Thinning(window, 2, Progress.NONE)
                        .layers(collected.tracks().get(i))
                        .getFirst())
                .flatMapToDouble(layer -> Arrays.stream(layer.high()))
                .filter(value -> !Double.isNaN(value))
                .map(value -> value * window.stepNanos() / 1e9)
                .sum();
    }

    @Test
    void the_charts_can_be_drawn_into_a_document() {
        Opened opened = open(1000, 700, TestPipeline.sample("congested-uplink"));
        DeskView.Drawing drawing = Screen.on(() -> opened.view().drawing()).orElseThrow();
        BufferedImage image =
                new BufferedImage((int) drawing.width(), (int) drawing.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        drawing.onto().accept(new Graphics2DPen(g));
        g.dispose();
        int line = Graphics2DPen.awt(Palette.LIGHT.toServer()).getRGB();
        long drawn = Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .filter(pixel -> pixel == line)
                .count();
        assertTrue(drawn > 100, drawn + " pixels of the line to the server");
    }

    private static void drag(Canvas canvas, double from, double to, boolean shift) {
        mouse(canvas, MouseEvent.MOUSE_PRESSED, from, 80, shift, 1);
        mouse(canvas, MouseEvent.MOUSE_DRAGGED, to, 80, shift, 1);
        mouse(canvas, MouseEvent.MOUSE_RELEASED, to, 80, shift, 1);
    }

    private static void mouse(Node node, EventType<MouseEvent> type, double x, double y, boolean shift, int clicks) {
        Point2D at = Objects.requireNonNull(node.localToScene(x, y));
        boolean still = type == MouseEvent.MOUSE_CLICKED;
        node.fireEvent(new MouseEvent(
                type,
                at.getX(),
                at.getY(),
                at.getX(),
                at.getY(),
                clicks == 0 ? MouseButton.NONE : MouseButton.PRIMARY,
                clicks,
                shift,
                false,
                false,
                false,
                clicks > 0,
                false,
                false,
                false,
                false,
                still,
                null));
    }

    private static void press(Node node, KeyCode code) {
        node.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }
}
