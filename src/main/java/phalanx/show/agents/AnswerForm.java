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
import phalanx.agents.Proposal;
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
    private @Nullable Proposal proposal;

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
        Proposal asked = proposal;
        return asked != null
                && (asked.remedy().risk() != Risk.HIGH
                        || typed.getText().strip().equals(asked.remedy().target()));
    }

    /** @param next what waits for an answer, null for nothing */
    void ask(@Nullable Proposal next) {
        if (next == null || !next.equals(proposal)) {
            reason.clear();
            typed.clear();
        }
        proposal = next;
        boolean high = next != null && next.remedy().risk() == Risk.HIGH;
        risky.setText(
                next == null ? "" : WORDS.get("answer.risky", next.remedy().target()));
        for (Node node : List.of(risky, typed)) {
            node.setVisible(high);
            node.setManaged(high);
        }
        setVisible(next != null);
        setManaged(next != null);
    }

    private void answer(boolean yes) {
        Proposal asked = proposal;
        if (asked != null) {
            model.answer(asked.id(), yes, reason.getText());
        }
    }
}
