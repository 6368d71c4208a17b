package phalanx.show.shell;

import java.nio.file.Path;
import java.util.List;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import phalanx.show.Words;
import phalanx.stitch.HopFile;

/** The desk's window: how small it can be, what its title says, and how it closes. Screen thread. */
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

    void show(Scene scene) {
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setScene(scene);
        stage.addEventHandler(WindowEvent.WINDOW_CLOSE_REQUEST, this::leave);
        stage.show();
    }

    /** Its title: the case, or the first of its captures. */
    void entitle(DeskViewModel.State state) {
        List<Path> what = state instanceof DeskViewModel.State.Answered answered
                ? answered.folder() != null
                        ? List.of(answered.folder())
                        : answered.files().stream().map(HopFile::file).toList()
                : List.of();
        String first = what.isEmpty() ? "" : String.valueOf(what.getFirst().getFileName());
        String named = what.size() > 1 ? WORDS.get("title.more", first, what.size() - 1) : first;
        stage.setTitle(named.isEmpty() ? "Phalanx" : named + " \u2013 Phalanx");
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
