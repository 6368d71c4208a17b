package phalanx.show.shell;

import java.util.List;
import java.util.Locale;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import phalanx.casefile.DemoScript;
import phalanx.casefile.DemoScripts;
import phalanx.show.Screen;
import phalanx.show.Words;
import phalanx.show.demo.Demo;

/** A demo around an investigation: the steps of its tour, the question of its quiz and what was right. */
final class DemoScenes {
    private static final Words WORDS = Words.of("demo");

    private DemoScenes() {}

    static void show(Scenes.Visit visit) {
        DemoScript script = DemoScripts.find("mtu-black-hole", Locale.ENGLISH).orElseThrow();
        try (OpenDesk open = OpenDesk.open(visit)) {
            open.says(script.steps().stream().map(DemoScript.Step::text).toList());
            open.says(script.causes().stream().map(DemoScript.Cause::text).toList());
            open.says(List.of(script.lesson()));
            Screen.run(() -> open.desk().startDemo(script.id(), Demo.Mode.TOUR));
            for (int step = 1; step <= script.steps().size(); step++) {
                open.look("tour-" + step);
                boolean last = step == script.steps().size();
                boolean read = script.steps().get(step - 1).until() == DemoScript.Until.NOTHING;
                open.press(WORDS.get(last ? "tour.end" : read ? "tour.next" : "tour.skip"));
            }
            open.look("tour-over");
            Screen.run(() -> open.desk().startDemo(script.id(), Demo.Mode.QUIZ));
            open.look("quiz");
            for (String question : List.of("quiz.where", "quiz.what")) {
                Screen.run(() -> choose(open, question));
            }
            if (Screen.on(() -> open.desk().model().state().get())
                    instanceof DeskViewModel.State.Answered(var _, var whole, var _, var _, var _)) {
                open.says(List.of(whole.conclusion().summary()));
            }
            open.press(WORDS.get("quiz.answer"));
            open.look("quiz-told");
            open.press(WORDS.get("quiz.proof"));
            open.look("demo");
        }
    }

    /** The first answer to a question. */
    private static void choose(OpenDesk open, String question) {
        Parent box = open.find(node ->
                        node instanceof Label label && WORDS.get(question).equals(label.getText()))
                .getParent();
        Screen.all(box).stream()
                .filter(RadioButton.class::isInstance)
                .findFirst()
                .ifPresent(button -> ((RadioButton) button).fire());
    }
}
