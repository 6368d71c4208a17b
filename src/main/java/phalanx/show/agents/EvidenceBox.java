package phalanx.show.agents;

import java.util.Locale;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import phalanx.agents.cause.Evidence;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.observe.Proof;
import phalanx.agents.trail.IncidentRecord;
import phalanx.agents.trail.StepText;
import phalanx.show.Words;

/** What may be the cause, with the figures that speak for it and against it: now against usual. Screen thread. */
final class EvidenceBox extends VBox {
    private static final Words WORDS = Words.of("agents");
    private static final int CAUSES = 3, FIGURES = 6;

    private final Consumer<Proof> packets;

    /** @param packets opens a capture at the packets that prove something */
    EvidenceBox(IncidentRecord incident, Consumer<Proof> packets) {
        super(6);
        this.packets = packets;
        Label title = new Label(WORDS.get("evidence"));
        title.getStyleClass().add("section-title");
        getChildren().add(title);
        if (incident.hypotheses().isEmpty()) {
            getChildren().add(soft(WORDS.get("evidence.none")));
        }
        incident.hypotheses().stream().limit(CAUSES).forEach(this::cause);
    }

    private void cause(Hypothesis one) {
        Label name = new Label(
                WORDS.get("evidence.cause", one.cause().word(), one.place().toString()));
        name.getStyleClass().add("strong");
        name.setMaxWidth(Double.MAX_VALUE);
        name.setWrapText(true);
        HBox.setHgrow(name, Priority.ALWAYS);
        ProgressBar bar = new ProgressBar(one.confidence());
        bar.setPrefWidth(70);
        bar.setMinWidth(40);
        String confidence = String.format(Words.language().locale(), "%.2f", one.confidence());
        bar.setAccessibleText(WORDS.get("evidence.confidence", confidence));
        Label figure = new Label(confidence);
        figure.setMinWidth(Region.USE_PREF_SIZE);
        HBox line = new HBox(8, name, bar, figure);
        line.setAlignment(Pos.CENTER_LEFT);
        getChildren().add(line);
        if (!one.evidence().isEmpty()) {
            getChildren().add(figures(one));
        }
        if (!one.missing().isEmpty()) {
            getChildren()
                    .add(soft(WORDS.get(
                            "evidence.missing",
                            String.join(
                                    ", ",
                                    one.missing().stream()
                                            .map(measure -> AgentWords.said(measure.word()))
                                            .toList()))));
        }
    }

    private GridPane figures(Hypothesis one) {
        GridPane grid = new GridPane();
        grid.setHgap(10);
        grid.setVgap(2);
        grid.getStyleClass().add("agent-figures");
        ColumnConstraints wide = new ColumnConstraints();
        wide.setHgrow(Priority.ALWAYS);
        wide.setMinWidth(60);
        grid.getColumnConstraints().add(wide);
        grid.addRow(
                0,
                soft(WORDS.get("figure")),
                soft(WORDS.get("figure.now")),
                soft(WORDS.get("figure.usual")),
                soft(WORDS.get("figure.speaks")));
        one.evidence().stream().limit(FIGURES).forEach(evidence -> {
            Label weight = new Label(weight(evidence));
            weight.getStyleClass().add(evidence.weight() > 0 ? "severity-ok" : "severity-warning");
            weight.setMinWidth(Region.USE_PREF_SIZE);
            Label what = new Label(evidence.subject() + " "
                    + AgentWords.said(evidence.measure().word()));
            what.setWrapText(true);
            grid.addRow(
                    grid.getRowCount(),
                    what,
                    value(evidence, evidence.figure().now()),
                    value(evidence, evidence.figure().usual()),
                    weight);
            if (evidence.proof() != null) {
                grid.add(link(evidence.proof()), 0, grid.getRowCount(), 4, 1);
            }
        });
        return grid;
    }

    private Hyperlink link(Proof proof) {
        Hyperlink link = new Hyperlink(WORDS.get("evidence.packets", proof.name(), proof.numbers()));
        link.setAccessibleHelp(WORDS.get("evidence.packets.hint"));
        link.setWrapText(true);
        link.setOnAction(_ -> packets.accept(proof));
        return link;
    }

    private static String weight(Evidence evidence) {
        String figure = String.format(Locale.ROOT, "%+.1f", evidence.weight());
        return evidence.weight() > 0 ? WORDS.get("figure.for", figure) : WORDS.get("figure.against", figure);
    }

    private static Label value(Evidence evidence, double value) {
        Label label = new Label(
                Double.isNaN(value) ? WORDS.get("figure.unknown") : StepText.value(evidence.measure(), value));
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private static Label soft(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("soft");
        label.setWrapText(true);
        return label;
    }
}
