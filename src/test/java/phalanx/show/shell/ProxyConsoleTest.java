package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestCaptures;
import phalanx.app.TestPipeline;
import phalanx.proxy.TestOrigin;
import phalanx.proxy.breakpoint.Breakpoint;
import phalanx.proxy.guard.client.Reputation;
import phalanx.run.Jobs;
import phalanx.show.Screen;
import phalanx.show.Theme;
import phalanx.show.proxy.ConsoleSnapshot;
import phalanx.show.proxy.ConsoleViewModel;

/** The proxy console with a real proxy, real servers and real requests; it leaves pictures behind. */
class ProxyConsoleTest {
    @TempDir
    private Path folder;

    private final StringWriter complaints = new StringWriter();
    private final HttpClient client = HttpClient.newHttpClient();
    private TestOrigin first;
    private TestOrigin second;
    private Desk desk;
    private Scene scene;

    @BeforeEach
    void open() throws IOException {
        first = new TestOrigin("first");
        second = new TestOrigin("second");
        desk = Screen.on(() -> new Desk(
                TestPipeline.analyzer(),
                Jobs.onThreads(Platform::runLater),
                Samples.in(Path.of("sample-pcaps")),
                server -> TestCaptures.of(server, new PrintWriter(complaints, true)),
                DeskTest.settings(),
                DeskTest.cases(),
                TestPipeline.exporter()));
        scene = Screen.on(() -> {
            Scene made = desk.scene(1280, 800);
            Stage stage = new Stage();
            stage.setScene(made);
            stage.show();
            desk.show(ActivityBar.Activity.PROXY);
            return made;
        });
    }

    @AfterEach
    void close() throws Exception {
        Screen.run(() -> desk.close());
        client.close();
        first.close();
        second.close();
        assertEquals("", complaints.toString());
    }

