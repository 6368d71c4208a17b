package phalanx.show.cause;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TitledPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Finding;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.FactFormat;
import phalanx.explain.TemplateExplainer;
import phalanx.stitch.Stitched;

/** One finding: severity, place, sentence; explanation, remedy, what was ruled out and the proof to unfold. */
final class FindingCard extends VBox {
    private static final int FRAMES_SHOWN = 8;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    FindingCard(ExplainedFinding told, Stitched stitched, boolean selected, Consumer<ExplainedFinding> open) {
        super(6);
        Finding finding = told.finding();
        getStyleClass().addAll("card", "card-" + finding.severity().word());
        if (selected) {
            getStyleClass().add("card-selected");
        }
        Label badge = new Label(told.id() + "  " + CauseView.icon(finding.severity()) + " "
                + CauseView.word(finding.severity()) + "  " + FactFormat.kind(finding.kind()));
        badge.getStyleClass().addAll("badge", "severity-" + finding.severity().word());
        Label summary = CauseView.wrapped(told.summary());
        Label place = CauseView.soft(TemplateExplainer.place(finding.where(), stitched) + ", "
                + TemplateExplainer.way(finding.direction()) + "; " + confidence(finding.confidence()));
        Button proof = new Button("Show proof");
        proof.getStyleClass().add("accent");
        proof.setOnAction(_ -> open.accept(told));
        proof.setAccessibleText("Show the packets that prove " + told.id());
        Button copy = new Button("Copy");
        copy.setOnAction(_ -> copy(markdown(told)));
        copy.setAccessibleText("Copy " + told.id() + " as Markdown");
        TitledPane more = new TitledPane("Why, what next, what it is not", details(told, stitched));
        more.setExpanded(selected);
        more.getStyleClass().add("dense");
        getChildren().setAll(badge, summary, place, new HBox(8, proof, copy), more);
    }

    private static VBox details(ExplainedFinding told, Stitched stitched) {
        VBox box = new VBox(8);
        box.getChildren().add(CauseView.wrapped(told.explanation()));
        if (told.remedy() != null) {
            Label next = new Label("Do next");
            next.getStyleClass().add("strong");
            box.getChildren().addAll(next, CauseView.wrapped(told.remedy()));
        }
        for (Finding.RuledOut other : told.finding().ruledOut()) {
            box.getChildren().add(CauseView.soft("Not " + FactFormat.kind(other.kind()) + ": " + other.why() + "."));
        }
        for (Evidence evidence : told.finding().evidence()) {
            box.getChildren()
                    .add(CauseView.soft("Proof in " + stitched.hopName(evidence.capture()) + ": frames "
                            + frames(evidence) + " (" + evidence.says() + ")."));
        }
        return box;
    }

    private static String frames(Evidence evidence) {
        String some = Arrays.stream(evidence.frames())
                .limit(FRAMES_SHOWN)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", "));
        int more = evidence.frames().length - FRAMES_SHOWN;
        return more > 0 ? some + " and " + more + " more" : some;
    }

    private static String markdown(ExplainedFinding told) {
        return "**" + told.summary() + "**\n\n" + told.explanation()
                + (told.remedy() == null ? "" : "\n\nDo next: " + told.remedy());
    }

    static String confidence(double confidence) {
        String word = confidence >= 0.9 ? "high" : confidence >= 0.7 ? "good" : "low";
        return "%s confidence (%.0f %%)".formatted(word, 100 * confidence);
    }

    static String affected(Finding finding) {
        int conversations = finding.conversations().size();
        return conversations == 1 ? "1 conversation affected" : conversations + " conversations affected";
    }

    static String time(long nanos) {
        return TIME.format(Instant.ofEpochSecond(0, nanos));
    }

    static void copy(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
