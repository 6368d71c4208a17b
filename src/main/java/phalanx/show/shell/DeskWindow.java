package phalanx.show.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import phalanx.casefile.Settings;
import phalanx.show.Words;
import phalanx.stitch.HopFile;

/** The desk's window: how small it can be, what its title says, how it closes, and that it is found again as it was left. Screen thread. */
final class DeskWindow {
    private static final Words WORDS = Words.of("shell");
    private static final double LEAST_WIDTH = 1024, LEAST_HEIGHT = 640;

    private final Stage stage;
    private final CaseKeeping keeping;
    private boolean toldOfLoss;
    private boolean left;

    /** @param keeping keeps the case of a window that closes */
    DeskWindow(Stage stage, CaseKeeping keeping) {
        this.stage = stage;
        this.keeping = keeping;
    }

    /**
     * @param scene makes the scene at a size
     * @param left is told how the window was left when it is closed, from how it was before
     */
    void show(
            Settings.Window last,
            BiFunction<Double, Double, Scene> scene,
            Consumer<UnaryOperator<Settings.Window>> left) {
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        Settings.Window size = fitting(last, Screen.getPrimary().getVisualBounds());
        stage.setScene(scene.apply((double) size.width(), (double) size.height()));
        stage.setMaximized(size.maximized());
        stage.addEventHandler(WindowEvent.WINDOW_CLOSE_REQUEST, this::leave);
        stage.addEventHandler(WindowEvent.WINDOW_HIDING, _ -> left.accept(this::now));
        stage.show();
    }

    /** The size at which it was left, no larger than the screen. */
    static Settings.Window fitting(Settings.Window last, Rectangle2D screen) {
        return new Settings.Window(
                (int) Math.min(last.width(), screen.getWidth()),
                (int) Math.min(last.height(), screen.getHeight()),
                last.maximized());
    }

    /** As it is left; one that fills the screen keeps the size it had when it was opened. */
    private Settings.Window now(Settings.Window before) {
        boolean fills = stage.isMaximized() || stage.isFullScreen();
        return fills
                ? new Settings.Window(before.width(), before.height(), stage.isMaximized())
                : new Settings.Window(
                        (int) stage.getScene().getWidth(),
                        (int) stage.getScene().getHeight(),
                        false);
    }

    /** Its title: the case, or the first of its captures, after a dot while something of it is not saved. */
    void entitle(DeskViewModel.State state) {
        List<Path> what = state instanceof DeskViewModel.State.Answered answered
                ? answered.folder() != null
                        ? List.of(answered.folder())
                        : answered.files().stream().map(HopFile::file).toList()
                : List.of();
        String first = what.isEmpty() ? "" : String.valueOf(what.getFirst().getFileName());
        String named = what.size() > 1 ? WORDS.get("title.more", first, what.size() - 1) : first;
        String dot = keeping.unkept().get() ? "\u2022 " : "";
        stage.setTitle(named.isEmpty() ? "Phalanx" : dot + named + " \u2013 Phalanx");
    }

    /** What could not be kept is told of once, then the window closes all the same. */
    private void leave(WindowEvent request) {
        if (left) {
            left = false;
            return;
        }
        request.consume();
        keeping.leave(this::closeNow, () -> {
            if (toldOfLoss) {
                closeNow();
            }
            toldOfLoss = true;
        });
    }

    private void closeNow() {
        left = true;
        close();
    }

    /** Closes it as its own button does. */
    void close() {
        stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
    }

    Stage stage() {
        return stage;
    }
}