    private ConsoleViewModel console() {
        return desk.console();
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

    private void start() throws IOException {
        Path file = Files.writeString(folder.resolve("lab.conf"), """
                # A lab: one server answers slowly now and then.
                worker_threads 1;
                admin 127.0.0.1:0;
                upstream shop {
                    algorithm aipredictive;
                    server 127.0.0.1:%d;
                    server 127.0.0.1:%d;
                }
                http {
                    server {
                        listen 127.0.0.1:0;
                        ai_algorithm thompson_sampling;
                        route / { upstream shop; }
                        route /slow { upstream shop; fault delay 30ms jitter=20ms; }
                        route /broken { upstream shop; fault abort 503; }
                        route /guarded {
                            waf_enabled on;
                            upstream shop;
                        }
                    }
                }
                """.formatted(first.port(), second.port()));
        Screen.run(() -> console().document().open(file));
        await(() -> console().document().file().get() != null);
        press("Start");
        await(() -> console().running().get() != null);
    }

    private HttpRequest.Builder request(String path) {
        int port = Screen.on(() -> Objects.requireNonNull(console().running().get())
                .http()
                .getFirst()
                .getPort());
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private int get(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private ConsoleSnapshot now() {
        return Screen.on(() -> console().snapshot().get());
    }

    private void press(String text) {
        Screen.run(() -> {
            Node found = Screen.all(scene.getRoot()).stream()
                    .filter(node -> node instanceof ButtonBase button
                            && !(button instanceof MenuButton) // a menu may be called so, too
                            && text.equals(button.getText())
                            && !button.isDisabled()
                            && button.getScene() != null)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no button " + text));
            ((ButtonBase) found).fire();
        });
    }

    /** Waits until a text is on the screen, which may take some layout passes. */
    private void awaitShown(String text) throws InterruptedException {
        for (int i = 0; i < 400 && !Screen.shows(scene, text); i++) {
            Thread.sleep(25);
        }
        assertTrue(Screen.shows(scene, text), text);
    }

    @Test
    void what_is_no_attack_is_let_through_by_a_line_that_is_shown_first() throws Exception {
        start();
        String asked = "/guarded?id=7%20union%20select%20name%20from%20staff";
        get(asked);
        assertEquals(403, get(asked));
        await(() -> console().snapshot().get().total() == 2);
        TableView<?> table = (TableView<?>) Screen.on(() -> Screen.all(scene.getRoot()).stream()
                .filter(node -> "Requests, the newest first".equals(node.getAccessibleText()))
                .findFirst()
                .orElseThrow());
        Screen.run(() -> table.getSelectionModel().select(0));
        awaitShown("Not an attack…");
        press("Not an attack…");
        awaitShown("Apply and save");
        String difference = Screen.on(() -> Screen.all(scene.getRoot()).stream()
                .filter(node -> "The change to the configuration".equals(node.getAccessibleText()))
                .map(node -> ((TextArea) node).getText())
                .findFirst()
                .orElseThrow());
        assertTrue(difference.startsWith("  route /guarded {\n+ waf_exclude sqli-union"), difference);
        assertTrue(Screen.on(() ->
                scene.getFocusOwner() instanceof ButtonBase focused && "Apply and save".equals(focused.getText())));
        for (boolean dark : new boolean[] {false, true}) {
            Screen.run(() -> desk.setTheme(dark ? Theme.DARK : Theme.LIGHT));
            Screen.picture(scene, "proxy-exclusion-" + (dark ? "dark" : "light"));
        }
        press("Apply and save");
        await(() -> console().message().get().equals("Saved and in force; no connection was cut."));
        assertEquals(200, get(asked));
        assertTrue(Files.readString(folder.resolve("lab.conf")).contains("{\n            waf_exclude sqli-union"));
    }

    @Test
    void requests_are_shown_with_where_their_time_went_and_what_was_said() throws Exception {
        start();
        press("Record");
        await(() -> console().snapshot().get().recording());
        for (int i = 0; i < 25; i++) {
            assertEquals(200, get("/item/" + i));
        }
        get("/slow/page");
        assertEquals(503, get("/broken"));
        client.send(
                request("/order?item=7")
                        .header("Authorization", "Bearer secret")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"item\": 7}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        await(() -> console().snapshot().get().total() == 28);
        TableView<?> table = (TableView<?>) Screen.on(() -> Screen.all(scene.getRoot()).stream()
                .filter(node -> "Requests, the newest first".equals(node.getAccessibleText()))
                .findFirst()
                .orElseThrow());
        Screen.run(() -> table.getSelectionModel().select(0));
        awaitShown("chosen: ");
        assertTrue(Screen.on(() -> Screen.all(scene.getRoot()).stream()
                .anyMatch(node -> node instanceof TextArea area
                        && area.getText().contains("Authorization: (masked)")
                        && area.getText().contains("{\"item\": 7}"))));
        for (double[] size : new double[][] {{1280, 800}, {1600, 1000}}) {
            for (boolean dark : new boolean[] {false, true}) {
                Screen.run(() -> {
                    scene.getWindow().setWidth(size[0]);
                    scene.getWindow().setHeight(size[1]);
                    desk.setTheme(dark ? Theme.DARK : Theme.LIGHT);
                });
                Screen.picture(scene, "proxy-" + (dark ? "dark-" : "light-") + (int) size[0]);
            }
        }
        press("Send again");
        await(() -> console().snapshot().get().total() == 29);
        assertEquals(
                2,
                now().requests().stream()
                        .filter(r -> r.target().equals("/order?item=7"))
                        .count());
        Screen.run(() -> console().filter().set("broken 503"));
        await(() -> console().snapshot().get().requests().size() == 1);
        awaitShown("1 of the last 29");
    }

    @Test
    void a_fault_is_marked_and_what_is_in_force_stays() throws Exception {
        start();
        String before = Screen.on(() -> console().document().loaded().get());
        Screen.run(() -> console().apply(before.replace("upstream shop;", "upstraem shop;")));
        await(() -> console().message().get().contains("faults"));
        assertEquals(before, Files.readString(folder.resolve("lab.conf")));
        Screen.run(() -> console().document().check(before.replace("upstream shop;", "upstraem shop;")));
        await(() -> console().document().faults().get().size() >= 3);
        awaitShown("Did you mean upstream?");
        Screen.picture(scene, "proxy-fault");
        assertEquals(200, get("/"));
        Screen.run(() -> console().apply(before.replace("fault abort 503;", "fault abort 418;")));
        await(() -> console().message().get().startsWith("Saved and in force"));
        assertEquals(418, get("/broken"));
    }

    @Test
    void what_is_no_configuration_and_a_taken_port_are_told() throws Exception {
        Path binary = Files.write(folder.resolve("binary.conf"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1});
        Screen.run(() -> console().document().open(binary));
        await(() -> console().message().get().contains("cannot be read as text"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path file = Files.writeString(
                    folder.resolve("taken.conf"),
                    "admin 127.0.0.1:0; http { server { listen 127.0.0.1:" + taken.getLocalPort()
                            + "; route / { return 200 x; } } }\n");
            Screen.run(() -> console().document().open(file));
            await(() -> console().document().file().get() != null);
            press("Start");
            await(() -> console().message().get().contains("cannot be listened on"));
        }
        press("Start");
        await(() -> console().running().get() != null);
        press("Stop");
        await(() -> console().message().get().equals("Stopped."));
    }

    @Test
    void what_stops_at_a_breakpoint_goes_on_by_a_button() throws Exception {
        start();
        Screen.run(() ->
                console().addBreakpoint(Breakpoint.read("request GET /stop").orElseThrow()));
        CompletableFuture<HttpResponse<String>> waiting =
                client.sendAsync(request("/stop").build(), HttpResponse.BodyHandlers.ofString());
        await(() -> !console().snapshot().get().stopped().isEmpty());
        Screen.picture(scene, "proxy-stopped");
        press("Continue");
        assertEquals(200, waiting.get().statusCode());
        press("Clear");
        await(() -> console().snapshot().get().breakpoints().isEmpty());
    }

    @Test
    void bans_are_shown_while_there_are_any_and_lifted_by_the_menu() throws Exception {
        start();
        Reputation reputation =
                Objects.requireNonNull(console().running().get()).guard().reputation();
        assertTrue(Screen.on(() -> bans().isEmpty()));
        reputation.ban(InetAddress.getByName("192.0.2.1"), "by-hand", Duration.ofMinutes(10));
        reputation.ban(InetAddress.getByName("2001:db8::7"), "by-hand", Duration.ofMinutes(20));
        await(() -> bans().size() == 1 && bans().getFirst().getItems().size() == 2);
        Screen.picture(scene, "proxy-bans");
        Screen.run(() -> {
            bans().getFirst().getSelectionModel().select(1);
            bans().getFirst().getContextMenu().getItems().getFirst().fire();
        });
        assertEquals(0, reputation.bannedFor(InetAddress.getByName("192.0.2.1")));
        assertEquals(
                "192.0.2.1 is let in again.",
                Screen.on(() -> console().message().get()));
        Screen.run(() -> {
            bans().getFirst().getSelectionModel().select(0);
            bans().getFirst().getContextMenu().getItems().getFirst().fire();
        });
        await(() -> bans().isEmpty());
    }

    private List<TableView<?>> bans() {
        return scene.getRoot().lookupAll(".table-view").stream()
                .filter(node -> "Clients that are banned".equals(node.getAccessibleText()))
                .<TableView<?>>map(node -> (TableView<?>) node)
                .toList();
    }

    @Test
    void a_capture_of_both_sides_opens_on_the_desk() throws Exception {
        start();
        press("Capture");
        await(() -> console().snapshot().get().capturing().isPresent());
        for (int i = 0; i < 20; i++) {
            get("/item/" + i);
        }
        press("End capture and open it");
        await(() -> desk.investigation().get() != null);
        Investigation view =
                Objects.requireNonNull(Screen.on(() -> desk.investigation().get()));
        assertEquals(
                Set.of("client-side", "server-side"),
                view.analysis().stitched().clientFirst().stream()
                        .map(capture -> view.analysis().stitched().hopName(capture))
                        .collect(Collectors.toSet()));
        assertEquals(
                List.of(),
                view.analysis().findings().stream()
                        .map(finding -> finding.finding().kind())
                        .toList(),
                "two connections are not one through a translator");
    }
}
