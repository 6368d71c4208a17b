package phalanx.show.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import phalanx.casefile.DemoScript;
import phalanx.explain.Analysis;
import phalanx.show.Words;

/** A quiz while it is answered. Screen thread. */
public final class QuizViewModel {
    private static final Words WORDS = Words.of("demo");

    /** The answer that was given, and how it was. */
    public record Answered(Quiz.Place place, DemoScript.Cause cause, Quiz.Score score, Instant at) {}

    private final Quiz quiz;
    private final Analysis whole;
    private final Clock clock;
    private final ObjectProperty<Quiz.@Nullable Place> place = new SimpleObjectProperty<>();
    private final ObjectProperty<DemoScript.@Nullable Cause> cause = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<@Nullable Answered> answered = new ReadOnlyObjectWrapper<>();

    /** @param whole the analysis with its answer */
    public QuizViewModel(DemoScript script, Analysis whole, Clock clock) {
        quiz = Quiz.of(script, whole);
        this.whole = whole;
        this.clock = clock;
    }

    public Quiz quiz() {
        return quiz;
    }

    /** What is to be shown once it was answered. */
    public Analysis whole() {
        return whole;
    }

    /** Where the trainee says it is. */
    public ObjectProperty<Quiz.@Nullable Place> place() {
        return place;
    }

    /** What the trainee says it is. */
    public ObjectProperty<DemoScript.@Nullable Cause> cause() {
        return cause;
    }

    /** Null until it was answered; then it stays. */
    public ReadOnlyObjectProperty<@Nullable Answered> answered() {
        return answered.getReadOnlyProperty();
    }

    /** Scores what was chosen; nothing happens before both were. */
    public void answer() {
        Quiz.Place where = place.get();
        DemoScript.Cause what = cause.get();
        if (where != null && what != null && answered.get() == null) {
            answered.set(new Answered(where, what, quiz.score(where, what), clock.instant()));
        }
    }

    /** The result for a report; empty until it was answered. */
    public String markdown() {
        Answered given = answered.get();
        if (given == null) {
            return "";
        }
        String lines = WORDS.get(
                "result.markdown",
                quiz.script().title(),
                given.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                given.score().points(),
                given.place().text(),
                mark(given.score().placeRight()),
                given.cause().text(),
                mark(given.score().causeRight()),
                whole.conclusion().summary(),
                quiz.script().lesson());
        return lines + "\n";
    }

    private static String mark(boolean right) {
        return right ? WORDS.get("right") : WORDS.get("wrong");
    }
}
