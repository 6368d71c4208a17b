package phalanx.show.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.animation.PauseTransition;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import phalanx.app.TestCaptures;
import phalanx.app.TestPipeline;
import phalanx.run.Jobs;
import phalanx.show.DeskView;
import phalanx.show.Screen;
import phalanx.show.omnibox.OmniboxViewModel;
import phalanx.show.proxy.ConsoleSnapshot;

/** A desk on the screen whose scenes are looked at; used by the thread of a test. */
final class OpenDesk implements AutoCloseable {
    private final Scenes.Visit visit;
    private final Desk desk;
    private final Stage stage;
    private final List<String> said = new ArrayList<>();

    private OpenDesk(Scenes.Visit visit, Desk desk, Stage stage) {
        this.visit = visit;
        this.desk = desk;
        this.stage = stage;
    }

    /** A desk whose work is done at once. */
    static OpenDesk open(Scenes.Visit visit) {
        return open(visit, Screen.AT_ONCE);
    }

    static OpenDesk open(Scenes.Visit visit, Jobs jobs) {
        return Screen.on(() -> {
            Desk desk = new Desk(
                    TestPipeline.analyzer(),
                    jobs,
                    Samples.in(Path.of("sample-pcaps")),
                    server -> TestCaptures.of(server, new PrintWriter(System.err, true, StandardCharsets.UTF_8)),
                    DeskTest.settings(),
                    DeskTest.cases(),
                    TestPipeline.exporter());
            Stage stage = new Stage();
            desk.show(stage, List.of());
            stage.setWidth(visit.width());
            stage.setHeight(visit.height());
            desk.settings().change(now -> now.withTextPercent(visit.textPercent()));
            return new OpenDesk(visit, desk, stage);
        });
    }

    Desk desk() {
        return desk;
    }

    /** What is on the desk. */
    Investigation investigation() {
        return Objects.requireNonNull(Screen.on(() -> desk.investigation().get()));
    }

    /** What lower stages and scripts say on the scenes that come. */
    void says(List<String> texts) {
        said.addAll(texts);
    }

    void look(String name) {
        look(name, (DeskView) null);
    }

    void look(String name, @Nullable DeskView view) {
        look(name, stage.getScene(), view);
    }

    private void look(String name, Scene scene, @Nullable DeskView view) {
        Screen.settle();
        Screen.pulse();
        Screen.run(() -> lookNow(name, scene, view));
    }

    private void lookNow(String name, Scene scene, @Nullable DeskView view) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        Investigation open = desk.investigation().get();
        visit.look().accept(new Scenes.Shown(name, scene, open == null ? null : open.analysis(), view, allSaid()));
    }

    private List<String> allSaid() {
        List<String> all = new ArrayList<>(said);
        if (desk.model().state().get() instanceof DeskViewModel.State.Failed(var _, var problem)) {
            all.addAll(List.of(problem.what(), problem.remedy()));
        }
        if (desk.omniboxModel().state().get() instanceof OmniboxViewModel.State.Invalid(var why, var _)) {
            all.addAll(List.of(why.split("\u27e6[^\u27e7]*\u27e7"))); // what lower stages say around a word of the desk
        }
        ConsoleSnapshot proxy = desk.console().snapshot().get();
        proxy.servers().forEach(row -> all.addAll(List.of(row.upstream(), row.probe())));
        proxy.requests().forEach(record -> {
            all.add(record.reason());
            if (record.failure() != null) {
                all.add(record.failure().what());
            }
        });
        desk.console().document().faults().get().forEach(fault -> all.addAll(List.of(fault.what(), fault.remedy())));
        return all;
    }

    /** Runs a command of the desk. */
    void run(String command) {
        Screen.run(() -> desk.commands().find(command).orElseThrow().action().run());
    }

    /** Presses the button that has that word on it, in the desk's window or in another one. */
    void press(String word) {
        Screen.run(() -> ((ButtonBase) find(node -> node instanceof ButtonBase button && word.equals(button.getText())))
                .fireEvent(new ActionEvent()));
    }

    /** All visible nodes in all windows, those of the newest window first. On the screen thread. */
    Stream<Node> nodes() {
        List<Window> windows = new ArrayList<>(others());
        windows.add(stage);
        return windows.stream()
                .flatMap(window -> Screen.all(window.getScene().getRoot()).stream())
                .filter(Screen::isSeen);
    }

    /** The first of these. On the screen thread. */
    Node find(Predicate<Node> wanted) {
        return nodes().filter(wanted).findFirst().orElseThrow();
    }

    private List<Window> others() {
        return Window.getWindows().reversed().stream()
                .filter(window -> window.isShowing() && !window.equals(stage) && window.getScene() != null)
                .toList();
    }

    /** Looks at all windows besides the desk's, and leaves them open. */
    void lookAtWindows(String name) {
        Screen.settle();
        List<Window> open = Screen.on(this::others);
        if (open.isEmpty()) {
            throw new AssertionError(
                    "no window for " + name + " of " + desk.omnibox().text());
        }
        open.forEach(window -> look(name, window.getScene(), null));
    }

    /** Looks at all windows besides the desk's, and closes them. */
    void windows(String name) {
        lookAtWindows(name);
        Screen.run(() -> others().forEach(Window::hide));
    }

    /** Looks at a window that waits for its answer, once it has given the focus to what is asked for, and closes it. */
    void waiting(String name, Runnable asks) {
        Screen.run(() -> {
            PauseTransition soon = new PauseTransition(Duration.millis(200));
            soon.setOnFinished(_ -> {
                others().forEach(window -> lookNow(name, window.getScene(), null));
                others().forEach(Window::hide);
            });
            soon.play();
            asks.run();
        });
    }

    /** Waits for what happens in the background. */
    static void await(BooleanSupplier what) {
        for (int i = 0; i < 400; i++) {
            if (Screen.on(what::getAsBoolean)) {
                return;
            }
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("it did not happen");
    }

    /** A file of the visit's folder. */
    Path write(String name, byte[] content) {
        try {
            return Files.write(visit.folder().resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Screen.run(() -> {
            desk.close();
            stage.close();
        });
    }
}
