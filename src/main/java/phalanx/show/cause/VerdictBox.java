package phalanx.show.cause;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.diagnose.Finding;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Controls;
import phalanx.show.SeverityMark;
import phalanx.show.Words;

/** The answer in one sentence: cause, place, time, who is affected, how sure; and what was looked at and is not so. */
final class VerdictBox extends VBox {
    private static final Words WORDS = Words.of("cause");

    private final Label dismissed = CauseText.soft("");

    VerdictBox(Analysis analysis) {
        super(6);
        ExplainedFinding root = analysis.conclusion().finding();
        Label sentence = CauseText.wrapped(analysis.conclusion().summary());
        sentence.getStyleClass().add("verdict");
        dismissed.setManaged(false);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox head = new HBox(
                8,
                badge(root),
                space,
                Controls.icon(
                        "mdi2c-content-copy",
                        WORDS.get("copy-verdict"),
                        () -> Controls.copy(analysis.conclusion().summary())));
        head.setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(head, sentence, dismissed);
        if (root != null) {
            getChildren().add(facts(root.finding(), analysis));
        }
        if (!analysis.passed().isEmpty()) {
            getChildren()
                    .add(folded(
                            WORDS.get("passed", analysis.passed().size()),
                            List.of(CauseText.soft(String.join(", ", analysis.passed())))));
        }
        if (!analysis.notRun().isEmpty()) {
            getChildren().add(folded(WORDS.get("not-run", analysis.notRun().size()), notRun(analysis.notRun())));
        }
    }

    /** Says that the root of it all is no problem, empty for taking that back. */
    void dismissed(String reason) {
        dismissed.setText(reason.isEmpty() ? "" : WORDS.get("dismissed", reason));
        dismissed.setManaged(!reason.isEmpty());
    }

    private static Node badge(@Nullable ExplainedFinding root) {
        Label word = new Label(
                root == null
                        ? WORDS.get("no-fault")
                        : SeverityMark.word(root.finding().severity()));
        FontIcon icon = root == null
                ? new FontIcon("mdi2c-check-circle")
                : SeverityMark.icon(root.finding().severity());
        if (root == null) {
            icon.getStyleClass().add("severity-icon-ok");
        }
        word.getStyleClass()
                .addAll(
                        "badge",
                        root == null
                                ? "severity-ok"
                                : "severity-" + root.finding().severity().word());
        word.setGraphic(icon);
        return word;
    }

    private static GridPane facts(Finding finding, Analysis analysis) {
        GridPane facts = new GridPane();
        facts.setHgap(10);
        facts.setVgap(3);
        ColumnConstraints names = new ColumnConstraints();
        names.setMinWidth(Region.USE_PREF_SIZE);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        facts.getColumnConstraints().setAll(names, values);
        fact(facts, WORDS.get("where"), CauseText.place(finding, analysis.stitched()));
        fact(facts, WORDS.get("since.label"), CauseText.since(finding));
        fact(facts, WORDS.get("affected.label"), CauseText.affected(finding, analysis.stitched()));
        fact(facts, WORDS.get("confidence.label"), CauseText.confidence(finding));
        return facts;
    }

    private static void fact(GridPane facts, String name, String value) {
        Label label = CauseText.soft(name);
        GridPane.setValignment(label, VPos.TOP);
        facts.addRow(facts.getRowCount(), label, CauseText.wrapped(value));
    }

    /** By reason: what is missing, which checks wait for it, and what to capture for them. */
    private static List<Node> notRun(List<Analysis.NotRun> rules) {
        Map<String, List<Analysis.NotRun>> byReason =
                rules.stream().collect(Collectors.groupingBy(Analysis.NotRun::why, TreeMap::new, Collectors.toList()));
        return byReason.entrySet().stream()
                .<Node>map(entry -> {
                    List<Analysis.NotRun> waiting = entry.getValue();
                    VBox box = new VBox(
                            2,
                            CauseText.wrapped(WORDS.get(
                                    "not-run.reason",
                                    waiting.size(),
                                    Words.language().phrase(entry.getKey()))),
                            CauseText.soft(
                                    waiting.stream().map(Analysis.NotRun::rule).collect(Collectors.joining(", "))));
                    String settle = waiting.getFirst().settle();
                    if (!settle.isEmpty()) {
                        box.getChildren()
                                .add(CauseText.wrapped(
                                        WORDS.get("settle", Words.language().phrase(settle))));
                    }
                    return box;
                })
                .toList();
    }

    private static TitledPane folded(String title, List<Node> content) {
        VBox box = new VBox(8);
        box.getChildren().setAll(content);
        TitledPane pane = new TitledPane(title, box);
        pane.setExpanded(false);
        pane.setAnimated(false);
        pane.setMinWidth(0);
        pane.getStyleClass().add("dense");
        return pane;
    }
}
