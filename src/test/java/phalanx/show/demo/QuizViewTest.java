package phalanx.show.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.RadioButton;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.casefile.DemoScript;
import phalanx.casefile.DemoScripts;
import phalanx.run.Problem;
import phalanx.show.Look;
import phalanx.show.Screen;
import phalanx.show.SystemFileDialogs;
import phalanx.show.Theme;

/** The quiz with the real analysis; every state leaves a picture behind. */
class QuizViewTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    private static QuizViewModel model(String id) {
        DemoScript script = DemoScripts.find(id, Locale.ENGLISH).orElseThrow();
        return new QuizViewModel(script, TestPipeline.analyze(TestPipeline.sample(script.samples())), NOON);
    }

    private static void press(Scene scene, String text) {
        Screen.run(() -> {
            var node = Screen.all(scene.getRoot()).stream()
                    .filter(one ->
                            one instanceof RadioButton radio && radio.getText().equals(text)
                                    || one instanceof Button button && text.equals(button.getText()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no button " + text));
            if (node instanceof RadioButton radio) {
                radio.fire();
            } else {
                ((Button) node).fire();
            }
        });
    }

    @Test
    void an_answer_is_scored_and_then_the_truth_is_told() {
        QuizViewModel model = model("mtu-black-hole");
        List<String> revealed = new ArrayList<>();
        Scene scene = Screen.on(() -> Look.scene(
                new QuizView(
                        model,
                        new QuizResultFile(Screen.AT_ONCE),
                        new SystemFileDialogs(),
                        () -> revealed.add("proof")),
                Theme.LIGHT,
                380,
                760,
                100));
        Screen.picture(scene, "quiz-ask-light");
        assertFalse(Screen.shows(scene, "MTU"), "the title of a demo gives its answer away");
        press(scene, "Between edge-router and core-router");
        press(scene, "The server takes long to answer");
        press(scene, "Answer");
        Screen.picture(scene, "quiz-told-light");
        assertEquals(1, Screen.on(() -> model.answered().get().score().points()));
        assertTrue(Screen.shows(scene, "It is: Large packets vanish and their sender is not told"));
        assertTrue(Screen.shows(scene, "path MTU black hole"));
        press(scene, "Show the proof");
        assertEquals(List.of("proof"), revealed);
    }

    @Test
    void a_network_without_fault_is_an_answer_too() {
        QuizViewModel model = model("wrong-clocks");
        Scene scene = Screen.on(() -> Look.scene(
                new QuizView(model, new QuizResultFile(Screen.AT_ONCE), new SystemFileDialogs(), () -> {}),
                Theme.DARK,
                420,
                760,
                100));
        press(scene, "Nowhere: the network is fine");
        press(scene, "Nothing is wrong with the network");
        press(scene, "Answer");
        Screen.picture(scene, "quiz-healthy-dark");
        assertEquals(2, Screen.on(() -> model.answered().get().score().points()));
    }

    @Test
    void the_result_is_kept_as_markdown(@TempDir Path folder) throws IOException {
        QuizViewModel model = model("slow-server");
        assertEquals("", model.markdown());
        model.place().set(model.quiz().truePlace());
        model.cause().set(model.quiz().trueCause());
        model.answer();
        List<Optional<Problem>> told = new ArrayList<>();
        new QuizResultFile(Screen.AT_ONCE).write(folder.resolve("result.md"), model.markdown(), told::add);
        assertEquals(List.of(Optional.empty()), told);
        String kept = Files.readString(folder.resolve("result.md"));
        assertTrue(kept.startsWith("# Slow server, innocent network\n\n2026-11-21T12:00:00Z: 2 of 2 points"), kept);
        assertTrue(kept.contains("- Place: At server (right)"), kept);
        new QuizResultFile(Screen.AT_ONCE).write(folder.resolve("none/result.md"), "text", told::add);
        assertEquals(QuizResultFile.NOT_WRITTEN, told.getLast().orElseThrow().code());
    }
}
