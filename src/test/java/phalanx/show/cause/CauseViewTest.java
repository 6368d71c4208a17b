package phalanx.show.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.application.Application;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.diagnose.Evidence;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Palette;
import phalanx.show.Screen;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.Theme;
import phalanx.show.ViewContext;

/** The root-cause panel on real captures; every state leaves a picture behind. */
class CauseViewTest {
    private static final class Opened {
        final Analysis analysis;
        final Selection selection;
        final CauseView view;
        final Scene scene;

        Opened(Analysis answer, double width, double height) {
            analysis = answer;
            selection = Screen.on(() -> new Selection(answer.stitched()));
            view = Screen.on(() -> new CauseView(new ViewContext(
                    answer,
                    selection,
                    new SimpleObjectProperty<>(Shown.ALL),
                    new SimpleObjectProperty<>(Palette.LIGHT),
                    Screen.AT_ONCE,
                    _ -> {})));
            scene = Screen.on(() -> {
                Scene made = new Scene(view, width, height);
                made.getStylesheets().add("/show/desk.css");
                Stage stage = new Stage();
                stage.setScene(made);
                stage.show();
                return made;
            });
            theme(Theme.LIGHT);
        }

        void theme(Theme theme) {
            Screen.run(() -> {
                Application.setUserAgentStylesheet(theme.baseSheet());
                view.getStyleClass().add("desk");
                view.setStyle("-fx-background-color: -color-bg-default; "
                        + theme.palette().css());
            });
        }

        ButtonBase button(String spoken) {
            return Screen.on(() -> Screen.all(view).stream()
                    .filter(node -> node instanceof ButtonBase button
                            && (spoken.equals(button.getAccessibleText()) || spoken.equals(button.getText())))
                    .map(ButtonBase.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(spoken)));
        }

        void fire(String spoken) {
            ButtonBase button = button(spoken);
            Screen.run(button::fire);
        }

        List<FindingCard> cards() {
            return Screen.on(() -> Screen.all(view).stream()
                    .filter(FindingCard.class::isInstance)
                    .map(FindingCard.class::cast)
                    .toList());
        }

        List<String> cutLabels() {
            return Screen.on(() -> Screen.all(view).stream()
                    .filter(node -> node instanceof Label label
                            && label.isVisible()
                            && label.isWrapText()
                            && label.getHeight() > 0
                            && label.getHeight() + 1 < label.prefHeight(label.getWidth()))
                    .map(node -> ((Label) node).getText())
                    .toList());
        }
    }

    private static Opened open(String sample, double width, double height) {
        return new Opened(TestPipeline.analyze(TestPipeline.sample(sample)), width, height);
    }

    private static ExplainedFinding first(Opened opened) {
        return opened.analysis.findings().getFirst();
    }

    @Test
    void the_verdict_says_what_where_since_when_who_and_how_sure() {
        for (double width : new double[] {320, 460}) {
            Opened opened = open("loss-on-wan-link", width, 900);
            Screen.run(() -> opened.selection.finding(first(opened)));
            for (Theme theme : Theme.values()) {
                opened.theme(theme);
                Screen.picture(opened.scene, "cause-" + theme.word() + "-" + (int) width);
            }
            assertEquals(List.of(), opened.cutLabels());
            ExplainedFinding root = opened.analysis.conclusion().finding();
            assertNotNull(root);
            assertTrue(Screen.shows(opened.scene, root.summary()));
            assertTrue(Screen.shows(opened.scene, CauseText.place(root.finding(), opened.analysis.stitched())));
            assertTrue(Screen.shows(
                    opened.scene,
                    root.finding().conversations().size() + " of "
                            + opened.analysis.stitched().conversations().size() + " conversations"));
        }
    }

