package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Objects;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import phalanx.app.TestPipeline;
import phalanx.run.Jobs;
import phalanx.show.Screen;
import phalanx.show.demo.Demo;

/** Demos on the whole desk: what their steps ask for can be done there. */
class DeskDemosTest {
    private record Opened(Desk desk, Scene scene) {
        static Opened demo(String id) {
            Opened opened = Screen.on(() -> {
                Desk desk = new Desk(
                        TestPipeline.analyzer(),
                        new Jobs(Runnable::run, Runnable::run),
                        Samples.in(Path.of("sample-pcaps")),
                        DeskTest.NO_CAPTURES,
                        DeskTest.settings(),
                        TestPipeline.exporter());
                Scene scene = desk.scene(1500, 950);
                Stage stage = new Stage();
                stage.setScene(scene);
                stage.show();
                stage.requestFocus();
                desk.startDemo(id, Demo.Mode.TOUR);
                return new Opened(desk, scene);
            });
            Screen.settle();
            return opened;
        }

        boolean at(int step, int of) {
            return Screen.shows(scene, step + " of " + of);
        }

        void press(String character, KeyCode code) {
            Screen.run(() -> Objects.requireNonNull(scene.getFocusOwner())
                    .fireEvent(new KeyEvent(
                            KeyEvent.KEY_PRESSED, character, character, code, false, false, false, false)));
            Screen.settle();
        }

        void filter(String text) {
            Screen.run(() -> desk.omnibox().set(text));
            Screen.settle();
        }
    }

    @Test
    void a_tour_begins_with_nothing_selected_and_its_keys_reach_the_desk() {
        Opened opened = Opened.demo("firewall-drops-idle");
        assertNull(Screen.on(() -> Objects.requireNonNull(
                        opened.desk().investigation().get())
                .selection()
                .now()
                .finding()));
        assertFalse(Screen.on(() -> opened.scene().getFocusOwner() instanceof TextInputControl));
        assertTrue(opened.at(1, 5));
        opened.press("f", KeyCode.F);
        assertTrue(opened.at(2, 5));
        opened.press("n", KeyCode.N);
        assertTrue(opened.at(3, 5));
        assertTrue(Screen.on(() -> opened.scene().getFocusOwner() instanceof TextInputControl), "a filter is asked for");
        opened.filter("tcp.port == 7000");
        assertTrue(opened.at(4, 5));
        Screen.run(opened.desk()::close);
    }
}
