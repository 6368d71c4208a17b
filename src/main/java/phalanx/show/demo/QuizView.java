package phalanx.show.demo;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import phalanx.casefile.DemoScript;
import phalanx.show.Controls;
import phalanx.show.DeskView;
import phalanx.show.FileDialogs;
import phalanx.show.Told;
import phalanx.show.Words;

/** The quiz in the place of the root cause: asks where and what, then says how the answer was. Screen thread. */
public final class QuizView extends VBox implements DeskView {
    private static final Words WORDS = Words.of("demo");

    private final QuizViewModel model;
    private final QuizResultFile results;
    private final FileDialogs files;
    private final Runnable reveal;
    private final VBox content = new VBox(12);

    /**
     * @param results writes the result to a file
     * @param files asks where to write it
     * @param reveal shows the whole answer on the desk; called when the trainee has answered and asks for the proof
     */
    public QuizView(QuizViewModel model, QuizResultFile results, FileDialogs files, Runnable reveal) {
        this.model = model;
        this.results = results;
        this.files = files;
        this.reveal = reveal;
        getStyleClass().addAll("dock", "quiz");
        getStylesheets().add(String.valueOf(QuizView.class.getResource("/show/demo.css")));
        content.setPadding(new Insets(12, 14, 14, 14));
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setAccessibleText(WORDS.get("quiz"));
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().setAll(scroll);
        model.answered().subscribe(answered -> {
            if (answered == null) {
                ask();
            } else {
                tell(answered);
            }
        });
    }

    @Override
    public VBox node() {
        return this;
    }

    private void ask() {
        Button answer = Controls.button(WORDS.get("quiz.answer"), model::answer);
        answer.getStyleClass().add("accent");
        answer.disableProperty().bind(model.place().isNull().or(model.cause().isNull()));
        content.getChildren()
                .setAll(
                        headline(WORDS.get("quiz")),
                        wrapped(model.quiz().script().story()),
                        wrapped(WORDS.get("quiz.how"), "soft"),
                        question(WORDS.get("quiz.where"), model.quiz().places(), Quiz.Place::text, model.place()),
                        question(WORDS.get("quiz.what"), model.quiz().causes(), DemoScript.Cause::text, model.cause()),
                        answer);
    }

    private static <T> VBox question(
            String title, List<T> choices, Function<T, String> text, ObjectProperty<@Nullable T> chosen) {
        Label head = new Label(title);
        head.getStyleClass().add("section-title");
        VBox box = new VBox(6, head);
        ToggleGroup group = new ToggleGroup();
        for (T choice : choices) {
            RadioButton button = new RadioButton(text.apply(choice));
            button.setToggleGroup(group);
            button.setWrapText(true);
            button.setMinHeight(Region.USE_PREF_SIZE);
            button.setOnAction(_ -> chosen.set(choice));
            box.getChildren().add(button);
        }
        return box;
    }

    private void tell(QuizViewModel.Answered answered) {
        Quiz quiz = model.quiz();
        Button proof = Controls.button(WORDS.get("quiz.proof"), reveal);
        proof.getStyleClass().add("accent");
        Label told = wrapped("", "soft");
        told.managedProperty().bind(told.textProperty().isNotEmpty());
        FlowPane buttons = new FlowPane(
                8,
                8,
                proof,
                Controls.button(WORDS.get("quiz.copy"), () -> Controls.copy(model.markdown())),
                Controls.button(WORDS.get("quiz.save"), () -> save(told::setText)));
        content.getChildren()
                .setAll(
                        headline(WORDS.get("result.points", answered.score().points())),
                        line(
                                answered.score().placeRight(),
                                answered.place().text(),
                                quiz.truePlace().text()),
                        line(
                                answered.score().causeRight(),
                                answered.cause().text(),
                                quiz.trueCause().text()),
                        wrapped(model.whole().conclusion().summary(), "verdict"),
                        wrapped(quiz.script().lesson()),
                        buttons,
                        told);
        proof.requestFocus();
    }

    private static Node line(boolean right, String given, String truth) {
        Label mark = wrapped(right ? WORDS.get("quiz.right", given) : WORDS.get("quiz.wrong", given, truth));
        mark.getStyleClass().add(right ? "severity-ok" : "severity-critical");
        return mark;
    }

    private void save(Consumer<String> say) {
        files.save(
                        Objects.requireNonNull(getScene()).getWindow(),
                        WORDS.get("quiz.save"),
                        model.quiz().script().id() + ".md")
                .ifPresent(chosen -> results.write(
                        chosen,
                        model.markdown(),
                        problem -> say.accept(
                                problem.map(fault -> Told.problem(fault).toString())
                                        .orElse(WORDS.get("quiz.saved", String.valueOf(chosen.getFileName()))))));
    }

    private static Label headline(String text) {
        return wrapped(text, "quiz-title");
    }

    private static Label wrapped(String text, String... styles) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().addAll(styles);
        return label;
    }
}
