package phalanx.show.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Parent;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.scene.control.ScrollPane;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import phalanx.explain.CaseAccount;
import phalanx.run.Jobs;
import phalanx.show.Controls;
import phalanx.show.FileDialogs;
import phalanx.show.Words;

/** The window in which a view or the case is taken out of the desk. Screen thread. */
public final class ExportDialog {
    private static final Words WORDS = Words.of("export");

    private final Exporter exporter;
    private final Jobs jobs;
    private final FileDialogs files;
    private final Consumer<Parent> dress;
    private final Supplier<@Nullable Window> owner;
    private final Consumer<String> told;

    /**
     * Makes one for all exports of a desk.
     *
     * @param files asks where to write
     * @param dress gives a window the look of the desk
     * @param owner the desk's window
     * @param told of the end of an export
     */
    public ExportDialog(
            Exporter exporter,
            Jobs jobs,
            FileDialogs files,
            Consumer<Parent> dress,
            Supplier<@Nullable Window> owner,
            Consumer<String> told) {
        this.exporter = exporter;
        this.jobs = jobs;
        this.files = files;
        this.dress = dress;
        this.owner = owner;
        this.told = told;
    }

    /**
     * Asks what to write and writes it, until the user closes the window.
     *
     * @param view in focus, null for none
     * @param account of the case
     * @param open all views that are open
     */
    public void show(@Nullable ExportedView view, CaseAccount account, List<ExportedView> open) {
        ExportViewModel model = new ExportViewModel(exporter, jobs, view, account, open);
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.setTitle(WORDS.get("title"));
        DialogPane pane = dialog.getDialogPane();
        ScrollPane content = new ScrollPane(new ExportPane(model, format -> choose(model, format)));
        content.setFitToWidth(true);
        content.setAccessibleText(WORDS.get("title"));
        content.getStyleClass().add("export-scroll");
        pane.setContent(content);
        pane.getButtonTypes().setAll(ButtonType.CLOSE);
        dress.accept(pane);
        dialog.initOwner(owner.get());
        dialog.setOnHidden(_ -> model.cancel());
        Controls.fit(dialog, owner.get());
        model.state().subscribe(this::tell);
        dialog.show();
    }

    private void tell(ExportViewModel.State state) {
        switch (state) {
            case ExportViewModel.State.Written(var file, var bytes) ->
                told.accept(WORDS.get("written", file, Words.language().count(bytes)));
            case ExportViewModel.State.Failed(var problem) -> told.accept(problem.what());
            case ExportViewModel.State.Choosing _, ExportViewModel.State.Writing _ -> {}
        }
    }

    /** Asks for a place; what stands there is only given up when the user says so. */
    private Optional<Path> choose(ExportViewModel model, ExportFormat format) {
        String ending = "*" + format.ending();
        return files.save(
                        owner.get(),
                        WORDS.get("save-title"),
                        model.suggestedName(),
                        new ExtensionFilter(ending, ending))
                .flatMap(chosen -> {
                    Path complete = format.complete(chosen);
                    // The question was about the name as it was typed, not about the one with its ending.
                    boolean unasked = !complete.equals(chosen) && Files.exists(complete);
                    return unasked && !confirmed(complete) ? Optional.empty() : Optional.of(complete);
                });
    }

    private boolean confirmed(Path file) {
        Alert question = new Alert(
                Alert.AlertType.CONFIRMATION, WORDS.get("overwrite", file), ButtonType.YES, ButtonType.CANCEL);
        question.setHeaderText(null);
        question.setTitle(WORDS.get("title"));
        dress.accept(question.getDialogPane());
        question.initOwner(owner.get());
        return question.showAndWait().filter(ButtonType.YES::equals).isPresent();
    }
}
