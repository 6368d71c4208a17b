package phalanx.show.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import phalanx.app.TestCaptures;
import phalanx.app.TestPipeline;
import phalanx.explain.Analysis;
import phalanx.run.Jobs;
import phalanx.run.Problem;
import phalanx.show.DeskView;
import phalanx.show.Screen;
import phalanx.show.dock.DockedView;
import phalanx.show.omnibox.OmniboxViewModel;
import phalanx.show.proxy.ConsoleSnapshot;

/** Every scene the desk can show, one after the other, for tests that look at all of them. */
public final class Scenes {
    private static final Jobs AT_ONCE = new Jobs(Runnable::run, Runnable::run);

    private final double width;
    private final double height;
    private final int textPercent;
    private final Consumer<Shown> look;

    /**
     * A scene as it stands now.
     *
     * @param name of the picture it leaves
     * @param analysis what it is about, null for none
     * @param view the view in front, null for none
     * @param said what captures, configurations and the proxy say on it, as names and problems
     */
    public record Shown(
            String name,
            Scene scene,
            @Nullable Analysis analysis,
            @Nullable DeskView view,
            List<String> said) {}

    private Scenes(double width, double height, int textPercent, Consumer<Shown> look) {
        this.width = width;
        this.height = height;
        this.textPercent = textPercent;
        this.look = look;
    }

    /**
     * Shows them all; {@code look} is called on the screen thread.
     *
     * @param folder for files of the proxy and for one that is no capture
     */
    public static void all(double width, double height, int textPercent, Path folder, Consumer<Shown> look) {
        Scenes scenes = new Scenes(width, height, textPercent, look);
        scenes.states(folder);
        scenes.investigation();
        scenes.proxy(folder);
    }

    private record Opened(Desk desk, Stage stage) {}

    private Opened open(Jobs jobs) {
        return Screen.on(() -> {
            Desk desk = new Desk(
                    TestPipeline.analyzer(),
                    jobs,
                    Samples.in(Path.of("sample-pcaps")),
                    server -> TestCaptures.of(server, new PrintWriter(System.err, true, StandardCharsets.UTF_8)),
                    DeskTest.settings(),
                    TestPipeline.exporter());
            Stage stage = new Stage();
            stage.setScene(desk.scene(width, height));
            stage.show();
            desk.settings().change(now -> now.withTextPercent(textPercent));
            return new Opened(desk, stage);
        });
    }

    private void look(String name, Opened opened, @Nullable DeskView view) {
        look(name, opened.stage().getScene(), opened, view);
    }

    private void look(String name, Scene scene, Opened opened, @Nullable DeskView view) {
        Screen.settle();
        Screen.run(() -> {
            scene.getRoot().applyCss();
            scene.getRoot().layout();
            Investigation open = opened.desk().investigation().get();
            look.accept(new Shown(name, scene, open == null ? null : open.analysis(), view, said(opened.desk())));
        });
    }

    private static List<String> said(Desk desk) {
        List<String> said = new ArrayList<>();
        if (desk.model().state().get() instanceof DeskViewModel.State.Failed(var _, var problem)) {
            said.addAll(List.of(problem.what(), problem.remedy()));
        }
        if (desk.omniboxModel().state().get() instanceof OmniboxViewModel.State.Invalid(var why, var _)) {
            said.add(why);
        }
        ConsoleSnapshot proxy = desk.console().snapshot().get();
        proxy.servers().forEach(row -> said.addAll(List.of(row.upstream(), row.probe())));
        proxy.requests().forEach(record -> {
            said.add(record.reason());
            if (record.failure() != null) {
                said.add(record.failure().what());
            }
        });
        desk.console().document().faults().get().forEach(fault -> said.addAll(List.of(fault.what(), fault.remedy())));
        return said;
    }

    private static void close(Opened opened) {
        Screen.run(() -> {
            opened.desk().close();
            opened.stage().close();
        });
    }

    private void states(Path folder) {
        Opened opened = open(AT_ONCE);
        look("welcome", opened, null);
        Path text = write(folder.resolve("notes.txt"), "this is no capture at all");
        Screen.run(() -> opened.desk().open(List.of(text)));
        look("error", opened, null);
        close(opened);
        Executor never = _ -> {};
        Opened loading = open(new Jobs(never, Runnable::run));
        Screen.run(() -> loading.desk().open(TestPipeline.sample("slow-server")));
        look("loading", loading, null);
        close(loading);
    }

