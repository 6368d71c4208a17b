package phalanx.show;

import java.nio.file.Path;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** Controls that every view makes the same way. Screen thread. */
public final class Controls {
    private static final double OF_WINDOW = 0.94;

    private Controls() {}

    /** A button of words. */
    public static Button button(String text, Runnable action) {
        Button button = new Button(text);
        button.setOnAction(_ -> action.run());
        return button;
    }

    /** A button of an icon alone; its hint is read aloud, too. */
    public static Button icon(String icon, String hint, Runnable action) {
        Button button = new Button();
        button.setOnAction(_ -> action.run());
        return face(button, icon, hint);
    }

    /** A switch of an icon alone; its hint is read aloud, too. */
    public static ToggleButton toggle(String icon, String hint) {
        return face(new ToggleButton(), icon, hint);
    }

    private static <B extends ButtonBase> B face(B button, String icon, String hint) {
        button.setGraphic(new FontIcon(icon));
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.setTooltip(new Tooltip(hint));
        button.setAccessibleText(hint);
        button.getStyleClass().addAll("button-icon", "flat");
        return button;
    }

    /** A sentence that may wrap and is never cut. */
    public static Label sentence(String text, String style) {
        Label label = wrapping(style);
        label.setText(text);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /** The line below a page that says what came of the last thing asked. */
    public static Label message(ObservableValue<String> says) {
        Label label = wrapping("details");
        label.textProperty().bind(says);
        return label;
    }

    private static Label wrapping(String style) {
        Label label = new Label();
        label.setWrapText(true);
        label.setMaxWidth(Double.MAX_VALUE);
        label.getStyleClass().add(style);
        return label;
    }

    /** What was written, with a button that copies where. */
    public static HBox written(String says, String style, Path place, String copies) {
        Button copy = button(copies, () -> copy(place.toString()));
        copy.setMinWidth(Region.USE_PREF_SIZE);
        Label told = sentence(says, style);
        HBox.setHgrow(told, Priority.ALWAYS);
        return new HBox(8, told, copy);
    }

    /** Makes a dialog as large as what is in it, and no larger than a window, null for none; before it is shown, and again when it was. */
    public static void fit(Dialog<?> dialog, @Nullable Window within) {
        DialogPane pane = dialog.getDialogPane();
        size(pane, within);
        if (dialog.isShowing()) {
            Window window = pane.getScene().getWindow();
            window.sizeToScene();
            if (within != null) {
                window.setX(within.getX() + Math.max(0, within.getWidth() - window.getWidth()) / 2);
                window.setY(within.getY() + Math.max(0, within.getHeight() - window.getHeight()) / 2);
            }
        } else {
            // How high lines that wrap become is only known when they were laid out once.
            dialog.setOnShown(_ -> Focus.afterLayout(pane.getScene(), () -> fit(dialog, within)));
        }
    }

    private static void size(DialogPane pane, @Nullable Window within) {
        if (within != null) {
            pane.setPrefSize(Region.USE_COMPUTED_SIZE, Region.USE_COMPUTED_SIZE);
            pane.applyCss();
            double width = Math.min(pane.prefWidth(-1), OF_WINDOW * within.getWidth());
            pane.setPrefSize(width, Math.min(pane.prefHeight(width), OF_WINDOW * within.getHeight()));
        }
    }

    /** Puts a text on the clipboard. */
    public static void copy(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
