package phalanx.show.agents;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import phalanx.act.Risk;
import phalanx.agents.trail.Proposal;
import phalanx.show.Controls;
import phalanx.show.Words;

/** A person's answer to what waits: a reason, and for what cannot be taken back at once the target typed again. Screen thread. */
final class AnswerForm extends VBox {
    private static final Words WORDS = Words.of("agents");

    private final AgentsViewModel model;
    private final TextField reason = new TextField();
    private final TextField typed = new TextField();
    private final Label risky = new Label();
    private final Button approve;
    private final Button reject;
    private @Nullable Question question;

    /**
     * What waits for an answer.
     *
     * @param proposal its id
     * @param retyped what must be typed again to approve it, empty for nothing
     */
    record Question(String proposal, String retyped) {
        static Question of(Proposal proposal) {
            return new Question(
                    proposal.id(),
                    proposal.remedy().risk() == Risk.HIGH ? proposal.remedy().target() : "");
        }
    }

    AnswerForm(AgentsViewModel model) {
        super(6);
        this.model = model;
        approve = Controls.button(WORDS.get("approve"), () -> answer(true));
        reject = Controls.button(WORDS.get("reject"), () -> answer(false));
        approve.getStyleClass().add("accent");
        getStyleClass().add("card");
        Label title = new Label("\u25cf " + WORDS.get("answer"));
        title.getStyleClass().addAll("strong", "severity-warning");
        title.setWrapText(true);
        reason.setPromptText(WORDS.get("answer.reason"));
        reason.setAccessibleText(WORDS.get("answer.reason"));
        risky.setLabelFor(typed);
        risky.setWrapText(true);
        typed.setAccessibleText(WORDS.get("answer.typed"));
        reject.disableProperty()
                .bind(Bindings.createBooleanBinding(() -> reason.getText().isBlank(), reason.textProperty()));
        approve.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> reason.getText().isBlank() || !confirmed(), reason.textProperty(), typed.textProperty()));
        getChildren().setAll(title, reason, risky, typed, new HBox(8, approve, reject));
        ask(null);
    }

    private boolean confirmed() {
        Question asked = question;
        return asked != null
                && (asked.retyped().isEmpty() || typed.getText().strip().equals(asked.retyped()));
    }

    /** @param next what waits for an answer, null for nothing */
    void ask(@Nullable Question next) {
        if (next == null || !next.equals(question)) {
            reason.clear();
            typed.clear();
        }
        question = next;
        boolean high = next != null && !next.retyped().isEmpty();
        risky.setText(next == null ? "" : WORDS.get("answer.risky", next.retyped()));
        for (Node node : List.of(risky, typed)) {
            node.setVisible(high);
            node.setManaged(high);
        }
        setVisible(next != null);
        setManaged(next != null);
    }

    private void answer(boolean yes) {
        Question asked = question;
        if (asked != null) {
            model.answer(asked.proposal(), yes, reason.getText());
        }
    }
}
