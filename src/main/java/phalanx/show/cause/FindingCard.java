package phalanx.show.cause;

import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TitledPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Finding;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Controls;
import phalanx.show.SeverityMark;
import phalanx.show.Words;
import phalanx.stitch.Stitched;

/** One finding: severity, sentence, place, its packets one by one; explanation, remedy and what it is not to unfold. */
final class FindingCard extends VBox {
    private static final Words WORDS = Words.of("cause");
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

    private final CauseViewModel model;
    private final ExplainedFinding told;
    private final Stitched stitched;
    private final Label position = new Label();
    private final TitledPane more = new TitledPane();
    private final VBox whole;
    private final DismissForm dismiss;
    private boolean selected;

    FindingCard(ExplainedFinding told, CauseViewModel model) {
        super(6);
        this.told = told;
        this.model = model;
        stitched = model.analysis().stitched();
        Finding finding = told.finding();
        getStyleClass().addAll("card", "card-" + finding.severity().word(), "finding-card");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON); // Enter shows the proof
        setAccessibleRoleDescription(WORDS.get("card"));
        setAccessibleText(CauseText.spoken(told, stitched));
        setOnKeyPressed(this::key);
        setOnMousePressed(_ -> requestFocus());
        dismiss = new DismissForm(told, model);
        whole = new VBox(6, badge());
        if (!told.summary().equals(model.analysis().conclusion().summary())) { // which stands above all cards
            whole.getChildren()
                    .addAll(
                            CauseText.wrapped(told.summary()),
                            CauseText.soft(CauseText.place(finding, stitched) + "; "
                                    + WORDS.get("confidence.inline", CauseText.confidence(finding))));
        }
        whole.getChildren().addAll(proof(), details(), actions(), dismiss);
    }

    private Label badge() {
        Finding finding = told.finding();
        Label badge = new Label(told.id() + "  " + SeverityMark.word(finding.severity()) + "  "
                + Words.language().kind(finding.kind()));
        badge.setWrapText(true);
        badge.setMinHeight(Region.USE_PREF_SIZE);
        badge.setGraphic(SeverityMark.icon(finding.severity()));
        badge.getStyleClass().addAll("badge", "severity-" + finding.severity().word());
        return badge;
    }

    /** Button, position among the packets, and a step either way. */
    private FlowPane proof() {
        Button show = Controls.button(WORDS.get("show-proof"), () -> model.showProof(told));
        show.getStyleClass().add("accent");
        show.setAccessibleText(WORDS.get("show-proof.spoken", told.id()));
        Button before =
                Controls.icon("mdi2c-chevron-left", WORDS.get("proof.previous", told.id()), () -> model.step(told, -1));
        Button next =
                Controls.icon("mdi2c-chevron-right", WORDS.get("proof.next", told.id()), () -> model.step(told, 1));
        position.setMinWidth(Region.USE_PREF_SIZE);
        HBox steps = new HBox(2, before, position, next);
        steps.setAlignment(Pos.CENTER_LEFT);
        return new FlowPane(8, 4, show, steps);
    }

    private TitledPane details() {
        more.setText(WORDS.get("details"));
        more.setExpanded(false);
        more.setAnimated(false);
        more.setMinWidth(0);
        more.getStyleClass().add("dense");
        more.expandedProperty().subscribe(open -> {
            if (open && more.getContent() == null) {
                more.setContent(explanation());
            }
        });
        return more;
    }

    /** Made when it is first unfolded. */
    private VBox explanation() {
        Finding finding = told.finding();
        VBox box = new VBox(8, CauseText.wrapped(told.explanation()));
        if (told.remedy() != null) {
            box.getChildren().addAll(strong(WORDS.get("remedy")), CauseText.wrapped(told.remedy()));
        }
        box.getChildren().add(strong(WORDS.get("evidence.label")));
        for (int i = 0; i < finding.evidence().size(); i++) {
            box.getChildren().add(evidence(i));
        }
        if (!finding.ruledOut().isEmpty()) {
            box.getChildren().add(strong(WORDS.get("ruled-out")));
        }
        for (Finding.RuledOut other : finding.ruledOut()) {
            box.getChildren()
                    .add(CauseText.wrapped(WORDS.get(
                            "not",
                            Words.language().kind(other.kind()),
                            Words.language().phrase(other.why()))));
        }
        CauseText.settle(finding, stitched)
                .ifPresent(settle ->
                        box.getChildren().addAll(strong(WORDS.get("settle.label")), CauseText.wrapped(settle)));
        return box;
    }

    private Node evidence(int index) {
        Evidence evidence = told.finding().evidence().get(index);
        Hyperlink link =
                new Hyperlink(WORDS.get("evidence", stitched.hopName(evidence.capture()), evidence.frames().length));
        link.setOnAction(_ -> {
            model.show(told, index);
            link.setVisited(false);
        });
        link.setAccessibleText(link.getText() + ", " + Words.language().phrase(evidence.says()));
        return new VBox(link, CauseText.soft(Words.language().phrase(evidence.says())));
    }

    private static Label strong(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("strong");
        return label;
    }

    private FlowPane actions() {
        Button copy = Controls.button(WORDS.get("copy"), () -> Controls.copy(CauseText.markdown(told, stitched)));
        copy.setAccessibleText(WORDS.get("copy.spoken", told.id()));
        Button dismissing = Controls.button(WORDS.get("dismiss"), () -> dismiss.open());
        dismissing.setAccessibleText(WORDS.get("dismiss.spoken", told.id()));
        return new FlowPane(8, 4, copy, dismissing);
    }

    /** Shows the finding as it stands: selected or not, dismissed or not. */
    void show(boolean isSelected, @Nullable Dismissal dismissal) {
        if (dismissal == null) {
            getChildren().setAll(whole);
        } else {
            Label why = CauseText.wrapped(told.id() + "  "
                    + Words.language().kind(told.finding().kind()) + ": " + WORDS.get("dismissed", dismissal.reason()));
            why.getStyleClass().add("soft");
            Button undo = Controls.button(WORDS.get("undo"), () -> model.undismiss(told.id()));
            undo.setAccessibleText(WORDS.get("undo.spoken", told.id()));
            undo.setMinWidth(Region.USE_PREF_SIZE);
            HBox.setHgrow(why, Priority.ALWAYS);
            why.setMaxWidth(Double.MAX_VALUE);
            HBox line = new HBox(8, why, undo);
            line.setAlignment(Pos.CENTER_LEFT);
            getChildren().setAll(List.of(line));
        }
        pseudoClassStateChanged(SELECTED, isSelected);
        if (isSelected && !selected) {
            more.setExpanded(true);
        }
        selected = isSelected;
        int size = new ProofSteps(told.finding().evidence()).size();
        int at = model.proof(told);
        position.setText(at < 0 ? WORDS.get("proof.count", size) : WORDS.get("proof.position", at + 1, size));
    }

    /** As it was last shown. */
    boolean isSelected() {
        return selected;
    }

    @Override
    public void executeAccessibleAction(AccessibleAction action, Object... parameters) {
        if (action == AccessibleAction.FIRE) {
            model.prove(told);
        } else {
            super.executeAccessibleAction(action, parameters);
        }
    }

    private void key(KeyEvent key) {
        if (key.getTarget() == this && key.getCode() == KeyCode.ENTER) {
            model.prove(told);
            key.consume();
        }
    }
}
