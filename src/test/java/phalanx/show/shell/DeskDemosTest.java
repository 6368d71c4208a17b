package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phalanx.app.TestPipeline;
import phalanx.casefile.DemoScript;
import phalanx.casefile.DemoScripts;
import phalanx.show.Screen;
import phalanx.show.Selection;
import phalanx.show.demo.Demo;

/** Demos on the whole desk: what their steps ask for can be done there. */
class DeskDemosTest {
    private static final Pattern FILTER = Pattern.compile("Type (.+?) and press Enter");

    private record Opened(Desk desk, Scene scene) {
        static Opened demo(String id, Demo.Mode mode) {
            Opened opened = Screen.on(() -> {
                Desk desk = new Desk(
                        TestPipeline.analyzer(),
                        Screen.AT_ONCE,
                        Samples.in(Path.of("sample-pcaps")),
                        DeskTest.NO_CAPTURES,
                        DeskTest.settings(),
                        DeskTest.cases(),
                        TestPipeline.exporter());
                Scene scene = desk.scene(1500, 950);
                Stage stage = new Stage();
                stage.setScene(scene);
                stage.show();
                stage.requestFocus();
                desk.startDemo(id, mode);
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

        /** Presses a button; the last step has none of that name. */
        void press(String button) {
            Screen.run(() -> Screen.all(scene.getRoot()).stream()
                    .filter(node -> node instanceof Button one && button.equals(one.getText()))
                    .findFirst()
                    .ifPresent(node -> ((Button) node).fire()));
            Screen.settle();
        }

        void select(Consumer<Selection> how) {
            Screen.run(() -> how.accept(
                    Objects.requireNonNull(desk.investigation().get()).selection()));
            Screen.settle();
        }

        void filter(String text) {
            Screen.run(() -> desk.omnibox().set(text));
            Screen.settle();
        }
    }

    @Test
    void a_quiz_names_neither_the_demo_nor_its_findings() {
        Opened opened = Opened.demo("firewall-drops-idle", Demo.Mode.QUIZ);
        assertTrue(Screen.shows(opened.scene(), "Sessions of the order application hang"));
        assertFalse(Screen.shows(opened.scene(), "A firewall that forgets"));
        assertFalse(Screen.shows(opened.scene(), "F1"));
        Screen.run(opened.desk()::close);
    }

    static List<DemoScript> demos() {
        return DemoScripts.all(Locale.ENGLISH);
    }

    @ParameterizedTest
    @MethodSource("demos")
    void what_a_step_asks_for_can_be_done_and_leads_on(DemoScript script) {
        Opened opened = Opened.demo(script.id(), Demo.Mode.TOUR);
        int steps = script.steps().size();
        for (int i = 0; i < steps; i++) {
            DemoScript.Step step = script.steps().get(i);
            assertTrue(opened.at(i + 1, steps), script.id() + " does not come to step " + (i + 1));
            switch (step.until()) {
                case NOTHING -> opened.press("Next");
                case FINDING -> opened.press("f", KeyCode.F);
                case PACKET -> opened.press("n", KeyCode.N);
                case CONVERSATION -> opened.select(selection -> selection.conversation(0));
                case PLACE -> opened.select(selection -> selection.capture(1));
                case FILTER -> {
                    Matcher filter = FILTER.matcher(step.text());
                    assertTrue(filter.find(), step.text());
                    opened.filter(filter.group(1));
                }
            }
        }
        Screen.run(opened.desk()::close);
    }

    @Test
    void a_tour_begins_with_nothing_selected_and_its_keys_reach_the_desk() {
        Opened opened = Opened.demo("firewall-drops-idle", Demo.Mode.TOUR);
        assertNull(Screen.on(
                () -> Objects.requireNonNull(opened.desk().investigation().get())
                        .selection()
                        .now()
                        .finding()));
        assertFalse(Screen.on(() -> opened.scene().getFocusOwner() instanceof TextInputControl));
        assertTrue(opened.at(1, 5));
        opened.press("f", KeyCode.F);
        assertTrue(opened.at(2, 5));
        opened.press("n", KeyCode.N);
        assertTrue(opened.at(3, 5));
        assertTrue(
                Screen.on(() -> opened.scene().getFocusOwner() instanceof TextInputControl), "a filter is asked for");
        opened.filter("tcp.port == 7000");
        assertTrue(opened.at(4, 5));
        Screen.run(opened.desk()::close);
    }
}
