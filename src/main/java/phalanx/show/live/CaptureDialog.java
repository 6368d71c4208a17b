package phalanx.show.live;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.scene.control.ScrollPane;
import javafx.stage.FileChooser;
import javafx.stage.Modality;
import javafx.stage.Window;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import phalanx.capture.live.LiveCapture;
import phalanx.net.Endpoint;
import phalanx.net.Transport;
import phalanx.run.Jobs;
import phalanx.show.Controls;
import phalanx.show.FileDialogs;
import phalanx.show.Focus;
import phalanx.show.Told;
import phalanx.show.Words;
import phalanx.stitch.Conversation;

/** The window in which a capture is asked for. Screen thread. */
public final class CaptureDialog {
    private static final Words WORDS = Words.of("live");
    private static final Duration LOOK = Duration.seconds(1);

    private final Jobs jobs;
    private final FileDialogs files;
    private final Consumer<Parent> dress;
    private final Supplier<@Nullable Window> owner;
    private final Function<String, Optional<String>> passwords;
    /** Whether the window is there; who asks for passwords after it is not answered. */
    private boolean wanted;

    /**
     * Makes one for all captures of a desk.
     *
     * @param files asks for a folder
     * @param dress gives a window the look of the desk
     * @param owner the desk's window
     * @param passwords asks for the password that is named
     */
    public CaptureDialog(
            Jobs jobs,
            FileDialogs files,
            Consumer<Parent> dress,
            Supplier<@Nullable Window> owner,
            Function<String, Optional<String>> passwords) {
        this.jobs = jobs;
        this.files = files;
        this.dress = dress;
        this.owner = owner;
        this.passwords = passwords;
    }

    /**
     * Asks, and begins.
     *
     * @param folder proposed for the files, may not be there yet
     * @param selected conversation whose traffic is offered, null for none
     * @param begun given the captures under way by the names of their points
     */
    public void show(Path folder, @Nullable Conversation selected, Consumer<Map<String, LiveCapture>> begun) {
        wanted = true;
        CaptureViewModel model = new CaptureViewModel(jobs, folder, this::secret);
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.setTitle(WORDS.get("title"));
        dialog.setHeaderText(null);
        dialog.initModality(Modality.NONE);
        dialog.setResizable(true);
        DialogPane pane = dialog.getDialogPane();
        ScrollPane content = new ScrollPane(
                new CapturePane(model, parts(selected), this::chosenFolder, this::chosenToken, () -> fit(dialog)));
        content.setFitToWidth(true);
        content.getStyleClass().add("capture-scroll");
        content.setAccessibleText(WORDS.get("title"));
        pane.setContent(content);
        ButtonType start = new ButtonType(WORDS.get("start"), ButtonBar.ButtonData.OK_DONE);
        pane.getButtonTypes().setAll(start, ButtonType.CANCEL);
        Node button = pane.lookupButton(start);
        button.disableProperty().bind(model.beginning().or(model.wrongFilter().isNotNull()));
        button.addEventFilter(ActionEvent.ACTION, pressed -> {
            pressed.consume(); // the window stays until it has begun
            model.begin(captures -> {
                if (!dialog.isShowing()) {
                    captures.values()
                            .forEach(LiveCapture::stop); // it was given up meanwhile; what came is in the files
                    return;
                }
                dialog.setResult(start);
                dialog.close();
                begun.accept(captures);
            });
        });
        dress.accept(pane);
        dialog.initOwner(owner.get());
        Timeline looking = new Timeline(new KeyFrame(LOOK, _ -> model.look(CapturePane.LOOKS)));
        looking.setCycleCount(Animation.INDEFINITE);
        looking.play();
        dialog.setOnHidden(_ -> {
            looking.stop();
            wanted = false;
        });
        model.list();
        Controls.fit(dialog, owner.get());
        dialog.show();
    }

    /** Makes the window as large as what is in it, as far as the desk's has room. */
    private void fit(Dialog<ButtonType> dialog) {
        if (dialog.isShowing()) {
            Focus.afterLayout(dialog.getDialogPane().getScene(), () -> Controls.fit(dialog, owner.get()));
        }
    }

    /** Asks for a password on the screen thread, and waits for it on this one. */
    private @Nullable String secret(String what) {
        return jobs.ask(() -> wanted ? passwords.apply(Told.wish(what)) : Optional.<String>empty())
                .orElse(null);
    }

    private Optional<Path> chosenFolder() {
        return files.folder(owner.get(), WORDS.get("choose.title"));
    }

    private Optional<Path> chosenToken() {
        return files.openOne(owner.get(), WORDS.get("token"), new FileChooser.ExtensionFilter(WORDS.get("token"), "*"));
    }

    private static FilterParts parts(@Nullable Conversation selected) {
        if (selected == null) {
            return FilterParts.ANY;
        }
        Endpoint server = selected.server();
        return new FilterParts(
                selected.transport() == Transport.OTHER
                        ? ""
                        : selected.transport().word(),
                selected.client().address().toString(),
                server.address().toString(),
                server.port() == 0 ? "" : String.valueOf(server.port()),
                "");
    }
}