    @Test
    void what_it_is_not_and_what_could_not_be_asked_unfolds() {
        Analysis one =
                TestPipeline.analyze(List.of(TestPipeline.sample("wrong-clocks").getFirst()));
        Opened opened = new Opened(one, 360, 800);
        Screen.run(() -> Screen.all(opened.view).stream()
                .filter(TitledPane.class::isInstance)
                .forEach(node -> ((TitledPane) node).setExpanded(true)));
        Screen.picture(opened.scene, "cause-one-point");
        assertEquals(one.checked(), one.passed().size() + kindsFound(one));
        assertTrue(Screen.shows(opened.scene, one.passed().size() + " checks passed"));
        assertTrue(Screen.shows(opened.scene, "needs captures from two points of one path"));
        assertTrue(Screen.shows(
                opened.scene,
                "Would settle it: a capture from a second point of the same path, made at the same time."));
    }

    private static int kindsFound(Analysis analysis) {
        return (int) analysis.findings().stream()
                .map(told -> told.finding().rule())
                .distinct()
                .count();
    }

    @Test
    void no_fault_is_an_answer_with_its_checks() {
        Opened opened = open("wrong-clocks", 360, 700);
        Screen.picture(opened.scene, "cause-no-fault");
        assertTrue(Screen.shows(opened.scene, "No fault found"));
        assertTrue(Screen.shows(opened.scene, opened.analysis.passed().size() + " checks passed"));
    }

    @Test
    void packets_that_prove_a_finding_are_stepped_through_one_by_one_and_round_at_the_ends() {
        Opened opened = open("loss-on-wan-link", 360, 800);
        ExplainedFinding told = first(opened);
        ProofSteps steps = new ProofSteps(told.finding().evidence());
        assertTrue(steps.size() > 2);
        opened.fire("Show proof of " + told.id());
        int start = steps.indexOf(packet(opened).capture(), packet(opened).frame());
        assertTrue(Screen.shows(opened.scene, (start + 1) + " of " + steps.size()));
        opened.fire("Next packet among those that prove " + told.id());
        assertEquals(steps.get((start + 1) % steps.size()), step(opened));
        opened.fire("Packet before among those that prove " + told.id());
        opened.fire("Packet before among those that prove " + told.id());
        assertEquals(steps.get(Math.floorMod(start - 1, steps.size())), step(opened));
    }

    private static Selection.Packet packet(Opened opened) {
        return Optional.ofNullable(Screen.on(() -> opened.selection.now().packet()))
                .orElseThrow();
    }

    private static ProofSteps.Step step(Opened opened) {
        return new ProofSteps.Step(packet(opened).capture(), packet(opened).frame());
    }

    @Test
    void each_piece_of_evidence_leads_to_its_first_packet() {
        Opened opened = open("nat-and-loss", 360, 800);
        ExplainedFinding told = first(opened);
        Screen.run(() -> opened.selection.finding(told));
        Screen.picture(opened.scene, "cause-evidence");
        for (Evidence evidence : told.finding().evidence()) {
            String link = opened.analysis.stitched().hopName(evidence.capture()) + ": "
                    + (evidence.frames().length == 1 ? "1 packet" : evidence.frames().length + " packets") + ", "
                    + evidence.says();
            opened.fire(link);
            assertEquals(new ProofSteps.Step(evidence.capture(), evidence.frames()[0]), step(opened));
        }
    }

    @Test
    void a_finding_is_dismissed_with_a_reason_only_and_comes_back() {
        Opened opened = open("loss-on-wan-link", 360, 800);
        ExplainedFinding told = first(opened);
        opened.fire("Not a problem: " + told.id());
        assertTrue(opened.button("Keep with reason").isDisabled());
        Screen.run(() -> Screen.all(opened.view).stream()
                .filter(node -> node instanceof TextField && node.getParent().isVisible())
                .forEach(node -> ((TextField) node).setText("planned maintenance")));
        Screen.picture(opened.scene, "cause-dismissing");
        opened.fire("Keep with reason");
        Screen.picture(opened.scene, "cause-dismissed");
        List<Dismissal> kept = Screen.on(() -> opened.view.dismissals().get());
        assertEquals(List.of(new Dismissal(told.id(), "planned maintenance")), kept);
        assertTrue(Screen.shows(opened.scene, "not a problem: planned maintenance"));
        Opened again = open("loss-on-wan-link", 360, 800);
        Screen.run(() -> again.view.restore(kept));
        assertTrue(Screen.shows(again.scene, "not a problem: planned maintenance"));
        again.fire("Undo: " + told.id() + " is a problem after all");
        assertFalse(Screen.shows(again.scene, "planned maintenance"));
        assertThrows(IllegalArgumentException.class, () -> new Dismissal("F1", " "));
    }

