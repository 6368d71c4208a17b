package phalanx.show.agents;

import java.time.Duration;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import phalanx.agents.trail.IncidentRecord;
import phalanx.agents.trail.Proposal;
import phalanx.agents.trail.StepText;
import phalanx.show.Words;

/** What would be done, or was: dry run, difference, blast radius, way back, what came of it. Screen thread. */
final class ProposalCard extends VBox {
    private static final Words WORDS = Words.of("agents");

    private final GridPane facts = new GridPane();

    /** @param cooldown at the target after it, at least */
    ProposalCard(IncidentRecord.Attempt attempt, Duration cooldown) {
        super(6);
        getStyleClass()
                .addAll(
                        "card",
                        switch (attempt.proposal().remedy().risk()) {
                            case LOW -> "card-info";
                            case MEDIUM -> "card-warning";
                            case HIGH -> "card-critical";
                        });
        Proposal proposal = attempt.proposal();
        Label title = new Label(
                proposal.remedy().kind().word() + " " + proposal.remedy().target());
        title.setWrapText(true);
        title.getStyleClass().add("verdict");
        facts.setHgap(10);
        facts.setVgap(3);
        ColumnConstraints fixed = new ColumnConstraints();
        fixed.setMinWidth(Region.USE_PREF_SIZE);
        ColumnConstraints wide = new ColumnConstraints();
        wide.setHgrow(Priority.ALWAYS);
        facts.getColumnConstraints().setAll(fixed, wide);
        fact(WORDS.get("proposal.risk"), AgentWords.risk(proposal.remedy().risk()));
        fact(
                WORDS.get("proposal.dry-run"),
                (attempt.dryRun().passed() ? "\u2714 " : "\u2716 ")
                        + AgentWords.said(attempt.dryRun().says()));
        fact(
                WORDS.get("proposal.radius"),
                attempt.dryRun().outOfUse() > 0
                        ? WORDS.get(
                                "proposal.radius.share",
                                Math.round(100 * attempt.dryRun().outOfUse()))
                        : WORDS.get("proposal.radius.none"));
        if (!attempt.dryRun().wayBack().isEmpty()) {
            fact(
                    WORDS.get("proposal.way-back"),
                    AgentWords.said(attempt.dryRun().wayBack()));
        }
        fact(WORDS.get("proposal.cooldown"), WORDS.get("proposal.cooldown.seconds", cooldown.toSeconds()));
        if (!proposal.precedent().isEmpty()) {
            fact(WORDS.get("proposal.precedent"), proposal.precedent());
        }
        if (attempt.acted() != null) {
            fact(WORDS.get("proposal.done"), AgentWords.said(StepText.of(attempt.acted())));
        }
        if (attempt.verified() != null) {
            fact(WORDS.get("proposal.measured"), AgentWords.said(StepText.of(attempt.verified())));
        }
        if (attempt.takenBack() != null) {
            fact(WORDS.get("proposal.taken-back"), AgentWords.said(StepText.of(attempt.takenBack())));
        }
        getChildren().setAll(title, facts);
        if (!attempt.dryRun().difference().isBlank()) {
            getChildren().add(new DifferenceBox(attempt.dryRun().difference()));
        }
    }

    private void fact(String name, String text) {
        Label what = new Label(name);
        what.getStyleClass().add("soft");
        Label says = new Label(text);
        says.setWrapText(true);
        facts.addRow(facts.getRowCount(), what, says);
    }
}
