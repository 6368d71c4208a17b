package phalanx.show.cause;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import phalanx.diagnose.Severity;
import phalanx.diagnose.UnusualStretch;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.FactFormat;
import phalanx.explain.SeriesWords;
import phalanx.show.Selection;

/** The verdict sentence, then a card for each finding, those of the selected conversation when one is selected. */
public final class CauseView extends VBox {
    /** More cards than anyone reads would only slow the desk. */
    private static final int MOST_CARDS = 40;

    private final Analysis analysis;
    private final Selection selection;
    private final Consumer<ExplainedFinding> open;
    private final VBox cards = new VBox(10);
    private final HBox filter = new HBox(8);

    /** Findings whose proof is asked for go to {@code open}. */
    public CauseView(Analysis analysis, Selection selection, Consumer<ExplainedFinding> open) {
        this.analysis = analysis;
        this.selection = selection;
        this.open = open;
        getStyleClass().addAll("dock", "cause");
        Label title = new Label("Root cause");
        title.getStyleClass().add("pane-title");
        VBox content = new VBox(10, verdict(), filter, cards, unusual(), checks());
        content.setPadding(new Insets(0, 12, 12, 10));
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setAccessibleText("Root cause and findings");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().setAll(title, scroll);
        filter.managedProperty().bind(filter.visibleProperty());
        selection.conversation().subscribe(_ -> refresh());
        selection.finding().subscribe(_ -> refresh());
    }

    private VBox verdict() {
        ExplainedFinding root = analysis.conclusion().finding();
        Severity severity = root == null ? null : root.finding().severity();
        Label badge = new Label(severity == null ? "\u2713 No fault found" : icon(severity) + " " + word(severity));
        badge.getStyleClass().addAll("badge", severity == null ? "severity-ok" : "severity-" + severity.word());
        Label sentence = wrapped(analysis.conclusion().summary());
        sentence.getStyleClass().add("verdict");
        VBox box = new VBox(4, badge, sentence);
        if (!analysis.conclusion().details().isEmpty()) {
            box.getChildren().add(soft(analysis.conclusion().details()));
        }
        if (root != null) {
            box.getChildren()
                    .add(soft(FindingCard.confidence(root.finding().confidence()) + ", "
                            + FindingCard.affected(root.finding()) + ", since "
                            + FindingCard.time(root.finding().startNanos())));
        }
        return box;
    }

    private void refresh() {
        int conversation = selection.conversation().get();
        ExplainedFinding shown = selection.finding().get();
        List<ExplainedFinding> findings = new ArrayList<>(analysis.findings());
        boolean filtered = conversation != Selection.NONE && shown == null;
        if (filtered) {
            findings.removeIf(told -> !told.finding().conversations().contains(conversation));
        }
        filter.setVisible(filtered);
        Hyperlink all = new Hyperlink("Show all");
        all.setMinWidth(Region.USE_PREF_SIZE);
        all.setOnAction(_ -> selection.conversation().set(Selection.NONE));
        filter.getChildren()
                .setAll(
                        wrapped(findings.size() + " of " + analysis.findings().size()
                                + " findings concern the selected conversation."),
                        all);
        int more = findings.size() - MOST_CARDS;
        if (more > 0) {
            findings.subList(MOST_CARDS, findings.size())
                    .removeIf(told -> shown == null || !told.id().equals(shown.id()));
        }
        cards.getChildren()
                .setAll(findings.stream()
                        .map(told -> new FindingCard(
                                told,
                                analysis.stitched(),
                                shown != null && told.id().equals(shown.id()),
                                open))
                        .toList());
        if (more > 0) {
            cards.getChildren().add(soft("And " + more + " less important ones; phalanx analyze tells them all."));
        }
    }

    /** When the traffic left what was usual in the recording. */
    private VBox unusual() {
        List<UnusualStretch> stretches = analysis.unusual().orElse(List.of());
        VBox box = new VBox(3);
        box.setManaged(!stretches.isEmpty());
        if (!stretches.isEmpty()) {
            Label title = new Label("Unusual for this recording");
            title.getStyleClass().add("section-title");
            box.getChildren().add(title);
        }
        stretches.forEach(stretch -> box.getChildren()
                .add(wrapped(FactFormat.clockTime(stretch.startNanos()) + " to "
                        + FactFormat.clockTime(stretch.endNanos()) + "  "
                        + SeriesWords.unusual(stretch, analysis.stitched()))));
        return box;
    }

    private VBox checks() {
        VBox box = new VBox(3);
        box.getChildren().add(soft(analysis.checked() + " checks looked at these captures."));
        analysis.notRun()
                .forEach(rule ->
                        box.getChildren().add(soft("Could not run: " + rule.rule() + ", it " + rule.why() + ".")));
        Button copy = new Button("Copy verdict");
        copy.setOnAction(_ -> FindingCard.copy(analysis.conclusion().summary()));
        box.getChildren().add(copy);
        return box;
    }

    static String icon(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "\u2715";
            case WARNING -> "\u25b2";
            case INFO -> "i";
        };
    }

    static String word(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "Critical";
            case WARNING -> "Warning";
            case INFO -> "Info";
        };
    }

    static Label wrapped(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    static Label soft(String text) {
        Label label = wrapped(text);
        label.getStyleClass().add("soft");
        return label;
    }
}
