package phalanx.show.cause;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Controls;
import phalanx.show.Words;

/** Asks why a finding is no problem; without a reason it stays one. */
final class DismissForm extends VBox {
    private static final Words WORDS = Words.of("cause");

    private final TextField reason = new TextField();

    DismissForm(ExplainedFinding told, CauseViewModel model) {
        super(4);
        Label question = CauseText.wrapped(WORDS.get("dismiss.why"));
        question.setLabelFor(reason);
        reason.setAccessibleText(WORDS.get("dismiss.why"));
        Button keep = Controls.button(WORDS.get("dismiss.keep"), () -> {
            close();
            model.dismiss(new Dismissal(told.id(), reason.getText().strip()));
        });
        keep.disableProperty().bind(reason.textProperty().map(String::isBlank));
        reason.setOnAction(_ -> keep.fire());
        getChildren().setAll(question, reason, new HBox(8, keep, Controls.button(WORDS.get("cancel"), this::close)));
        managedProperty().bind(visibleProperty());
        setVisible(false);
    }

    void open() {
        setVisible(true);
        reason.requestFocus();
    }

    private void close() {
        setVisible(false);
    }
}
