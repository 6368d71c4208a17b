package phalanx.show.ladder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import javafx.application.Application;
import javafx.beans.property.SimpleObjectProperty;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.measure.PacketFates;
import phalanx.show.DataTable;
import phalanx.show.DeskView;
import phalanx.show.Graphics2DPen;
import phalanx.show.Palette;
import phalanx.show.Screen;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.Theme;
import phalanx.show.ViewContext;

/** The ladder on real captures, without a display; every state leaves a picture behind. */
class LadderViewTest {
    private record Opened(
            Analysis analysis,
            Selection selection,
            LadderView ladder,
            Scene scene,
            SimpleObjectProperty<Palette> palette,
            SimpleObjectProperty<Shown> shown,
            List<String> filters) {
        Viewport view() {
            return Screen.on(() -> Objects.requireNonNull(ladder.canvas().view()));
        }

        LadderPicture picture() {
            return Screen.on(
                    () -> Objects.requireNonNull(ladder.model().picture().get()));
        }

        void theme(Theme theme) {
            Screen.run(() -> {
                Application.setUserAgentStylesheet(theme.baseSheet());
                scene.getRoot().setStyle(theme.palette().css());
                palette.set(theme.palette());
            });
        }

        Color pixel(double x, double y) {
            return Screen.on(() -> ladder.canvas()
                    .canvas()
                    .snapshot(null, null)
                    .getPixelReader()
                    .getColor((int) x, (int) y));
        }

        void fire(String text) {
            Screen.run(() -> Screen.all(scene.getRoot()).stream()
                    .filter(node -> node instanceof ButtonBase button
                            && button.getText().contains(text))
                    .map(ButtonBase.class::cast)
                    .findFirst()
                    .orElseThrow()
                    .fire());
            Screen.settle();
        }

        void click(double x, double y) {
            mouse(MouseEvent.MOUSE_CLICKED, x, y, false);
        }

        void mouse(EventType<MouseEvent> type, double x, double y, boolean shift) {
            Screen.run(() -> {
                Canvas canvas = ladder.canvas().canvas();
                var at = canvas.localToScene(x, y);
                canvas.fireEvent(new MouseEvent(
                        type,
                        at.getX(),
                        at.getY(),
                        at.getX(),
                        at.getY(),
                        MouseButton.PRIMARY,
                        1,
                        shift,
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
            });
            Screen.settle();
        }

        void press(KeyCode code) {
            Screen.run(() -> ladder.canvas()
                    .canvas()
                    .fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false)));
            Screen.settle();
        }
    }

    private static Opened open(String sample, double width, double height) {
        return open(TestPipeline.analyze(TestPipeline.sample(sample)), width, height);
    }

    private static Opened open(Analysis analysis, double width, double height) {
        Opened opened = Screen.on(() -> {
            Selection selection = new Selection(analysis.stitched());
            SimpleObjectProperty<Palette> palette = new SimpleObjectProperty<>(Palette.LIGHT);
            SimpleObjectProperty<Shown> shown = new SimpleObjectProperty<>(Shown.ALL);
            List<String> filters = new ArrayList<>();
            LadderView ladder =
                    new LadderView(new ViewContext(analysis, selection, shown, palette, Screen.AT_ONCE, filters::add));
            Application.setUserAgentStylesheet(Theme.LIGHT.baseSheet());
            ladder.setStyle(Palette.LIGHT.css());
            Scene scene = new Scene(ladder, width, height);
            scene.getStylesheets()
                    .add(Objects.requireNonNull(LadderView.class.getResource("/show/desk.css"))
                            .toExternalForm());
            ladder.getStyleClass().add("desk");
            Stage stage = new Stage();
            stage.setScene(scene);
            stage.show();
            return new Opened(analysis, selection, ladder, scene, palette, shown, filters);
        });
        opened.theme(Theme.LIGHT);
        Screen.settle();
        return opened;
    }

    private static ExplainedFinding root(Analysis analysis) {
        return Objects.requireNonNull(analysis.conclusion().finding());
    }

