package phalanx.show.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import javafx.application.Application;
import javafx.beans.property.SimpleObjectProperty;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Button;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.explain.Analysis;
import phalanx.show.Palette;
import phalanx.show.Screen;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.Theme;
import phalanx.show.ViewContext;
import phalanx.topology.Layout;

/** The map of very many hosts. */
class CrowdedMapTest {
    private record Opened(MapView view, Scene scene) {
        MapPicture drawn() {
            return Objects.requireNonNull(Screen.on(() -> view.model().picture().get()));
        }

        void press(String text) {
            Screen.run(() -> Screen.all(view).stream()
                    .filter(node -> node instanceof Button button && text.equals(button.getText()))
                    .map(Button.class::cast)
                    .forEach(Button::fire));
        }
    }

    private static Opened open(Analysis analysis) {
        return Screen.on(() -> {
            Application.setUserAgentStylesheet(Theme.LIGHT.baseSheet());
            ViewContext context = new ViewContext(
                    analysis,
                    new Selection(analysis.stitched()),
                    new SimpleObjectProperty<>(Shown.ALL),
                    new SimpleObjectProperty<>(Palette.LIGHT),
                    Screen.AT_ONCE,
                    _ -> {});
            MapView view = new MapView(context);
            view.model().level().set(MapLevel.HOSTS);
            BorderPane root = new BorderPane(view);
            root.getStyleClass().add("desk");
            root.setStyle(Palette.LIGHT.css());
            Scene scene = new Scene(root, 1_600, 900);
            scene.getStylesheets()
                    .add(Objects.requireNonNull(MapView.class.getResource("/show/desk.css"))
                            .toExternalForm());
            Stage stage = new Stage();
            stage.setScene(scene);
            stage.show();
            return new Opened(view, scene);
        });
    }

    @Test
    void twelve_hundred_hosts_are_listed_then_drawn_on_demand(@TempDir Path folder) throws IOException {
        Opened opened = open(TestPipeline.analyze(OfficeTraffic.capture(folder, 1_200, 4_000)));
        Screen.picture(opened.scene(), "map-listed");
        assertTrue(opened.drawn().listed());
        assertTrue(Screen.shows(opened.scene(), "1,200 hosts are too many"));
        assertTrue(opened.drawn().table().rows() > 1_200);
        opened.press("Draw the top 200");
        assertEquals(200, opened.drawn().nodes().size());
        Screen.picture(opened.scene(), "map-top");
        opened.press("Draw subnets");
        assertEquals(24, opened.drawn().nodes().size());
        Screen.picture(opened.scene(), "map-subnets");
        Screen.run(() -> {
            opened.view().model().selection().place("subnet-10.0.3.0/24");
            opened.view().model().openSelected();
        });
        Screen.picture(opened.scene(), "map-subnet-opened");
        assertEquals(23 + 50, opened.drawn().nodes().size());
    }

    @Test
    void two_hundred_hosts_and_a_thousand_links_follow_the_mouse(@TempDir Path folder) throws IOException {
        Opened opened = open(TestPipeline.analyze(OfficeTraffic.capture(folder, 200, 1_000)));
        for (Layout.Kind kind : Layout.Kind.values()) {
            Screen.run(() -> opened.view().model().layout().set(kind));
            Screen.picture(opened.scene(), "map-200-" + kind.name().toLowerCase(java.util.Locale.ROOT));
        }
        assertEquals(200, opened.drawn().nodes().size());
        Canvas canvas = Screen.on(() -> Screen.all(opened.view()).stream()
                .filter(Canvas.class::isInstance)
                .map(Canvas.class::cast)
                .findFirst()
                .orElseThrow());
        WritableImage image = new WritableImage(1_600, 900);
        long empty = frame(opened, image);
        Screen.run(opened.view().node()::requestLayout);
        long still = Long.MAX_VALUE;
        for (int i = 1; i < 8; i++) {
            String host = "host-10.0.0." + i;
            Screen.run(() -> opened.view().model().selection().place(host));
            still = Math.min(still, frame(opened, image));
        }
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 30; i++) {
            KeyCode way = i % 2 == 0 ? KeyCode.D : KeyCode.A;
            Screen.run(() -> Event.fireEvent(
                    canvas, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", way, false, false, false, false)));
            best = Math.min(best, frame(opened, image));
        }
        String figures = "unchanged " + empty + " ms, whole " + still + " ms, moving " + best + " ms";
        Screen.picture(opened.scene(), "map-200-moving");
        long fastest = best;
        assertTrue(fastest < 60, () -> "too slow to follow: " + figures);
    }

    /** Paints anew and renders, milliseconds. */
    private static long frame(Opened opened, WritableImage image) {
        return Screen.on(() -> {
            long begin = System.nanoTime();
            opened.scene().getRoot().layout();
            opened.scene().snapshot(image);
            return (System.nanoTime() - begin) / 1_000_000;
        });
    }
}
