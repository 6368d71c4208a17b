package phalanx.show.agents;

import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.ReviewRecord;
import phalanx.agents.trail.StepText;
import phalanx.show.Words;

/** What a review proposes: the change, its reasons, what became of it. Screen thread. */
final class AdviceCard extends VBox {
    private static final Words WORDS = Words.of("agents");

    AdviceCard(ReviewRecord proposed) {
        super(6);
        getStyleClass().addAll("card", "card-info");
        Message.Advice advice = proposed.advice();
        getChildren().add(line(advice.title(), "verdict"));
        getChildren().add(line(WORDS.get("review.file", advice.file()), "soft"));
        advice.reasons().forEach(reason -> getChildren().add(line("\u2022 " + AgentWords.said(reason), "label")));
        if (!advice.where().isBlank()) {
            getChildren().add(line(WORDS.get("review.where", advice.where()), "soft"));
        }
        for (Message step : became(proposed)) {
            getChildren().add(line(AgentWords.time(step.at()) + "  " + AgentWords.said(StepText.of(step)), "strong"));
        }
        if (!advice.difference().isBlank()) {
            getChildren().add(new DifferenceBox(advice.difference()));
        }
    }

    private static List<Message> became(ReviewRecord proposed) {
        return proposed.decided() == null
                ? List.of()
                : proposed.acted() == null
                        ? List.of(proposed.decided())
                        : List.of(proposed.decided(), proposed.acted());
    }

    private static Label line(String text, String style) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().add(style);
        return label;
    }
}
