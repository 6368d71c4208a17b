package phalanx.show.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javafx.application.Application;
import javafx.beans.property.SimpleObjectProperty;
import javafx.event.Event;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Labeled;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.explain.Analysis;
import phalanx.net.IpAddress;
import phalanx.show.DataTable;
import phalanx.show.DeskView;
import phalanx.show.Graphics2DPen;
import phalanx.show.HostNames;
import phalanx.show.NotedPackets;
import phalanx.show.Palette;
import phalanx.show.Screen;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.Theme;
import phalanx.show.ViewContext;
import phalanx.telemetry.ServiceName;
import phalanx.telemetry.Span;
import phalanx.telemetry.Telemetry;
import phalanx.topology.Layout;
import phalanx.topology.PlaceRole;

/** The map and the summary beside it, with real captures; every state leaves a picture behind. */
class MapViewTest {
    private record Opened(
            MapView view,
            PlaceSummaryView summary,
            Selection selection,
            Scene scene,
            SimpleObjectProperty<Palette> palette,
            SimpleObjectProperty<Shown> shown) {
        void theme(Theme theme) {
            Screen.run(() -> {
                Application.setUserAgentStylesheet(theme.baseSheet());
                scene.getRoot().setStyle(theme.palette().css());
                palette.set(theme.palette());
            });
        }

        void picture(String name) {
            Screen.picture(scene, "map-" + name);
        }

        MapPicture drawn() {
            return Objects.requireNonNull(Screen.on(() -> view.model().picture().get()));
        }

        Canvas canvas() {
            return Screen.on(() -> Screen.all(view).stream()
                    .filter(node -> node instanceof Canvas && "Map".equals(node.getAccessibleRoleDescription()))
                    .map(Canvas.class::cast)
                    .findFirst()
                    .orElseThrow());
        }

        void press(KeyCode code, boolean shift) {
            Screen.run(() -> Event.fireEvent(
                    canvasNow(), new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, false, false, false)));
        }

        private Canvas canvasNow() {
            return Screen.all(view).stream()
                    .filter(node -> node instanceof Canvas && "Map".equals(node.getAccessibleRoleDescription()))
                    .map(Canvas.class::cast)
                    .findFirst()
                    .orElseThrow();
        }

