package phalanx.show.live;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import phalanx.capture.remote.HopAddress;
import phalanx.run.Outcome;
import phalanx.show.Controls;
import phalanx.show.Words;

/** Capture points on other machines, and by what these are believed. Screen thread. */
final class ElsewherePane extends VBox {
    private static final Words WORDS = Words.of("live");
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");
    private static final double GAP = 8;

    private final CaptureViewModel model;
    private final GridPane points = new GridPane(GAP, GAP);
    private final GridPane belief = new GridPane(GAP, GAP);

    /** @param choose asks for a file with a token */
    ElsewherePane(CaptureViewModel model, Supplier<Optional<Path>> choose) {
        super(GAP);
        this.model = model;
        Button add = Controls.button(WORDS.get("elsewhere.add"), () -> {
            model.elsewhere.add(new CaptureViewModel.Elsewhere());
            points.getChildren().get(points.getChildren().size() - 3).requestFocus();
        });
        TextField token = field(model.tokenFile, WORDS.get("token"), WORDS.get("token.prompt"));
        belief.addRow(0, label("believed"), field(model.believed, WORDS.get("believed"), WORDS.get("believed.prompt")));
        belief.addRow(
                1,
                label("token"),
                token,
                Controls.button(
                        WORDS.get("choose"),
                        () -> choose.get().ifPresent(file -> model.tokenFile.set(file.toString()))));
        belief.managedProperty().bind(belief.visibleProperty());
        getChildren().setAll(points, add, belief);
        model.elsewhere.addListener((ListChangeListener<CaptureViewModel.Elsewhere>) _ -> fill());
        fill();
    }

    private static Label label(String key) {
        Label label = new Label(WORDS.get(key));
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private static TextField field(StringProperty value, String what, String prompt) {
        TextField field = new TextField();
        field.textProperty().bindBidirectional(value);
        field.setPromptText(prompt);
        field.setAccessibleText(what);
        GridPane.setHgrow(field, Priority.ALWAYS);
        return field;
    }

    private void fill() {
        points.getChildren().clear();
        int row = 0;
        for (CaptureViewModel.Elsewhere point : model.elsewhere) {
            TextField address = field(point.address, WORDS.get("elsewhere.address"), WORDS.get("elsewhere.prompt"));
            address.textProperty()
                    .subscribe(text -> address.pseudoClassStateChanged(
                            INVALID, !text.isBlank() && HopAddress.parse(text.strip()) instanceof Outcome.Failed));
            TextField name = field(point.name, WORDS.get("column.name"), WORDS.get("column.name"));
            points.addRow(
                    row++,
                    address,
                    name,
                    Controls.icon("mdi2c-close", WORDS.get("elsewhere.remove"), () -> model.elsewhere.remove(point)));
        }
        belief.setVisible(!model.elsewhere.isEmpty());
    }
}