    @Test
    void a_finding_is_shown_with_its_proof_numbered_and_its_losses_in_three_themes() {
        for (double[] size : new double[][] {{1200, 640}, {760, 420}}) {
            Opened opened = open("loss-on-wan-link", size[0], size[1]);
            Screen.run(() -> opened.selection().finding(root(opened.analysis())));
            for (Theme theme : Theme.values()) {
                opened.theme(theme);
                Screen.picture(opened.scene(), "ladder-finding-" + theme.word() + "-" + (int) size[0]);
            }
            LadderPicture picture = opened.picture();
            int rung = picture.rungOf(opened.selection().now().journey());
            assertTrue(picture.has(rung, PacketFates.LOST), "the first proof of loss is a lost packet");
            assertTrue(picture.proofNumber(rung) > 0);
            assertTrue(opened.view().sees(rung));
        }
    }

    @Test
    void each_mode_keeps_the_packets_and_their_order() {
        Opened opened = open("loss-on-wan-link", 1200, 640);
        Screen.run(() -> opened.selection().conversation(0));
        int packets = opened.picture().rungs();
        for (KeyCode key : List.of(KeyCode.T, KeyCode.E, KeyCode.G)) {
            opened.press(key);
            LadderPicture picture = opened.picture();
            Screen.picture(
                    opened.scene(), "ladder-" + picture.scale().mode().name().toLowerCase(Locale.ROOT));
            assertEquals(packets, picture.rungs());
            for (int rung = 1; rung < packets; rung++) {
                assertTrue(picture.scale().height(rung) >= picture.scale().height(rung - 1));
                assertEquals(rung, picture.rungOf(picture.journeys()[rung]));
            }
        }
        assertTrue(
                IntStream.range(0, packets)
                        .anyMatch(rung -> opened.picture().scale().foldedBefore(rung) > 0),
                "a silence is folded");
    }

    @Test
    void the_whole_ladder_is_shades_and_a_loss_is_still_seen() {
        Opened opened = open("loss-on-wan-link", 1200, 640);
        opened.press(KeyCode.DIGIT0);
        assertEquals(Detail.DENSITY, Detail.of(opened.view()));
        for (Theme theme : Theme.values()) {
            opened.theme(theme);
            Screen.picture(opened.scene(), "ladder-density-" + theme.word());
        }
        opened.theme(Theme.LIGHT);
        Crossings crossings = opened.picture().crossings();
        Viewport view = opened.view();
        int[] counts = new int[(int) view.bodyHeight()];
        boolean seen = false;
        for (int gap = 0; gap < crossings.gaps(); gap++) {
            crossings.count(gap, Crossings.Kind.LOST, view.rowsAt(view.head()), 1 / view.zoom(), counts);
            for (int row = 0; row < counts.length; row++) {
                if (counts[row] > 0) {
                    double x = view.left() + (view.lanes()[gap][0] + view.lanes()[gap][1]) / 2;
                    assertEquals(Palette.LIGHT.critical(), opened.pixel(x, view.head() + row), "loss at row " + row);
                    seen = true;
                }
            }
        }
        assertTrue(seen);
    }

    @Test
    void a_packet_is_selected_by_click_joined_over_its_sightings_and_measured_against_another() {
        Opened opened = open("loss-on-wan-link", 1200, 640);
        Screen.run(() -> opened.selection().conversation(0));
        LadderPicture picture = opened.picture();
        Viewport view = opened.view();
        double y = view.y(picture.scale().height(0));
        opened.click(view.x(picture.column(0, 0)), y);
        assertEquals(
                picture.journeys()[0], Screen.on(() -> opened.selection().now().journey()));
        int at = Screen.on(
                () -> Objects.requireNonNull(opened.selection().now().packet()).capture());
        opened.press(KeyCode.TAB);
        int next = Screen.on(
                () -> Objects.requireNonNull(opened.selection().now().packet()).capture());
        assertEquals(picture.columns().get(picture.column(0, 1)).capture(), next);
        assertFalse(at == next);
        opened.press(KeyCode.DIGIT2);
        opened.press(KeyCode.N);
        opened.press(KeyCode.N);
        assertEquals(
                picture.journeys()[2], Screen.on(() -> opened.selection().now().journey()));
        DataTable between = PacketTables.between(picture, 2, 0);
        assertEquals(picture.columns().getFirst().name(), between.cell(0, 0));
        assertTrue(Screen.shows(opened.scene(), between.cell(0, 3)), "the difference at the first point");
        Screen.picture(opened.scene(), "ladder-cursors");
        opened.press(KeyCode.DIGIT1);
        assertEquals(
                picture.journeys()[0], Screen.on(() -> opened.selection().now().journey()));
    }

