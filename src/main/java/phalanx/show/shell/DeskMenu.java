package phalanx.show.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.application.Platform;
import javafx.scene.control.Alert;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/** The menu of the window. */
final class DeskMenu {
    private static final String KEYS = """
            Ctrl+O            open captures
            Ctrl+W            close
            Ctrl+1, Ctrl+2    investigation, proxy
            Ctrl+S            in the proxy: save the configuration and put it in force
            F / Shift+F       next / previous finding
            Esc               one step back: packet, finding, conversation, everything
            Ctrl + - 0        text larger, smaller, usual

            With the ladder in focus:
            N, P, arrows      next, previous packet
            W, S, wheel       scroll
            + - 0, Ctrl+wheel zoom, show all
            G, T, E           silences folded, time to scale, a row a packet""";

    private static final String ABOUT = """
            Packet captures from several points of a path in, the broken hop out.
            Works offline: no account, no telemetry.

            Apache License 2.0. With JavaFX (GPL 2 with class path exception), ControlsFX (BSD 3),
            AtlantaFX (MIT), Ikonli and picocli and Jackson (Apache 2), GraphStream (LGPL 3, unmodified).""";

    private final Desk desk;
    private final List<Path> samples;

    DeskMenu(Desk desk, List<Path> samples) {
        this.desk = desk;
        this.samples = samples;
    }

    MenuBar bar() {
        Menu file = new Menu("File");
        file.getItems().add(item("Open captures\u2026", "Shortcut+O", desk::chooseCaptures));
        if (!samples.isEmpty()) {
            Menu sampleMenu = new Menu("Open sample");
            samples.forEach(sample ->
                    sampleMenu.getItems().add(item(Samples.title(sample), null, () -> desk.open(List.of(sample)))));
            file.getItems().add(sampleMenu);
        }
        file.getItems()
                .addAll(
                        item("Close", "Shortcut+W", () -> desk.model().close()),
                        new SeparatorMenuItem(),
                        item("Quit", "Shortcut+Q", Platform::exit));
        CheckMenuItem dark = new CheckMenuItem("Dark");
        dark.setSelected(desk.isDark());
        dark.setAccelerator(KeyCombination.valueOf("Shortcut+D"));
        dark.setOnAction(_ -> desk.setDark(dark.isSelected()));
        Menu view = new Menu("View");
        view.getItems()
                .addAll(
                        item("Investigation", "Shortcut+1", () -> desk.show(ActivityBar.Activity.INVESTIGATE)),
                        item("Proxy", "Shortcut+2", () -> desk.show(ActivityBar.Activity.PROXY)),
                        new SeparatorMenuItem(),
                        dark,
                        new SeparatorMenuItem(),
                        item("Larger text", "Shortcut+PLUS", () -> desk.resizeText(10)),
                        item("Smaller text", "Shortcut+MINUS", () -> desk.resizeText(-10)),
                        item("Usual text size", "Shortcut+0", () -> desk.resizeText(0)));
        Menu help = new Menu("Help");
        help.getItems()
                .addAll(
                        item("Keyboard", "F1", () -> tell("Keyboard", KEYS)),
                        item("About Phalanx", null, () -> tell("About Phalanx", ABOUT)));
        MenuBar bar = new MenuBar(file, view, help);
        bar.setAccessibleText("Menu");
        return bar;
    }

    private static MenuItem item(String text, @Nullable String keys, Runnable action) {
        MenuItem item = new MenuItem(text);
        if (keys != null) {
            item.setAccelerator(KeyCombination.valueOf(keys));
        }
        item.setOnAction(_ -> action.run());
        return item;
    }

    private void tell(String title, String text) {
        Alert alert = new Alert(Alert.AlertType.INFORMATION, text);
        alert.setTitle(title);
        alert.setHeaderText(title);
        alert.getDialogPane().getStyleClass().add("plain-text");
        alert.getDialogPane()
                .getStylesheets()
                .add(Objects.requireNonNull(DeskMenu.class.getResource("/show/desk.css"))
                        .toExternalForm());
        alert.initOwner(desk.stage());
        alert.getDialogPane().setMinWidth(640);
        alert.show();
    }
}
