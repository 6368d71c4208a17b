package phalanx.show;

import java.util.Locale;
import javafx.application.Application;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** Scenes with the look of the desk, for tests of views by themselves. Screen thread. */
public final class Look {
    private Look() {}

    /** A scene in a window that is shown. @param textPercent of the usual size of texts */
    public static Scene scene(Parent root, Theme theme, double width, double height, int textPercent) {
        wear(root, theme, textPercent);
        Scene scene = new Scene(root, width, height);
        Stage stage = new Stage();
        stage.setScene(scene);
        stage.show();
        return scene;
    }

    /** Gives a root another theme. */
    public static void wear(Parent root, Theme theme, int textPercent) {
        Application.setUserAgentStylesheet(theme.baseSheet());
        root.setStyle(theme.css() + String.format(Locale.ROOT, "-fx-font-size: %.1fpx;", 13.0 * textPercent / 100));
        if (!root.getStyleClass().contains("desk")) {
            root.getStyleClass().add("desk");
            root.getStylesheets().add(String.valueOf(Look.class.getResource("/show/desk.css")));
        }
    }
}
