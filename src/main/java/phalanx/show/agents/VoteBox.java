package phalanx.show.agents;

import java.util.Comparator;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import phalanx.agents.trail.IncidentRecord;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Tally;
import phalanx.agents.trail.Vote;
import phalanx.show.Words;

/** Who voted how on a proposal, with which weight and why; the count against what is needed; what came of it. Screen thread. */
final class VoteBox extends VBox {
    private static final Words WORDS = Words.of("agents");

    VoteBox(IncidentRecord.Attempt attempt) {
        super(6);
        Label title = new Label(WORDS.get("votes"));
        title.getStyleClass().add("section-title");
        getChildren().add(title);
        if (attempt.votes().isEmpty()) {
            getChildren().add(soft(WORDS.get("votes.none")));
        } else {
            getChildren().add(votes(attempt.votes()));
        }
        getChildren()
                .add(soft(WORDS.get(
                        "votes.proposer", AgentWords.role(attempt.proposal().by()))));
        attempt.decisions().forEach(this::decision);
    }

    private static GridPane votes(List<Vote> votes) {
        GridPane grid = new GridPane();
        grid.setHgap(10);
        grid.setVgap(4);
        ColumnConstraints fixed = new ColumnConstraints();
        fixed.setMinWidth(Region.USE_PREF_SIZE);
        ColumnConstraints wide = new ColumnConstraints();
        wide.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().setAll(fixed, fixed, fixed, wide);
        votes.stream().sorted(Comparator.comparing(Vote::voter)).forEach(vote -> {
            Label choice = new Label(AgentWords.choice(vote.choice()));
            choice.getStyleClass().add(vote.choice() == Vote.Choice.YES ? "severity-ok" : "severity-critical");
            Label reason = new Label(AgentWords.said(vote.reason()));
            reason.setWrapText(true);
            Label trust = new Label(String.format(Words.language().locale(), "%.2f", vote.trust()));
            trust.setAccessibleText(WORDS.get("votes.trust", trust.getText()));
            grid.addRow(grid.getRowCount(), new Label(AgentWords.role(vote.voter())), trust, choice, reason);
        });
        return grid;
    }

    private void decision(Message.Decided decided) {
        Tally tally = decided.tally();
        if (tally != null) {
            ProgressBar bar = new ProgressBar(tally.yes());
            bar.setMaxWidth(Double.MAX_VALUE);
            Label count = soft(WORDS.get(
                    "votes.tally",
                    Math.round(100 * tally.yes()),
                    Math.round(100 * tally.needed()),
                    tally.answered(),
                    tally.quorum()));
            bar.setAccessibleText(count.getText());
            getChildren().addAll(bar, count);
            if (tally.vetoed() != null) {
                Label veto = new Label("\u2716 " + WORDS.get("votes.vetoed", AgentWords.role(tally.vetoed())));
                veto.getStyleClass().add("severity-critical");
                getChildren().add(veto);
            }
        }
        Label outcome = new Label(
                WORDS.get("votes.outcome", AgentWords.decision(decided.decision()), AgentWords.said(decided.reason())));
        outcome.setWrapText(true);
        outcome.getStyleClass()
                .addAll(
                        "strong",
                        switch (decided.decision()) {
                            case APPROVED -> "severity-ok";
                            case ASKED, DRY_RUN -> "severity-warning";
                            case REJECTED -> "severity-critical";
                        });
        getChildren().add(outcome);
    }

    private static Label soft(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("soft");
        label.setWrapText(true);
        return label;
    }
}
