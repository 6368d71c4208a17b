package phalanx.show.redact;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Parent;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.scene.control.ScrollPane;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import phalanx.redact.Redaction;
import phalanx.run.Jobs;
import phalanx.show.Controls;
import phalanx.show.FileDialogs;
import phalanx.show.Words;

/** The window in which captures are made fit to be given away. Screen thread. */
public final class RedactDialog {
    private static final Words WORDS = Words.of("redact");

    private final Jobs jobs;
    private final FileDialogs files;
    private final Consumer<Parent> dress;
    private final Supplier<@Nullable Window> owner;
    private final Consumer<String> told;

    /**
     * Makes one for a desk.
     *
     * @param files asks where to write
     * @param dress gives a window the look of the desk
     * @param owner the desk's window
     * @param told of the end
     */
    public RedactDialog(
            Jobs jobs,
            FileDialogs files,
            Consumer<Parent> dress,
            Supplier<@Nullable Window> owner,
            Consumer<String> told) {
        this.jobs = jobs;
        this.files = files;
        this.dress = dress;
        this.owner = owner;
        this.told = told;
    }

    /** Shows what would be replaced, and writes the new captures where the user says, until the window is closed. */
    public void show(List<Redaction.Source> sources) {
        RedactViewModel model = new RedactViewModel(jobs, sources);
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.setTitle(WORDS.get("title"));
        DialogPane pane = dialog.getDialogPane();
        ScrollPane content = new ScrollPane(new RedactPane(
                model,
                () -> files.folder(owner.get(), WORDS.get("folder")),
                () -> files.openOne(owner.get(), WORDS.get("key"))));
        content.setFitToWidth(true);
        content.setAccessibleText(WORDS.get("title"));
        content.getStyleClass().add("redact-scroll");
        pane.setContent(content);
        pane.getButtonTypes().setAll(ButtonType.CLOSE);
        dress.accept(pane);
        dialog.initOwner(owner.get());
        dialog.setOnHidden(_ -> model.cancel());
        Controls.fit(dialog, owner.get());
        pane.setPrefHeight(Math.max(pane.getPrefHeight(), HEIGHT));
        model.state().subscribe(state -> {
            if (state instanceof RedactViewModel.State.Written(var folder, var answer)) {
                told.accept(WORDS.get("written", answer.written().size(), folder));
            }
        });
        dialog.show();
        model.preview();
    }

    /** Room for the table that comes later. */
    private static final double HEIGHT = 640;
}
