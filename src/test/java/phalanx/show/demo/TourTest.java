package phalanx.show.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.Test;
import phalanx.app.TestPipeline;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.show.DeskView;
import phalanx.show.Look;
import phalanx.show.Screen;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.Theme;
import phalanx.show.ViewContext;
import phalanx.show.cause.CauseView;
import phalanx.show.conversations.ConversationsView;
import phalanx.show.dock.DockPlace;
import phalanx.show.dock.DockRoom;
import phalanx.show.dock.DockedView;
import phalanx.show.dock.Docks;
import phalanx.show.ladder.LadderView;
import phalanx.show.map.MapView;

/** A tour over real views of a real case; every state leaves a picture behind. */
class TourTest {
    /** The views of a case in docks, with the tour on top. */
    private record Opened(Selection selection, ObjectProperty<Shown> shown, TourViewModel tour, Scene scene) {}

    private static Opened open(String id, Theme theme, double width, double height, int textPercent) {
        Demo demo = Demo.find(id, List.of(Path.of("sample-pcaps", id)), Locale.ENGLISH)
                .orElseThrow();
        Analysis analysis = TestPipeline.analyze(TestPipeline.sample(id));
        return Screen.on(() -> {
            Selection selection = new Selection(analysis.stitched());
            ObjectProperty<Shown> shown = new SimpleObjectProperty<>(Shown.ALL);
            ViewContext context = new ViewContext(
                    analysis, selection, shown, new SimpleObjectProperty<>(theme.palette()), Screen.AT_ONCE, _ -> {});
            Docks docks = new Docks(
                    List.of(
                            docked("map", DockPlace.TOP, new MapView(context)),
                            docked("ladder", DockPlace.CENTRE, new LadderView(context)),
                            docked("conversations", DockPlace.BOTTOM, new ConversationsView(context)),
                            docked("cause", DockPlace.RIGHT, new CauseView(context))),
                    new DockRoom(1600, 1000),
                    Scene::new);
            TourViewModel tour = new TourViewModel(demo.script(), selection, shown);
            BorderPane desk = new BorderPane(docks.node());
            desk.setTop(new DemoBanner(new Demo.Start(demo, Demo.Mode.TOUR), _ -> {}, () -> {}));
            TourOverlay overlay = new TourOverlay(tour, views(docks));
            return new Opened(
                    selection,
                    shown,
                    tour,
                    Look.scene(new StackPane(desk, overlay), theme, width, height, textPercent));
        });
    }

    private static DockedView docked(String id, DockPlace place, DeskView view) {
        return new DockedView(id, id, "mdi2m-map-outline", place, () -> view);
    }

    private static TourViews views(Docks docks) {
        return new TourViews() {
            @Override
            public void show(String view) {
                docks.show(view);
            }

            @Override
            public Optional<Node> node(String view) {
                return docks.views().stream()
                        .filter(one -> one.id().equals(view))
                        .findFirst()
                        .map(one -> docks.view(one.id()).node());
            }
        };
    }

    private static Button button(Opened opened, String text) {
        return Screen.all(opened.scene().getRoot()).stream()
                .filter(node -> node instanceof Button button && text.equals(button.getText()))
                .map(Button.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static int at(Opened opened) {
        return Screen.on(() -> opened.tour().at().get());
    }

    @Test
    void doing_what_a_step_asks_for_leads_on() {
        Opened opened = open("mtu-black-hole", Theme.LIGHT, 1280, 800, 100);
        Screen.picture(opened.scene(), "tour-1-light-1280");
        assertEquals(0, at(opened));
        Screen.run(() -> button(opened, "Next").fire());
        assertEquals(1, at(opened));
        Screen.picture(opened.scene(), "tour-2-light-1280");
        Screen.run(() -> opened.selection().finding(analysisFinding(opened)));
        assertEquals(2, at(opened));
        Screen.picture(opened.scene(), "tour-3-light-1280");
        Screen.run(() -> button(opened, "Back").fire());
        assertEquals(1, at(opened));
        Screen.run(() -> button(opened, "Skip").fire());
        Screen.run(() -> button(opened, "Skip").fire());
        assertEquals(3, at(opened));
        Screen.run(() -> opened.selection().conversation(0));
        assertEquals(4, at(opened));
        Screen.picture(opened.scene(), "tour-5-light-1280");
        Screen.run(() -> button(opened, "Done").fire());
        assertTrue(Screen.on(() -> opened.tour().over().get()));
        Screen.picture(opened.scene(), "tour-over-light-1280");
    }

    private static ExplainedFinding analysisFinding(Opened opened) {
        return TestPipeline.analyze(TestPipeline.sample(opened.tour().script().samples()))
                .findings()
                .getFirst();
    }

    @Test
    void a_filter_leads_on_where_one_is_asked_for() {
        Opened opened = open("slow-reader", Theme.DARK, 1600, 1000, 100);
        Screen.run(() -> {
            opened.tour().next();
            opened.tour().next();
        });
        assertEquals(2, at(opened));
        Screen.run(() -> opened.shown().set(new Shown("tcp", List.of(), new BitSet(), new BitSet(), 1, 2, 3)));
        assertEquals(3, at(opened));
        Screen.picture(opened.scene(), "tour-dark-1600");
        Screen.run(() -> opened.selection().conversation(0));
        assertFalse(Screen.on(() -> opened.tour().over().get()), "the last step stays to be read");
    }

    @Test
    void it_is_legible_in_high_contrast_at_twice_the_size() {
        Opened opened = open("loss-on-wan-link", Theme.HIGH_CONTRAST, 1280, 800, 200);
        Screen.picture(opened.scene(), "tour-contrast-200");
        Screen.run(() -> opened.tour().leave());
        assertFalse(Screen.on(() ->
                button(opened, "Leave").getParent().getParent().getParent().isVisible()));
    }

    @Test
    void the_view_takes_the_mouse_and_what_is_dimmed_does_not() {
        Opened opened = open("loss-on-wan-link", Theme.LIGHT, 1280, 800, 100);
        Screen.settle();
        Screen.picture(opened.scene(), "tour-mouse-light");
        boolean through = Screen.on(() -> {
            Node lit = Screen.all(opened.scene().getRoot()).stream()
                    .filter(MapView.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            var place = lit.localToScene(lit.getLayoutBounds());
            List<Node> dimmed = Screen.all(opened.scene().getRoot()).stream()
                    .filter(node -> node.getStyleClass().contains("tour-dim"))
                    .toList();
            return dimmed.stream()
                            .noneMatch(part -> part.contains(part.sceneToLocal(place.getCenterX(), place.getCenterY())))
                    && dimmed.stream().anyMatch(part -> part.contains(part.sceneToLocal(20, 780)));
        });
        assertTrue(through);
    }
}
