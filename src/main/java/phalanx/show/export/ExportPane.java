package phalanx.show.export;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import phalanx.explain.CaseAccount;
import phalanx.run.Jobs;
import phalanx.show.Controls;
import phalanx.show.Told;
import phalanx.show.Words;

/** What to write and in which format; below, how far it has come. Screen thread. */
final class ExportPane extends VBox {
    private static final Words WORDS = Words.of("export");

    private final ExportViewModel model;
    private final ToggleGroup formats = new ToggleGroup();
    private final VBox pictures = new VBox(6);
    private final VBox below = new VBox(6);

    /** @param choose asks where to, empty when the user thinks better of it */
    ExportPane(ExportViewModel model, Function<ExportFormat, Optional<Path>> choose) {
        super(14);
        this.model = model;
        getStyleClass().add("export");
        getStylesheets().add(String.valueOf(ExportPane.class.getResource("/show/export.css")));
        ExportedView view = model.view();
        FlowPane groups = new FlowPane(36, 16);
        if (view != null) {
            groups.getChildren().add(group(WORDS.get("view", view.title()), false));
        }
        VBox report = group(WORDS.get("report"), true);
        addPictures();
        report.getChildren().add(pictures);
        groups.getChildren().add(report);
        Label content = new Label(WORDS.get("content"));
        content.setWrapText(true);
        content.setMinHeight(USE_PREF_SIZE);
        content.getStyleClass().add("soft");
        getChildren().addAll(groups, content);
        Button save = Controls.button(
                WORDS.get("save"), () -> choose.apply(model.format().get()).ifPresent(model::write));
        save.setDefaultButton(true);
        save.getStyleClass().add("accent");
        save.disableProperty().bind(model.state().map(ExportViewModel.State.Writing.class::isInstance));
        below.getStyleClass().add("export-below");
        getChildren().addAll(new HBox(save), below);
        model.format().subscribe(this::enable);
        model.state().subscribe(this::render);
    }

    private VBox group(String title, boolean reports) {
        Label head = new Label(title);
        head.getStyleClass().add("export-title");
        VBox group = new VBox(6, head);
        Set<ExportFormat> possible = model.formats();
        for (ExportFormat format : possible) {
            if (format.report() == reports) {
                RadioButton button = new RadioButton(word(format));
                button.setToggleGroup(formats);
                button.setSelected(format == model.format().get());
                button.setOnAction(_ -> model.format().set(format));
                group.getChildren().add(button);
            }
        }
        return group;
    }

    private void addPictures() {
        pictures.getChildren().add(new Label(WORDS.get("pictures")));
        for (CaseAccount.Picture picture : CaseAccount.Picture.values()) {
            CheckBox box = new CheckBox(word(picture));
            box.selectedProperty().bindBidirectional(model.picture(picture));
            pictures.getChildren().add(box);
        }
        if (model.drawn() > 0) {
            CheckBox box = new CheckBox(WORDS.get("picture.views", model.drawn()));
            box.selectedProperty().bindBidirectional(model.views());
            pictures.getChildren().add(box);
        }
        pictures.getStyleClass().add("export-pictures");
    }

    private void enable(ExportFormat format) {
        pictures.setDisable(!format.illustrated());
    }

    private void render(ExportViewModel.State state) {
        below.getChildren()
                .setAll(
                        switch (state) {
                            case ExportViewModel.State.Choosing() -> new Region();
                            case ExportViewModel.State.Writing(var file, var step) -> writing(file, step);
                            case ExportViewModel.State.Written(var file, var bytes) -> written(file, bytes);
                            case ExportViewModel.State.Failed(var problem) ->
                                Controls.sentence(
                                        problem.what() + " " + problem.remedy() + " (" + problem.code() + ")",
                                        "export-failed");
                        });
    }

    private Node writing(Path file, Jobs.Step step) {
        Label what =
                new Label(step.what().isEmpty() ? WORDS.get("writing", file.getFileName()) : Told.step(step.what()));
        ProgressBar bar = new ProgressBar(
                step.total() > 0 ? (double) step.done() / step.total() : ProgressBar.INDETERMINATE_PROGRESS);
        bar.setAccessibleText(what.getText());
        bar.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(bar, Priority.ALWAYS);
        HBox line = new HBox(8, bar, Controls.button(WORDS.get("cancel"), model::cancel));
        line.setAlignment(Pos.CENTER_LEFT);
        return new VBox(6, what, line);
    }

    private static Node written(Path file, long bytes) {
        return Controls.written(
                WORDS.get("written", file, Words.language().count(bytes)),
                "export-written",
                file,
                WORDS.get("copy-path"));
    }

    private String word(ExportFormat format) {
        return switch (format) {
            case PNG -> WORDS.get("format.png");
            case PNG_FINE -> WORDS.get("format.png-fine");
            case SVG -> WORDS.get("format.svg");
            case CSV ->
                WORDS.get(
                        "format.csv",
                        Objects.requireNonNull(model.view())
                                .table()
                                .orElseThrow()
                                .rows());
            case PDF -> WORDS.get("format.pdf");
            case HTML -> WORDS.get("format.html");
            case MARKDOWN -> WORDS.get("format.markdown");
            case JSON -> WORDS.get("format.json");
        };
    }

    private static String word(CaseAccount.Picture picture) {
        return switch (picture) {
            case MAP -> WORDS.get("picture.map");
            case LADDERS -> WORDS.get("picture.ladders");
            case CHARTS -> WORDS.get("picture.charts");
        };
    }
}