    @Test
    void what_is_under_the_pointer_is_told_beside_it() {
        Opened opened = open("nat-and-loss", 1200, 640);
        Screen.run(() -> opened.selection().conversation(0));
        Viewport view = opened.view();
        LadderPicture picture = opened.picture();
        opened.mouse(
                MouseEvent.MOUSE_MOVED,
                view.x(picture.column(3, 0)),
                view.y(picture.scale().height(3)),
                false);
        Screen.picture(opened.scene(), "ladder-hover");
        DataTable sightings = PacketTables.sightings(picture, 3);
        assertTrue(Screen.shows(opened.scene(), sightings.cell(0, 2)));
        opened.mouse(MouseEvent.MOUSE_MOVED, view.width() - 10, view.head() + 60, false);
        Screen.picture(opened.scene(), "ladder-hover-minimap");
        assertTrue(
                cards(opened).getFirst() instanceof MinimapKey && cards(opened).size() == 1, "no packet's card");
        assertTrue(
                new RungWords(picture).packet(0).getFirst().contains("NAT source"),
                new RungWords(picture).packet(0).getFirst());
    }

    @Test
    void shift_and_drag_narrows_the_time_and_the_chip_widens_it() {
        Opened opened = open("loss-on-wan-link", 1200, 640);
        Screen.run(() -> opened.selection().conversation(0));
        int before = opened.picture().rungs();
        opened.mouse(MouseEvent.MOUSE_PRESSED, 400, 150, true);
        opened.mouse(MouseEvent.MOUSE_DRAGGED, 400, 400, true);
        Screen.picture(opened.scene(), "ladder-range-dragged");
        opened.mouse(MouseEvent.MOUSE_RELEASED, 400, 400, true);
        Selection.Range range = Screen.on(() -> opened.selection().now().range());
        assertNotNull(range);
        LadderPicture narrowed = opened.picture();
        assertTrue(narrowed.rungs() < before);
        assertTrue(range.contains(narrowed.scale().start(0)));
        assertTrue(range.contains(narrowed.scale().start(narrowed.rungs() - 1)));
        Screen.picture(opened.scene(), "ladder-range");
        opened.fire("\u00d7");
        assertEquals(before, opened.picture().rungs());
    }

    @Test
    void the_filter_removes_and_its_count_is_told() {
        Opened opened = open("loss-on-wan-link", 1200, 640);
        Screen.run(() -> opened.selection().conversation(0));
        LadderPicture all = opened.picture();
        BitSet some = new BitSet();
        IntStream.range(0, 10).forEach(rung -> some.set(all.journeys()[rung]));
        Screen.run(() -> opened.shown().set(shown(opened.analysis(), some)));
        assertEquals(10, opened.picture().rungs());
        assertTrue(Screen.shows(opened.scene(), "shown 10 of "));
        Screen.picture(opened.scene(), "ladder-filtered");
        Screen.run(() -> opened.shown().set(shown(opened.analysis(), new BitSet())));
        assertTrue(Screen.shows(opened.scene(), "No packet here matches the filter: tcp.len > 99999"));
        Screen.picture(opened.scene(), "ladder-no-match");
        opened.fire("Clear filter");
        assertEquals(List.of(""), opened.filters());
    }

