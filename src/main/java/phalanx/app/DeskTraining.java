package phalanx.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import phalanx.app.pipeline.Cases;
import phalanx.casefile.SettingsStore;
import phalanx.show.shell.Desk;
import phalanx.show.shell.DeskViewModel;

/** The desk without a display, used by its keys for a few seconds while the JVM watches: opened, every view shown, closed. */
final class DeskTraining {
    private static final Duration OPENING = Duration.ofSeconds(20), VIEW = Duration.ofMillis(400);
    private static final List<KeyCode> VIEWS = List.of(
            KeyCode.DIGIT1,
            KeyCode.DIGIT2,
            KeyCode.DIGIT3,
            KeyCode.DIGIT4,
            KeyCode.DIGIT5,
            KeyCode.DIGIT6,
            KeyCode.DIGIT7,
            KeyCode.DIGIT8,
            KeyCode.DIGIT9,
            KeyCode.F,
            KeyCode.DOWN);
    /** What the headless toolkit can draw. */
    private static final int WIDTH = 1000, HEIGHT = 700;

    private DeskTraining() {}

    /** Opens captures, in a folder for the settings. Where there is no toolkit it is left out: only speed is lost. */
    static void run(Path folder, List<Path> files) {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        System.setProperty("java.awt.headless", "true");
        try {
            CompletableFuture<Boolean> up = new CompletableFuture<>();
            Platform.startup(() -> up.complete(true));
            up.orTimeout(OPENING.toSeconds(), TimeUnit.SECONDS).join();
            Stage window = on(Stage::new);
            Desk desk = on(
                    () -> Desktop.desk(new SettingsStore(folder.resolve("settings.json")), List.of(), Cases.inFiles()));
            on(() -> {
                desk.show(window, files);
                window.setWidth(WIDTH);
                window.setHeight(HEIGHT);
                return true;
            });
            long until = System.nanoTime() + OPENING.toNanos();
            while (System.nanoTime() < until
                    && on(() -> desk.model().state().get() instanceof DeskViewModel.State.Loading)) {
                pause();
            }
            for (KeyCode key : VIEWS) {
                on(() -> press(window, key));
                pause();
            }
            on(() -> {
                desk.close();
                window.close();
                return true;
            });
        } catch (CompletionException | UnsupportedOperationException | UnsatisfiedLinkError _) {
            // the desk will start as fast as it can
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean press(Stage window, KeyCode key) {
        boolean digit = key.isDigitKey();
        Event.fireEvent(window.getScene(), new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, digit, false, false));
        return true;
    }

    private static void pause() throws InterruptedException {
        Thread.sleep(VIEW);
    }

    private static <T> T on(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        return result.orTimeout(OPENING.toSeconds(), TimeUnit.SECONDS).join();
    }
}
