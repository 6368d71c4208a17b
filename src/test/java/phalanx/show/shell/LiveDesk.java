package phalanx.show.shell;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import phalanx.app.TestCaptures;
import phalanx.app.TestPipeline;
import phalanx.casefile.SettingsStore;
import phalanx.run.Jobs;
import phalanx.show.Faults;
import phalanx.show.FileDialogs;
import phalanx.show.Screen;

/**
 * The desk as the program makes it, in its window and working on threads, for tests that use it for long. What is done to it is
 * remembered, must not keep the screen thread for longer than ten seconds, and must not go wrong. Used from the test's thread.
 */
final class LiveDesk implements AutoCloseable {
    /** The headless toolkit's screen is 1000 pixels wide and high. */
    static final double WIDTH = 1000, HEIGHT = 940;

    private static final int MOST_REMEMBERED = 20;
    private static final long SILENT_SECONDS = 10, WORKING_SECONDS = 60;

    private final Faults faults;
    private final AtomicInteger working = new AtomicInteger();
    private final Deque<String> recent = new ArrayDeque<>();
    private final Desk desk;
    private final Stage stage;
    private long acts;
    private long slowestNanos;
    private String slowest = "";

    /** @param folder for the settings  @param answers instead of a user who chooses files */
    LiveDesk(Path folder, FileDialogs answers) {
        Screen.settle(); // the toolkit has started, with its warnings
        faults = new Faults();
        Jobs jobs = new Jobs(this::work, Platform::runLater);
        desk = Screen.on(() -> new Desk(
                TestPipeline.analyzer(),
                jobs,
                Samples.in(Path.of("sample-pcaps")),
                server -> TestCaptures.of(server, new PrintWriter(System.err, true, StandardCharsets.UTF_8)),
                new SettingsStore(folder.resolve("settings.json")),
                DeskTest.cases(),
                TestPipeline.exporter(),
                answers));
        stage = Screen.on(() -> {
            Stage made = new Stage();
            made.setOnCloseRequest(Event::consume); // quitting would end the toolkit of all tests
            desk.show(made, List.of());
            made.setMinWidth(0);
            made.setMinHeight(0);
            made.setX(0);
            made.setY(0);
            made.setWidth(WIDTH);
            made.setHeight(HEIGHT);
            return made;
        });
        idle();
    }

    private void work(Runnable task) {
        working.incrementAndGet();
        Thread.ofPlatform().daemon().name("job").start(() -> {
            try {
                task.run();
            } finally {
                working.decrementAndGet();
            }
        });
    }

    Desk desk() {
        return desk;
    }

    Stage stage() {
        return stage;
    }

    /** How much was done to it. */
    long acts() {
        return acts;
    }

    /** What kept the screen thread longest, and for how long. */
    String slowest() {
        return slowest + ": " + slowestNanos / 1_000_000 + " ms";
    }

    /** The answer on the desk, empty while there is none. Screen thread. */
    Optional<Investigation> investigation() {
        return Optional.ofNullable(desk.investigation().get());
    }

    /** Does something on the screen thread, where it may open windows that wait for an answer. */
    void act(String what, Runnable action) {
        acts++;
        if (recent.size() == MOST_REMEMBERED) {
            recent.removeFirst();
        }
        recent.add(what);
        long begin = System.nanoTime();
        Platform.runLater(action);
        beat();
        long taken = System.nanoTime() - begin;
        if (taken > slowestNanos) {
            slowestNanos = taken;
            slowest = what;
        }
        check();
    }

    /** Runs a command by its id. */
    void command(String id) {
        act(
                "command " + id,
                () -> desk.commands().find(id).orElseThrow().action().run());
    }

    private void beat() {
        CountDownLatch alive = new CountDownLatch(1);
        Platform.runLater(alive::countDown);
        try {
            if (!alive.await(SILENT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(told("The screen thread is silent at", screenThread()));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Fails when something went wrong until now. */
    void check() {
        if (!faults.seen().isEmpty()) {
            throw new AssertionError(told("Went wrong:", String.join("\n\n", faults.seen())));
        }
    }

    private String told(String begin, String what) {
        return begin + "\n" + what + "\n\nLast was done, of " + acts + ":\n" + String.join("\n", recent);
    }

    private static String screenThread() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().equals("JavaFX Application Thread"))
                .flatMap(entry -> Arrays.stream(entry.getValue()))
                .map(frame -> "    at " + frame)
                .collect(Collectors.joining("\n"));
    }

    /** Waits until nothing works in the background and everything queued has happened. */
    void idle() {
        do {
            await("the end of the work", () -> working.get() == 0);
            beat();
            beat();
        } while (working.get() > 0);
        check();
    }

    /** Waits for something that is looked at on the screen thread. */
    void await(String what, BooleanSupplier reached) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WORKING_SECONDS);
        while (!Screen.on(reached::getAsBoolean)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(told("Waited in vain for " + what + ".", screenThread()));
            }
            Thread.onSpinWait();
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** All windows besides the desk's, popups among them. */
    List<Window> others() {
        return Screen.on(() -> List.copyOf(Window.getWindows()).stream()
                .filter(window -> window.isShowing() && !window.equals(stage))
                .toList());
    }

    /** Closes all windows besides the desk's. */
    void closeOthers() {
        for (Window window : new ArrayList<>(others())) {
            act("close a window", window::hide);
        }
    }

    @Override
    public void close() {
        try {
            Screen.run(() -> {
                desk.close();
                stage.close();
            });
            closeOthers();
            idle();
        } finally {
            faults.close();
        }
    }

    /** The only one of its kind among the windows besides the desk's, null without any. */
    @Nullable
    Stage dialog() {
        return others().stream()
                .filter(Stage.class::isInstance)
                .map(Stage.class::cast)
                .reduce((_, last) -> last)
                .orElse(null);
    }
}
