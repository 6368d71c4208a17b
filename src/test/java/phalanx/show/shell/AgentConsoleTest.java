package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.agents.ScriptedAgents;
import phalanx.agents.trail.StepText;
import phalanx.app.TestCaptures;
import phalanx.app.TestPipeline;
import phalanx.run.Outcome;
import phalanx.show.Screen;
import phalanx.show.Theme;
import phalanx.show.Words;
import phalanx.show.agents.AgentsViewModel;
import phalanx.show.agents.AgentsViewModel.Condition;
import phalanx.show.lab.ScriptedLab;

/** The lab and its agents on the desk, as a user meets them; it leaves pictures behind. */
@SuppressWarnings("NullAway.Init") // each test opens the desk first
class AgentConsoleTest {
    @TempDir
    private Path folder;

    private final ScriptedAgents script = new ScriptedAgents("ask", null);
    private final ScriptedLab lab = new ScriptedLab(script);
    private Desk desk;
    private Scene scene;
    private Stage stage;

    private void open(double width, double height, Theme theme) {
        script.suggests(0.97);
        desk = Screen.on(() -> new Desk(
                TestPipeline.analyzer(),
                Screen.AT_ONCE,
                List.of(),
                server -> TestCaptures.of(server, new PrintWriter(System.err, true, StandardCharsets.UTF_8)),
                DeskTest.settings(),
                DeskTest.cases(),
                TestPipeline.exporter()));
        Screen.run(() -> {
            desk.labs(() -> Outcome.ok(lab));
            scene = desk.scene(width, height);
            stage = new Stage();
            stage.setScene(scene);
            stage.show();
            desk.setTheme(theme);
            desk.show(ActivityBar.Activity.LAB);
        });
    }

    @AfterEach
    void close() {
        Screen.run(() -> {
            desk.close();
            stage.close();
            Words.use(Locale.ENGLISH);
        });
        assertTrue(lab.closed(), "the lab goes on without the desk");
    }

    private AgentsViewModel agents() {
        return desk.lab().agents();
    }

    private Condition condition() {
        return Screen.on(() -> {
            agents().look();
            return agents().condition().get();
        });
    }

    private List<String> stepsShown() {
        condition();
        return Screen.on(() -> agents().stepsShown().stream()
                .map(entry -> StepText.of(entry.step()))
                .toList());
    }

