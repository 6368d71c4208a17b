package phalanx.show.shell;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.scene.control.TableView;
import phalanx.proxy.breakpoint.Breakpoint;
import phalanx.run.Jobs;
import phalanx.show.Screen;
import phalanx.show.proxy.ConsoleViewModel;

/** The proxy of the desk, empty, at work, with a request that stopped, and with a fault in its configuration. */
final class ProxyScenes {
    private static final String LAB = """
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
            """;

    private final Scenes.Visit visit;

    ProxyScenes(Scenes.Visit visit) {
        this.visit = visit;
    }

    void show() {
        try (OpenDesk open = OpenDesk.open(visit, Jobs.onThreads(Platform::runLater));
                HttpClient client = HttpClient.newHttpClient()) {
            ConsoleViewModel console = open.desk().console();
            Screen.run(() -> open.desk().show(ActivityBar.Activity.PROXY));
            open.look("proxy-empty");
            Path file = open.write("lab.conf", LAB.getBytes(StandardCharsets.UTF_8));
            Screen.run(() -> console.document().open(file));
            OpenDesk.await(() -> console.document().file().get() != null);
            Screen.run(console::start);
            OpenDesk.await(() -> console.running().get() != null);
            Screen.run(() -> console.record(true));
            ask(client, console, "/").join();
            ask(client, console, "/shop").join();
            OpenDesk.await(() -> {
                console.look();
                return console.snapshot().get().total() == 2;
            });
            Screen.run(() -> open.nodes()
                    .filter(node -> node instanceof TableView<?> table
                            && !table.getItems().isEmpty())
                    .forEach(node -> ((TableView<?>) node).getSelectionModel().select(0)));
            open.look("proxy");
            Screen.run(() -> console.addBreakpoint(new Breakpoint(Breakpoint.When.REQUEST, "GET", "/")));
            CompletableFuture<?> stopped = ask(client, console, "/");
            OpenDesk.await(() -> {
                console.look();
                return !console.snapshot().get().stopped().isEmpty();
            });
            open.look("proxy-stopped");
            Screen.run(() ->
                    console.goOn(console.snapshot().get().stopped().getFirst().number()));
            stopped.join();
            AtomicInteger looks = new AtomicInteger();
            OpenDesk.await(
                    () -> { // the editor checks its own, good text once more when nobody has typed for a while
                        if (looks.getAndIncrement() % 20 == 0) {
                            console.document().check("nonsense 1;");
                        }
                        return !console.document().faults().get().isEmpty();
                    });
            open.look("proxy-fault");
        }
    }

    private static CompletableFuture<HttpResponse<Void>> ask(HttpClient client, ConsoleViewModel console, String path) {
        int port = Screen.on(() -> Objects.requireNonNull(console.running().get())
                .http()
                .getFirst()
                .getPort());
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }
}
