package phalanx.show;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import phalanx.run.Jobs;

/** A toolkit without a display, for tests: runs on the screen thread and takes pictures into {@code target/screenshots}. */
public final class Screen {
    /** The first may be under way already, and the focus is settled in the one behind the layout. */
    private static final int PULSES = 3;

    static {
        CountDownLatch up = new CountDownLatch(1);
        Platform.startup(up::countDown); // a lambda's body would wait for this class to be initialised
        try {
            if (!up.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the toolkit did not start");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Platform.setImplicitExit(false);
    }

    /** Work done at once where it is asked for, in the test's time when that is the screen thread; results are taken in the asker's. */
    public static final Jobs AT_ONCE = new Jobs(
            work -> aside(() -> ScreenTime.spend(ScreenTime.By.TEST, work), work),
            result -> aside(() -> ScreenTime.giveBack(result), result));

    private Screen() {}

    private static void aside(Runnable onScreen, Runnable elsewhere) {
        if (Platform.isFxApplicationThread()) {
            String name = Thread.currentThread().getName();
            onScreen.run();
            Thread.currentThread().setName(name); // which jobs change
        } else {
            elsewhere.run();
        }
    }

    /** What work on the screen thread gives; done at once when asked for there. */
    public static <T> T on(Supplier<T> work) {
        if (Platform.isFxApplicationThread()) {
            return work.get();
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                ScreenTime.spend(ScreenTime.By.TEST, () -> result.complete(work.get()));
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        return result.orTimeout(60, TimeUnit.SECONDS).join();
    }

    public static void run(Runnable work) {
        on(() -> {
            work.run();
            return true;
        });
    }

    /** Lets layout passes and everything queued happen. */
    public static void settle() {
        for (int i = 0; i < 4; i++) {
            run(() -> List.copyOf(Window.getWindows())
                    .forEach(Screen::layOut)); // the next pulse may be late where others took the processors
        }
    }

    private static void layOut(Window window) {
        if (window.getScene() != null) {
            window.getScene().getRoot().applyCss();
            window.getScene().getRoot().layout();
        }
    }

    /** Waits until every window was laid out anew, which also settles who has the focus. */
    public static void pulse() {
        CountDownLatch passed = new CountDownLatch(PULSES);
        AnimationTimer counting = new AnimationTimer() {
            @Override
            public void handle(long now) {
                passed.countDown();
            }
        };
        run(counting::start);
        try {
            if (!passed.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the screen stands still");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        run(counting::stop);
    }

    /** All nodes below one. */
    public static List<Node> all(Parent parent) {
        List<Node> nodes = new ArrayList<>();
        for (Node child : parent.getChildrenUnmodifiable()) {
            nodes.add(child);
            if (child instanceof Parent inner) {
                nodes.addAll(all(inner));
            }
        }
        return nodes;
    }

    /** Whether a node and all around it are visible. */
    public static boolean isSeen(Node node) {
        return node.isVisible() && (node.getParent() == null || isSeen(node.getParent()));
    }

    /** Whether a text stands on a label or button. */
    public static boolean shows(Scene scene, String text) {
        return on(() -> all(scene.getRoot()).stream()
                .anyMatch(node -> node instanceof Labeled labeled
                        && labeled.getText() != null
                        && labeled.getText().contains(text)));
    }

    public static void picture(Scene scene, String name) {
        settle();
        run(() -> {
            scene.getRoot().applyCss();
            scene.getRoot().layout();
            File file = new File("target/screenshots/" + name + ".png");
            file.getParentFile().mkdirs();
            try {
                ImageIO.write(SwingFXUtils.fromFXImage(scene.snapshot(null), null), "png", file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