    private ButtonBase button(String text) {
        return Screen.all(scene.getRoot()).stream()
                .filter(node -> node instanceof ButtonBase one && text.equals(one.getText()) && Screen.isSeen(node))
                .map(ButtonBase.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button " + text));
    }

    private void press(String text) {
        Screen.run(() -> {
            ButtonBase button = button(text);
            assertFalse(button.isDisabled(), text + " cannot be pressed");
            if (button instanceof ToggleButton toggle) {
                toggle.setSelected(!toggle.isSelected());
            }
            button.fireEvent(new ActionEvent());
        });
    }

    private void picture(String name) {
        Screen.settle();
        Screen.pulse();
        Screen.run(() -> Screen.picture(scene, name));
    }

    @Test
    void a_fault_is_made_the_agents_ask_and_the_answer_needs_a_reason() throws Exception {
        open(1440, 900, Theme.LIGHT);
        press("Start the lab");
        press("Agents watch");
        assertEquals(Condition.IDLE, condition());
        Screen.run(() -> {
            for (int i = 0; i < 60; i++) {
                if (i == 40) {
                    desk.lab().lab().inject("pool-exhausted");
                }
                desk.lab().lab().look();
            }
        });
        picture("lab");
        Screen.run(() -> desk.show(ActivityBar.Activity.AGENTS));
        script.incident();
        assertEquals(Condition.WAITING, condition());
        picture("agents-waiting");
        Screen.run(() -> {
            assertTrue(button("Approve").isDisabled(), "without a reason");
            TextField reason = (TextField) Screen.all(scene.getRoot()).stream()
                    .filter(node -> node instanceof TextField field
                            && String.valueOf(field.getPromptText()).startsWith("Why?"))
                    .findFirst()
                    .orElseThrow();
            reason.setText("the pool is small indeed");
        });
        press("Approve");
        script.pass(6);
        assertEquals(Condition.IDLE, condition());
        picture("agents-over");
        assertFalse(Screen.on(() -> Screen.all(scene.getRoot()).stream()
                .anyMatch(
                        node -> node instanceof Button one && "Approve".equals(one.getText()) && Screen.isSeen(node))));
        Path to = folder.resolve("steps.jsonl");
        Screen.run(() -> agents().export(to));
        assertEquals(agents().steps().size(), Files.readString(to).lines().count());
        assertTrue(Files.readString(to).contains("the pool is small indeed"));
    }

    @Test
    void a_proposal_of_a_review_is_looked_at_and_answered() {
        open(1440, 900, Theme.DARK);
        press("Start the lab");
        press("Agents watch");
        Screen.run(() -> desk.show(ActivityBar.Activity.AGENTS));
        script.review();
        assertEquals(Condition.IDLE, condition());
        Screen.settle(); // a page has no nodes before it is laid out
        Screen.run(() -> {
            ListView<?> reviews = (ListView<?>) Screen.all(scene.getRoot()).stream()
                    .filter(node ->
                            node instanceof ListView<?> list && "Proposals of reviews".equals(list.getAccessibleText()))
                    .findFirst()
                    .orElseThrow();
            assertEquals(1, reviews.getItems().size());
            reviews.getSelectionModel().select(0);
        });
        picture("agents-review-dark");
        assertTrue(Screen.on(() -> Screen.shows(scene, "INC-7: a larger one helped.")));
        Screen.run(() -> {
            TextField reason = (TextField) Screen.all(scene.getRoot()).stream()
                    .filter(node -> node instanceof TextField field
                            && String.valueOf(field.getPromptText()).startsWith("Why?"))
                    .findFirst()
                    .orElseThrow();
            reason.setText("not before the weekend");
        });
        press("Reject");
        String me = System.getProperty("user.name");
        assertEquals(
                "rejected: " + me + ": not before the weekend", stepsShown().getLast());
        assertFalse(script.steering().snapshot().reviews().getFirst().waits());
        picture("agents-review-over-dark");
        assertFalse(Screen.on(() -> Screen.all(scene.getRoot()).stream()
                .anyMatch(
                        node -> node instanceof Button one && "Reject".equals(one.getText()) && Screen.isSeen(node))));
    }

    @Test
    void all_agents_are_paused_from_any_page_and_the_pause_is_gone_with_them() {
        open(1440, 900, Theme.DARK);
        press("Start the lab");
        press("Agents watch");
        Screen.run(() -> desk.show(ActivityBar.Activity.INVESTIGATE));
        press("Pause\nagents");
        assertTrue(script.steering().snapshot().paused());
        assertEquals(Condition.PAUSED, condition());
        press("Resume\nagents");
        assertFalse(script.steering().snapshot().paused());
        String me = System.getProperty("user.name");
        assertEquals(List.of("paused by " + me, "resumed by " + me), stepsShown());
        Screen.run(() -> desk.show(ActivityBar.Activity.LAB));
        press("Agents watch");
        assertEquals(Condition.NONE, condition());
        assertFalse(Screen.on(() -> Screen.all(scene.getRoot()).stream()
                .anyMatch(node -> node instanceof ButtonBase one
                        && "Pause\nagents".equals(one.getText())
                        && Screen.isSeen((Node) one))));
        press("Agents watch");
        script.incident();
        condition();
        Screen.run(() -> desk.show(ActivityBar.Activity.AGENTS));
        assertFalse(stepsShown().contains("paused by " + me), "before the incident");
        press("Pause all agents");
        assertTrue(script.steering().snapshot().paused());
        assertEquals("paused by " + me, stepsShown().getLast());
        picture("agents-dark");
    }

    @Test
    void on_a_small_screen_in_german_all_of_it_is_there() {
        Screen.run(() -> Words.use(Locale.GERMAN));
        open(1024, 700, Theme.LIGHT);
        press("Labor starten");
        press("Agenten wachen");
        Screen.run(() -> {
            for (int i = 0; i < 30; i++) {
                desk.lab().lab().look();
            }
        });
        picture("lab-small-german");
        script.incident();
        condition();
        Screen.run(() -> desk.show(ActivityBar.Activity.AGENTS));
        picture("agents-small-german");
        Screen.run(() -> assertTrue(button("Ablehnen").isDisabled()));
    }
}