        void toggle(String hint) {
            Screen.run(() -> Screen.all(view).stream()
                    .filter(node -> node instanceof ToggleButton && hint.equals(node.getAccessibleText()))
                    .map(ToggleButton.class::cast)
                    .forEach(ToggleButton::fire));
        }
    }

    private static Opened open(Analysis analysis, double width, double height) {
        Opened opened = Screen.on(() -> {
            SimpleObjectProperty<Palette> palette = new SimpleObjectProperty<>(Palette.LIGHT);
            SimpleObjectProperty<Shown> shown = new SimpleObjectProperty<>(Shown.ALL);
            Selection selection = new Selection(analysis.stitched());
            ViewContext context = new ViewContext(analysis, selection, shown, palette, Screen.AT_ONCE, _ -> {});
            MapView view = new MapView(context);
            PlaceSummaryView summary = new PlaceSummaryView(context);
            summary.setPrefWidth(330);
            BorderPane root = new BorderPane(view);
            root.setRight(summary);
            root.getStyleClass().addAll("root", "desk");
            Scene scene = new Scene(root, width, height);
            scene.getStylesheets()
                    .add(Objects.requireNonNull(MapView.class.getResource("/show/desk.css"))
                            .toExternalForm());
            Stage stage = new Stage();
            stage.setScene(scene);
            stage.show();
            return new Opened(view, summary, selection, scene, palette, shown);
        });
        opened.theme(Theme.LIGHT);
        Screen.settle();
        return opened;
    }

    private static Opened open(String sample, double width, double height) {
        return open(TestPipeline.analyze(TestPipeline.sample(sample)), width, height);
    }

    private static void at(Opened opened, Object type, double x, double y, int clicks) {
        Canvas canvas = opened.canvas();
        Point2D in = Screen.on(() -> canvas.localToScene(x, y));
        Screen.run(() -> Event.fireEvent(
                canvas,
                new MouseEvent(
                        type == MouseEvent.MOUSE_MOVED ? MouseEvent.MOUSE_MOVED : MouseEvent.MOUSE_CLICKED,
                        in.getX(),
                        in.getY(),
                        in.getX(),
                        in.getY(),
                        MouseButton.PRIMARY,
                        clicks,
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
                        null)));
    }

    @Test
    void the_path_shows_roles_figures_and_the_finding_in_three_themes_at_two_sizes() {
        for (double[] size : new double[][] {{1000, 300}, {1500, 620}}) {
            Opened opened = open("loss-on-wan-link", size[0], size[1]);
            Screen.run(() -> opened.selection()
                    .finding(opened.view().model().picture().get().edges().stream()
                            .flatMap(mark -> mark.trouble().stream())
                            .findFirst()
                            .orElseThrow()));
            opened.toggle("Legend");
            for (Theme theme : Theme.values()) {
                opened.theme(theme);
                opened.picture("path-" + theme.word() + "-" + (int) size[0]);
            }
            MapPicture drawn = opened.drawn();
            assertEquals(
                    List.of(
                            PlaceRole.CLIENT,
                            PlaceRole.CLIENT,
                            PlaceRole.ROUTER,
                            PlaceRole.ROUTER,
                            PlaceRole.ROUTER,
                            PlaceRole.SERVER,
                            PlaceRole.SERVER),
                    drawn.nodes().stream().map(mark -> mark.node().role()).toList());
            assertEquals(
                    List.of("F1"),
                    drawn.edges().stream()
                            .flatMap(mark -> mark.trouble().stream())
                            .map(told -> told.id())
                            .toList());
            assertTrue(drawn.edges().stream().anyMatch(mark -> mark.forward().matches("p95 .* ms, loss .* %")));
            assertEquals(
                    MapPicture.Health.DEGRADED,
                    drawn.edges().stream()
                            .map(MapPicture.EdgeMark::health)
                            .max(java.util.Comparator.naturalOrder())
                            .orElseThrow());
        }
    }

    @Test
    void branches_and_levels_leave_pictures() {
        for (String sample : List.of("asymmetric-return-loss", "nat-and-loss", "firewall-drops-syn", "slow-server")) {
            Opened opened = open(sample, 1000, 420);
            for (MapLevel level : MapLevel.values()) {
                Screen.run(() -> opened.view().model().level().set(level));
                opened.picture(sample + "-" + level.name().toLowerCase(java.util.Locale.ROOT));
                assertFalse(opened.drawn().nodes().isEmpty(), sample);
            }
        }
    }

    @Test
    void hosts_add_up_to_what_the_conversations_have() {
        Analysis analysis = TestPipeline.analyze(TestPipeline.sample("nat-and-loss"));
        Opened opened = open(analysis, 1000, 420);
        Screen.run(() -> opened.view().model().level().set(MapLevel.HOSTS));
        MapPicture drawn = opened.drawn();
        long bytes = analysis.measures().conversations().stream()
                .mapToLong(m -> m.bytes()[0] + m.bytes()[1])
                .sum();
        assertEquals(
                bytes,
                drawn.edges().stream().mapToLong(mark -> mark.edge().bytes()).sum());
        long lost = analysis.measures().segments().stream()
                .mapToLong(segment -> segment.counts().lost())
                .sum();
        assertEquals(
                lost,
                drawn.edges().stream()
                        .mapToLong(mark -> mark.edge().forward().lost()
                                + mark.edge().backward().lost())
                        .sum());
        BitSet one = new BitSet();
        one.set(0);
        Screen.run(() -> opened.shown().set(new Shown("tcp", List.of(), new BitSet(), one, 1, 2, 3)));
        assertEquals(
                analysis.measures().conversations().getFirst().bytes()[0]
                        + analysis.measures().conversations().getFirst().bytes()[1],
                opened.drawn().edges().stream()
                        .mapToLong(mark -> mark.edge().bytes())
                        .sum());
        Screen.run(() -> opened.shown().set(new Shown("icmp", List.of(), new BitSet(), new BitSet(), 0, 2, 3)));
        opened.picture("filtered-out");
        assertTrue(Screen.shows(opened.scene(), "conversations match the display filter"));
    }

    @Test
    void a_click_selects_and_the_summary_tells_both_ways() {
        Opened opened = open("loss-on-wan-link", 1200, 520);
        opened.picture("summary-empty");
        assertTrue(Screen.shows(opened.scene(), "Select a place or a link"));
        Canvas canvas = opened.canvas();
        double middle = Screen.on(canvas::getHeight) / 2 + 4;
        boolean[] hit = new boolean[2];
        for (double x = 80; x < Screen.on(canvas::getWidth); x += 12) {
            at(opened, MouseEvent.MOUSE_CLICKED, x, middle, 1);
            String place = Screen.on(() -> opened.selection().now().place());
            hit[0] |= "hop-1".equals(place);
            hit[1] |= place != null && place.contains(">hop-");
        }
        assertTrue(hit[0] && hit[1], "a capture point and a link lie under the mouse");
        String wan = opened.drawn().edges().stream()
                .filter(mark -> mark.trouble().isPresent())
                .map(mark -> mark.edge().id())
                .findFirst()
                .orElseThrow();
        Screen.run(() -> opened.selection().place(wan));
        for (Theme theme : Theme.values()) {
            opened.theme(theme);
            opened.picture("summary-link-" + theme.word());
        }
        DataTable table = Screen.on(() -> opened.summary().table().orElseThrow());
        assertEquals("Lost", Screen.on(() -> table.cell(2, 0)));
        assertTrue(table.cell(2, 1).matches("\\d+ \\(\\d.* %\\)"), table.cell(2, 1));
        Hyperlink link = Screen.on(() -> Screen.all(opened.summary()).stream()
                .filter(Hyperlink.class::isInstance)
                .map(Hyperlink.class::cast)
                .findFirst()
                .orElseThrow());
        Screen.run(link::fire);
        assertEquals(
                "F1",
                Objects.requireNonNull(Screen.on(() -> opened.selection().now().finding()))
                        .id());
        Screen.run(() -> opened.selection().place("hop-1"));
        opened.picture("summary-point");
        assertTrue(Screen.shows(opened.scene(), "Maximum segment size"));
    }

    @Test
    void the_keyboard_walks_opens_and_moves() {
        Opened opened = open("loss-on-wan-link", 1000, 420);
        opened.press(KeyCode.RIGHT, false);
        assertEquals("client", Screen.on(() -> opened.selection().now().place()));
        opened.press(KeyCode.RIGHT, false);
        assertTrue(
                Objects.requireNonNull(Screen.on(() -> opened.selection().now().place()))
                        .startsWith("hop-"));
        opened.press(KeyCode.L, false);
        assertTrue(
                Objects.requireNonNull(Screen.on(() -> opened.selection().now().place()))
                        .contains(">"));
        String failing = opened.drawn().edges().stream()
                .filter(mark -> mark.trouble().isPresent())
                .map(mark -> mark.edge().id())
                .findFirst()
                .orElseThrow();
        Screen.run(() -> opened.selection().place(failing));
        opened.press(KeyCode.ENTER, false);
        assertNotNull(Screen.on(() -> opened.selection().now().finding()), "Enter shows the proof");
        Screen.run(() -> opened.selection().place("hop-1"));
        Layout.Point before = place(opened, "hop-1");
        opened.press(KeyCode.DOWN, true);
        opened.press(KeyCode.DOWN, true);
        assertEquals(before.y() + 24, place(opened, "hop-1").y(), 1e-6);
        Map<String, Layout.Point> kept =
                Screen.on(() -> opened.view().model().positions().get());
        assertEquals(List.of("path/hop-1"), List.copyOf(kept.keySet()));
        opened.picture("moved");
        Screen.run(() -> opened.view().model().positions().set(Map.of()));
        assertEquals(before, place(opened, "hop-1"));
    }

    private static Layout.Point place(Opened opened, String id) {
        MapPicture drawn = opened.drawn();
        return drawn.nodes().get(drawn.node(id)).at();
    }

    @Test
    void l_goes_through_all_links_of_the_place_it_began_at() {
        Opened opened = open("loss-on-wan-link", 1000, 420);
        Screen.run(() -> opened.selection().place("hop-1"));
        Set<String> places = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            opened.press(KeyCode.L, false);
            places.add(Objects.requireNonNull(
                    Screen.on(() -> opened.selection().now().place())));
        }
        assertEquals(2, places.size(), places::toString);
        assertTrue(places.stream().allMatch(place -> place.contains("hop-1")), places::toString);
    }

    @Test
    void no_bound_is_told_where_no_delay_is(@TempDir Path folder) {
        Opened opened = open(TestPipeline.analyze(TestPipeline.oneWay(folder)), 1200, 520);
        opened.drawn().edges().forEach(mark -> {
            Screen.run(() -> opened.selection().place(mark.edge().id()));
            assertFalse(
                    Screen.shows(opened.scene(), "Delays are within"),
                    mark.edge().id());
        });
    }

    @Test
    void finding_marks_hiding_removes_and_errors_are_told() {
        Opened opened = open("loss-on-wan-link", 1000, 420);
        opened.toggle("Find and hide places and links");
        Screen.run(() -> opened.view().model().find().set("loss > 1%"));
        opened.picture("find");
        assertEquals(1, opened.drawn().found());
        Screen.run(() -> opened.view().model().nextFound());
        assertTrue(
                Objects.requireNonNull(Screen.on(() -> opened.selection().now().place()))
                        .contains(">"));
        Screen.run(() -> {
            opened.view().model().find().set("");
            opened.view().model().hide().set("role = router");
        });
        opened.picture("hide");
        assertEquals(4, opened.drawn().nodes().size());
        Screen.run(() -> opened.view().model().hide().set("role > router"));
        opened.picture("query-error");
        assertTrue(Screen.shows(opened.scene(), "Column 6: role is a text"));
        assertEquals(4, opened.drawn().nodes().size(), "the last condition that was understood holds");
    }

    @Test
    void a_selected_conversation_lights_its_way() {
        Opened opened = open("asymmetric-return-loss", 1000, 420);
        Screen.run(() -> {
            opened.view().model().level().set(MapLevel.HOSTS);
            opened.selection().conversation(0);
        });
        opened.picture("conversation-hosts");
        MapPicture drawn = opened.drawn();
        MapLight light = Screen.on(() -> opened.view().model().light(drawn, null));
        assertEquals(
                drawn.drawn().edgeOf()[0], Objects.requireNonNull(light.edges()).nextSetBit(0));
        Screen.run(() -> opened.view().model().level().set(MapLevel.PATH));
        opened.picture("conversation-path");
        MapPicture path = opened.drawn();
        MapLight way = Screen.on(() -> opened.view().model().light(path, null));
        assertTrue(Objects.requireNonNull(way.edges()).cardinality() > 2);
    }

    @Test
    void the_mouse_tells_figures_and_the_drawing_goes_onto_paper() {
        Opened opened = open("loss-on-wan-link", 1000, 420);
        Canvas canvas = opened.canvas();
        double middle = Screen.on(canvas::getHeight) / 2 + 4;
        for (double x = 200; x < 640 && !hovers(opened, "delay p50"); x += 10) {
            at(opened, MouseEvent.MOUSE_MOVED, x, middle, 0);
        }
        opened.picture("hover");
        assertTrue(hovers(opened, "delay p50"), "no link under the mouse");
        Optional<DeskView.Drawing> drawing = Screen.on(() -> opened.view().drawing());
        DeskView.Drawing paper = drawing.orElseThrow();
        BufferedImage image = new BufferedImage((int) paper.width(), (int) paper.height(), BufferedImage.TYPE_INT_RGB);
        Screen.run(() -> paper.onto().accept(new Graphics2DPen(image.createGraphics())));
        assertNotEquals(
                1,
                java.util.Arrays.stream(
                                image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                        .distinct()
                        .count());
        DataTable table = Screen.on(() -> opened.view().table().orElseThrow());
        assertEquals(7 + 6, table.rows());
        assertNotEquals("0", table.cell(0, 11), "what has a finding comes first");
    }

    private static boolean hovers(Opened opened, String text) {
        return Screen.on(() -> Screen.all(opened.view()).stream()
                .anyMatch(node -> node.isVisible()
                        && node instanceof Labeled labeled
                        && labeled.getStyleClass().contains("map-hover")
                        && labeled.getText().contains(text)));
    }

    @Test
    void what_other_tools_say_draws_the_map_anew_only_where_it_shows_something_of_it() {
        Analysis analysis = TestPipeline.analyze(TestPipeline.sample("loss-on-wan-link"));
        IpAddress client =
                analysis.stitched().conversations().getFirst().client().address();
        SimpleObjectProperty<Telemetry> telemetry = new SimpleObjectProperty<>(Telemetry.NONE);
        MapViewModel model = Screen.on(() -> new MapViewModel(new ViewContext(
                analysis,
                new Selection(analysis.stitched()),
                new SimpleObjectProperty<>(Shown.ALL),
                new SimpleObjectProperty<>(Palette.LIGHT),
                Screen.AT_ONCE,
                _ -> {},
                () -> {},
                telemetry,
                new SimpleObjectProperty<>(HostNames.NONE),
                new SimpleObjectProperty<>(NotedPackets.NONE))));
        List<@Nullable MapPicture> pictures = new ArrayList<>();
        Screen.run(() -> model.picture().subscribe(now -> {
            pictures.add(now);
        }));
        Screen.run(() -> telemetry.set(services(client, 1)));
        assertEquals(1, pictures.size(), "the path knows no services");
        Screen.run(() -> model.level().set(MapLevel.HOSTS));
        Screen.run(() -> telemetry.set(services(client, 2)));
        assertEquals(2, pictures.size(), "hosts show no calls");
        Screen.run(() -> model.level().set(MapLevel.NAMED));
        Screen.run(() -> telemetry.set(services(client, 2)));
        assertEquals(3, pictures.size(), "nothing new");
        Screen.run(() -> telemetry.set(services(client, 3)));
        assertEquals(4, pictures.size());
    }

    /** So many calls of cart by web. */
    private static Telemetry services(IpAddress client, int calls) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            spans.add(new Span(
                    "t" + i,
                    "a",
                    "",
                    "web",
                    "cart",
                    Span.Kind.CLIENT,
                    1_000 + i,
                    5,
                    false,
                    null,
                    null,
                    client,
                    "GET",
                    Map.of()));
        }
        return new Telemetry(
                List.of(),
                List.of(),
                List.of(new ServiceName(client, ServiceName.Kind.POD, "shop", "web-0", "web")),
                spans,
                List.of());
    }
}