    private static Shown shown(Analysis analysis, BitSet journeys) {
        List<BitSet> none =
                analysis.stitched().captures().stream().map(_ -> new BitSet()).toList();
        return new Shown("tcp.len > 99999", none, journeys, new BitSet(), journeys.cardinality(), 100, 0);
    }

    @Test
    void two_conversations_stand_side_by_side_and_begin_together() {
        Opened opened = open("slow-server", 1400, 700);
        Screen.run(() -> {
            opened.selection().conversation(0);
            opened.selection().compare(1);
        });
        LadderPicture picture = opened.picture();
        assertEquals(
                2 * opened.analysis().stitched().captures().size(),
                picture.columns().size());
        int second = IntStream.range(0, picture.rungs())
                .filter(r -> picture.side(r) == 1)
                .findFirst()
                .orElseThrow();
        int first = IntStream.range(0, picture.rungs())
                .filter(r -> picture.side(r) == 0)
                .findFirst()
                .orElseThrow();
        assertEquals(picture.scale().start(first), picture.scale().start(second));
        assertEquals(second, picture.rungOf(picture.journeys()[second]));
        assertTrue(Screen.shows(opened.scene(), "Retransmissions"));
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            opened.theme(theme);
            Screen.picture(opened.scene(), "ladder-compared-" + theme.word());
        }
    }

    @Test
    void one_point_and_many_points_and_no_packet_are_legible(@TempDir Path folder) {
        Opened one = open(
                TestPipeline.analyze(
                        List.of(TestPipeline.sample("loss-on-wan-link").getFirst())),
                1000,
                560);
        Screen.picture(one.scene(), "ladder-one-point");
        assertEquals(1, one.picture().columns().size());
        Opened many = open(TestPipeline.analyze(TestPipeline.relay(folder, 40)), 1200, 600);
        Screen.picture(many.scene(), "ladder-40-points");
        double before = many.view().x(39);
        for (int i = 0; i < 20; i++) {
            many.press(KeyCode.D);
        }
        Screen.picture(many.scene(), "ladder-40-points-right");
        assertTrue(many.view().x(39) < before);
        Screen.run(() -> many.selection().range(new Selection.Range(0, 1)));
        Screen.picture(many.scene(), "ladder-nothing-then");
        assertTrue(Screen.shows(many.scene(), "No packet in the chosen time range"));
    }

    @Test
    void a_clock_that_is_not_tied_tells_no_delay() {
        List<Path> strangers = List.of(
                TestPipeline.sample("loss-on-wan-link").getFirst(),
                TestPipeline.sample("slow-server").getFirst());
        Opened opened = open(TestPipeline.analyze(strangers), 1000, 560);
        Screen.picture(opened.scene(), "ladder-unknown-clock");
        assertTrue(opened.picture().columns().stream().anyMatch(column -> !column.timed()));
    }

    @Test
    void traffic_one_way_tells_no_delay(@TempDir Path folder) {
        LadderPicture picture = open(TestPipeline.analyze(TestPipeline.oneWay(folder)), 1000, 560)
                .picture();
        DataTable sightings = PacketTables.sightings(picture, 0);
        assertTrue(
                List.of(sightings.cell(0, 3), sightings.cell(1, 3)).contains("delay unknown"),
                () -> sightings.cell(0, 3) + ", " + sightings.cell(1, 3));
    }

    @Test
    void without_a_packet_selected_a_step_begins_at_the_end_it_comes_from() {
        Opened opened = open("loss-on-wan-link", 1000, 560);
        int[] journeys = opened.picture().journeys();
        for (KeyCode key : List.of(KeyCode.N, KeyCode.P, KeyCode.HOME, KeyCode.END)) {
            Screen.run(() -> opened.selection().journey(Selection.NONE));
            opened.press(key);
            boolean first = key == KeyCode.N || key == KeyCode.HOME;
            assertEquals(
                    journeys[first ? 0 : journeys.length - 1],
                    Screen.on(() -> opened.selection().now().journey()),
                    key.getName());
        }
    }

    @Test
    void a_time_range_narrows_both_of_two_conversations_by_the_common_axis() {
        Opened opened = open("slow-server", 1400, 700);
        Screen.run(() -> {
            opened.selection().conversation(0);
            opened.selection().compare(1);
        });
        TimeScale scale = opened.picture().scale();
        int packets = opened.picture().rungs();
        Screen.run(() -> opened.selection().range(new Selection.Range(scale.start(0), scale.start(packets - 1))));
        assertEquals(packets, opened.picture().rungs());
    }

    @Test
    void the_card_beside_the_pointer_goes_with_its_picture() {
        Opened opened = open("slow-server", 1200, 640);
        Screen.run(() -> opened.selection().conversation(0));
        Viewport view = opened.view();
        LadderPicture picture = opened.picture();
        opened.mouse(
                MouseEvent.MOUSE_MOVED,
                view.x(picture.column(0, 0)),
                view.y(picture.scale().height(0)),
                false);
        assertTrue(seesCard(opened));
        Screen.run(() -> opened.selection().conversation(1));
        assertFalse(seesCard(opened));
    }

    private static boolean seesCard(Opened opened) {
        return !cards(opened).isEmpty();
    }

    private static List<Node> cards(Opened opened) {
        return Screen.on(() -> Screen.all(opened.scene().getRoot()).stream()
                .filter(node -> node.getStyleClass().contains("hover-card") && node.isVisible())
                .toList());
    }

    /** Reports and pictures are written in the background. */
    @Test
    void a_ladder_is_drawn_on_paper_by_any_thread() {
        Opened opened = open("loss-on-wan-link", 1000, 560);
        for (KeyCode size : List.of(KeyCode.PLUS, KeyCode.DIGIT0)) { // arrows, shades
            opened.press(size);
            DeskView.Drawing drawing = Screen.on(() -> opened.ladder().drawing().orElseThrow());
            BufferedImage page = new BufferedImage(1000, 560, BufferedImage.TYPE_INT_RGB);
            drawing.onto().accept(new Graphics2DPen(page.createGraphics()));
            assertTrue(colours(page, 0, 900) > 8, "the ladder");
            assertTrue(colours(page, (int) drawing.width() - 40, (int) drawing.width()) > 8, "the overview beside it");
        }
    }

    private static long colours(BufferedImage page, int from, int to) {
        return IntStream.range(from, to)
                .flatMap(x -> IntStream.range(0, page.getHeight()).map(y -> page.getRGB(x, y)))
                .distinct()
                .count();
    }

    @Test
    void however_many_packets_a_drawing_takes_few_strokes() {
        Opened opened = open("loss-on-wan-link", 1600, 900);
        LadderPicture picture = opened.picture();
        Viewport view = Viewport.legible(picture, 1600, 900, 1).whole();
        for (int step = 0; step < 40; step++) {
            Strokes strokes = new Strokes();
            LadderMarks marks =
                    new LadderMarks(picture.rungs() / 2, 0, 1, Collections.emptyNavigableMap(), 0, 300, 2, 5);
            Viewport at = view;
            Screen.run(() -> new LadderPainter(false).paint(strokes, at, marks, Palette.DARK));
            assertTrue(strokes.count < 3000, strokes.count + " strokes at zoom " + view.zoom());
            view = view.zoomed(1.3, 450);
        }
    }

    @Test
    void the_table_says_what_the_drawing_shows() {
        Opened opened = open("loss-on-wan-link", 1200, 640);
        Screen.run(() -> opened.selection().finding(root(opened.analysis())));
        DataTable table = Screen.on(() -> opened.ladder().table().orElseThrow());
        LadderPicture picture = opened.picture();
        assertEquals(picture.rungs(), table.rows());
        int lost = picture.proof()[0];
        assertTrue(table.cell(lost, table.columns().size() - 2).contains("lost"));
        assertEquals("0.000000", table.cell(0, 0));
    }
}