    @Test
    void only_findings_of_what_is_selected_are_told_until_show_all() {
        Opened opened = open("nat-and-loss", 360, 800);
        int all = opened.analysis.findings().size();
        Screen.run(() -> opened.selection.capture(0));
        int there = opened.cards().size();
        assertTrue(there < all, there + " of " + all);
        assertTrue(Screen.shows(opened.scene, there + " of " + all + " findings concern "));
        Screen.picture(opened.scene, "cause-of-a-point");
        Screen.run(() -> opened.selection.range(new Selection.Range(0, 1)));
        assertEquals(0, opened.cards().size());
        opened.fire("Show all");
        assertEquals(all, opened.cards().size());
    }

    @Test
    void cards_are_walked_by_arrows_and_proved_by_enter() {
        Opened opened = open("nat-and-loss", 360, 800);
        List<FindingCard> cards = opened.cards();
        assertTrue(cards.size() > 1);
        Screen.run(() -> {
            cards.getFirst().requestFocus();
            press(cards.getFirst(), KeyCode.DOWN);
        });
        assertTrue(Screen.on(() -> cards.get(1).isFocused()));
        Screen.picture(opened.scene, "cause-card-focused");
        Screen.run(() -> press(cards.get(1), KeyCode.ENTER));
        assertEquals(
                opened.analysis.findings().get(1),
                Screen.on(() -> opened.selection.now().finding()));
    }

    private static void press(FindingCard card, KeyCode code) {
        card.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }

    @Test
    void two_thousand_findings_are_a_few_cards_a_choice_of_severities_and_a_button() {
        Analysis real = TestPipeline.analyze(TestPipeline.sample("nat-and-loss"));
        List<ExplainedFinding> many = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            ExplainedFinding told = real.findings().get(i % real.findings().size());
            many.add(new ExplainedFinding(
                    "F" + (i + 1), told.finding(), told.summary(), told.explanation(), told.remedy()));
        }
        Opened opened = new Opened(
                new Analysis(
                        real.stitched(),
                        real.measures(),
                        real.map(),
                        many,
                        real.byConversation(),
                        real.notRun(),
                        real.passed(),
                        real.checked(),
                        real.unusual(),
                        real.problems(),
                        real.conclusion()),
                360,
                800);
        assertEquals(CauseViewModel.CARDS, opened.cards().size());
        Screen.picture(opened.scene, "cause-many");
        opened.fire("Show 40 more of 1,960");
        assertEquals(2 * CauseViewModel.CARDS, opened.cards().size());
        Screen.run(() -> opened.selection.finding(many.get(1999)));
        assertEquals(2 * CauseViewModel.CARDS + 1, opened.cards().size());
        assertTrue(opened.cards().getLast().getAccessibleText().contains("F2000"));
    }

    @Test
    void what_was_unusual_narrows_everything_to_its_time(@TempDir Path folder) {
        Opened opened = new Opened(TestPipeline.analyze(TestPipeline.talk(folder, 300, 200, 230)), 360, 800);
        assertTrue(Screen.shows(opened.scene, "Unusual for this recording"));
        String link = Screen.on(() -> Screen.all(opened.view).stream()
                .filter(node -> node instanceof ButtonBase button
                        && button.getText().contains("delay p2 > p3, towards the server: 43"))
                .map(node -> ((ButtonBase) node).getText())
                .findFirst()
                .orElseThrow());
        opened.fire(link);
        assertNotNull(Screen.on(() -> opened.selection.now().range()));
    }
}
