package phalanx.show.settings;

import java.nio.file.Path;
import java.util.Objects;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser.ExtensionFilter;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.show.Controls;
import phalanx.show.FileDialogs;
import phalanx.show.Told;
import phalanx.show.Words;

/** Shows all of the diagnostics before anything is saved. Screen thread. */
public final class DiagnosticsView extends VBox {
    private static final Words WORDS = Words.of("settings");

    private final Label notice = new Label();

    public DiagnosticsView(Diagnostics diagnostics, Jobs jobs, FileDialogs files) {
        super(10);
        getStyleClass().add("settings-page");
        getStylesheets().add(String.valueOf(DiagnosticsView.class.getResource("/show/settings.css")));
        Label title = new Label(WORDS.get("diagnostics"));
        title.getStyleClass().add("settings-title");
        Label how = new Label(WORDS.get("diagnostics.how"));
        how.setWrapText(true);
        how.setMinHeight(Region.USE_PREF_SIZE);
        TextArea text = new TextArea(diagnostics.text());
        text.setEditable(false);
        text.getStyleClass().add("code");
        text.setAccessibleText(WORDS.get("diagnostics"));
        VBox.setVgrow(text, Priority.ALWAYS);
        notice.setWrapText(true);
        notice.managedProperty().bind(notice.textProperty().isNotEmpty());
        HBox buttons = new HBox(
                8,
                Controls.button(WORDS.get("diagnostics.save"), () -> save(diagnostics, jobs, files)),
                Controls.button(WORDS.get("diagnostics.copy"), () -> Controls.copy(diagnostics.text())));
        getChildren().setAll(title, how, text, buttons, notice);
    }

    private void save(Diagnostics diagnostics, Jobs jobs, FileDialogs files) {
        files.save(
                        Objects.requireNonNull(getScene()).getWindow(),
                        WORDS.get("diagnostics.save"),
                        "phalanx-diagnostics.zip",
                        new ExtensionFilter(WORDS.get("diagnostics.kind"), "*.zip"))
                .ifPresent(file -> jobs.start(
                        "save diagnostics",
                        _ -> diagnostics.write(file),
                        _ -> {},
                        outcome -> notice.setText(
                                outcome instanceof Outcome.Failed<Path>(Problem problem)
                                        ? Told.problem(problem).toString()
                                        : WORDS.get("diagnostics.saved", String.valueOf(file.getFileName())))));
    }
}
