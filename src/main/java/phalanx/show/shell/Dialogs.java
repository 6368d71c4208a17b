package phalanx.show.shell;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import javafx.stage.Modality;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import phalanx.run.Problem;
import phalanx.show.Controls;
import phalanx.show.Focus;
import phalanx.show.Told;
import phalanx.show.Words;

/** Windows that ask or tell, with the look of the desk. Screen thread. */
final class Dialogs {
    private static final Words WORDS = Words.of("shell");

    private final Consumer<Parent> dress;
    private final Supplier<@Nullable Window> owner;

    /** @param dress gives a window the look of the desk  @param owner the desk's window */
    Dialogs(Consumer<Parent> dress, Supplier<@Nullable Window> owner) {
        this.dress = dress;
        this.owner = owner;
    }

    /** Tells something that stays until it is closed; the desk can be used meanwhile. */
    Dialog<ButtonType> tell(String title, Node content) {
        Dialog<ButtonType> dialog = dialog(title, content);
        dialog.getDialogPane().getButtonTypes().setAll(ButtonType.CLOSE);
        dialog.initModality(Modality.NONE);
        dialog.setResizable(true);
        show(dialog);
        return dialog;
    }

    /** Tells of a fault: what, where, what to do, and its code. */
    void problem(String title, Problem fault) {
        Problem problem = Told.problem(fault);
        Label text = new Label(problem.what() + "\n\n" + problem.remedy() + "\n\n" + problem.code());
        text.setWrapText(true);
        text.getStyleClass().add("told");
        Dialog<ButtonType> dialog = dialog(title, text);
        ButtonType copy = new ButtonType(WORDS.get("copy-details"));
        dialog.getDialogPane().getButtonTypes().setAll(copy, ButtonType.CLOSE);
        dialog.setResultConverter(pressed -> {
            if (pressed == copy) {
                Controls.copy(problem.toString());
            }
            return pressed;
        });
        show(dialog);
    }

    /** Asks for a text of several lines; empty when the user thinks better of it or writes nothing. */
    Optional<String> ask(String title, String prompt, String begin) {
        TextArea area = new TextArea(begin);
        area.setPromptText(prompt);
        area.setAccessibleText(prompt);
        area.setWrapText(true);
        area.setPrefColumnCount(40);
        area.setPrefRowCount(9);
        Dialog<ButtonType> dialog = dialog(title, area);
        dialog.getDialogPane().getButtonTypes().setAll(ButtonType.OK, ButtonType.CANCEL);
        Node ok = dialog.getDialogPane().lookupButton(ButtonType.OK);
        area.addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (key.getCode() == KeyCode.TAB && !key.isControlDown()) {
                ok.requestFocus(); // a text of this kind holds no tabs
                key.consume();
            } else if (key.getCode() == KeyCode.ENTER && key.isShortcutDown()) {
                ((Button) ok).fire();
                key.consume();
            }
        });
        return dialog.showAndWait()
                .filter(ButtonType.OK::equals)
                .map(_ -> area.getText().strip())
                .filter(text -> !text.isEmpty());
    }

    /** Asks for a password. @param what it is of  @return empty when the user thinks better of it */
    Optional<String> password(String what) {
        PasswordField field = new PasswordField();
        Label label = new Label(WORDS.get("password", what));
        label.setLabelFor(field);
        label.setWrapText(true);
        label.getStyleClass().add("asked-line");
        Dialog<ButtonType> dialog = dialog(WORDS.get("password.title"), new VBox(8, label, field));
        dialog.getDialogPane().getButtonTypes().setAll(ButtonType.OK, ButtonType.CANCEL);
        return dialog.showAndWait().filter(ButtonType.OK::equals).map(_ -> field.getText());
    }

    /** Asks a question that is answered by yes, or not at all. */
    boolean confirm(String title, String question) {
        Label text = new Label(question);
        text.setWrapText(true);
        text.getStyleClass().add("told");
        Dialog<ButtonType> dialog = dialog(title, text);
        dialog.getDialogPane().getButtonTypes().setAll(ButtonType.YES, ButtonType.CANCEL);
        return dialog.showAndWait().filter(ButtonType.YES::equals).isPresent();
    }

    /** Shows a window that is no larger than the desk's. */
    private void show(Dialog<ButtonType> dialog) {
        Controls.fit(dialog, owner.get());
        dialog.show();
    }

    private Dialog<ButtonType> dialog(String title, Node content) {
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.setTitle(title);
        dialog.setHeaderText(null);
        content.getStyleClass().add("dialog-content");
        dialog.getDialogPane().setContent(content);
        dress.accept(dialog.getDialogPane());
        dialog.initOwner(owner.get());
        // The toolkit gives it to a button at the bottom; what is to be read or filled in comes before that.
        Focus.afterLayout(dialog.getDialogPane().getScene(), () -> Focus.first(content, _ -> true));
        return dialog;
    }
}