    private void investigation() {
        Opened opened = open(AT_ONCE);
        Desk desk = opened.desk();
        Screen.run(() -> desk.open(TestPipeline.sample("loss-on-wan-link")));
        look("investigation", opened, null);
        Investigation view =
                Objects.requireNonNull(Screen.on(() -> desk.investigation().get()));
        for (DockedView docked : view.docks().views()) {
            DeskView shown = Screen.on(() -> {
                view.docks().show(docked.id());
                return view.docks().view(docked.id());
            });
            look("view-" + docked.id(), opened, shown);
        }
        Screen.run(() -> {
            view.selection().clear();
            view.selection().conversation(0);
        });
        look("conversation", opened, null);
        for (String filter : List.of("tcp", "tcp.nothing == 1", "ip.addr == 192.0.2.77")) {
            Screen.run(() -> desk.omnibox().set(filter));
            look("filter", opened, null);
        }
        Screen.run(() -> desk.omnibox().set(""));
        for (String begin : List.of(">", "@", "#1", "ip.", "tcp.port ")) {
            Screen.run(() -> desk.omnibox().focus(begin));
            windows("omnibox", opened);
        }
        Screen.run(() -> desk.omnibox().set(""));
        Screen.run(() -> view.docks().show("ladder"));
        for (String command : List.of("shortcuts", "about", "table")) {
            run(desk, command);
            windows("dialog-" + command, opened);
        }
        Screen.run(() -> desk.dialogs().problem("PHX", new Problem("PHX-0001", "what.pcap 1.", "2.")));
        windows("dialog-problem", opened);
        Screen.run(() -> {
            Platform.runLater(() -> {
                others(opened)
                        .forEach(window -> look.accept(
                                new Shown("dialog-note", window.getScene(), view.analysis(), null, List.of())));
                others(opened).forEach(Window::hide);
            });
            desk.commands().find("note").orElseThrow().action().run();
        });
        close(opened);
    }

    private static void run(Desk desk, String command) {
        Screen.run(() -> desk.commands().find(command).orElseThrow().action().run());
    }

    private static List<Window> others(Opened opened) {
        return Window.getWindows().stream()
                .filter(window -> window.isShowing() && !window.equals(opened.stage()) && window.getScene() != null)
                .toList();
    }

    /** Looks at all windows besides the desk's, and closes them. */
    private void windows(String name, Opened opened) {
        Screen.settle();
        for (Window window : new ArrayList<>(Screen.on(() -> others(opened)))) {
            look(name, window.getScene(), opened, null);
        }
        Screen.run(() -> others(opened).forEach(Window::hide));
    }

    private void proxy(Path folder) {
        Opened opened = open(Jobs.onThreads(Platform::runLater));
        Desk desk = opened.desk();
        Screen.run(() -> desk.show(ActivityBar.Activity.PROXY));
        look("proxy-empty", opened, null);
        Path file = write(folder.resolve("lab.conf"), """
                worker_threads 1;
                admin 127.0.0.1:0;
                upstream shop { server 127.0.0.1:1; }
                http {
                    server {
                        listen 127.0.0.1:0;
                        route /shop { upstream shop; }
                        route / { return 200 x; }
                    }
                }
                """);
        Screen.run(() -> desk.console().document().open(file));
        await(() -> desk.console().document().file().get() != null);
        Screen.run(desk.console()::start);
        await(() -> desk.console().running().get() != null);
        Screen.run(() -> desk.console().record(true));
        ask(desk, "/");
        ask(desk, "/shop");
        await(() -> {
            desk.console().look();
            return desk.console().snapshot().get().total() == 2;
        });
        Screen.run(() -> Screen.all(opened.stage().getScene().getRoot()).stream()
                .filter(node ->
                        node instanceof TableView<?> table && !table.getItems().isEmpty())
                .forEach(node -> ((TableView<?>) node).getSelectionModel().select(0)));
        look("proxy", opened, null);
        Screen.run(() -> desk.console().document().check("nonsense 1;"));
        await(() -> !desk.console().document().faults().get().isEmpty());
        look("proxy-fault", opened, null);
        close(opened);
    }

    private static void ask(Desk desk, String path) {
        int port =
                Screen.on(() -> Objects.requireNonNull(desk.console().running().get())
                        .http()
                        .getFirst()
                        .getPort());
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(BooleanSupplier what) {
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

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
