package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.scene.Scene;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.casefile.CaseFile;
import phalanx.casefile.CaseStore;
import phalanx.casefile.SettingsStore;
import phalanx.run.Outcome;
import phalanx.show.DataTable;
import phalanx.show.Screen;
import phalanx.show.Theme;
import phalanx.show.imports.Entry;
import phalanx.show.map.MapLevel;
import phalanx.show.map.MapView;
import phalanx.telemetry.Event;
import phalanx.telemetry.Telemetry;
import phalanx.topology.Layout;

/** Files of other tools are opened like captures, join these, and stay with the case. */
class DeskImportsTest {
    private final Path folder;
    private final Desk desk;
    private final Scene scene;
    private List<Path> files = List.of();

    DeskImportsTest(@TempDir Path folder) {
        this.folder = folder;
        desk = Screen.on(() -> new Desk(
                TestPipeline.analyzer(),
                Screen.AT_ONCE,
                List.of(),
                DeskTest.NO_CAPTURES,
                new SettingsStore(folder.resolve("settings.json")),
                new CaseStore("ada", null),
                TestPipeline.exporter()));
        scene = Screen.on(() -> {
            Scene made = desk.scene(1280, 800);
            Stage stage = new Stage();
            stage.setScene(made);
            stage.show();
            return made;
        });
    }

    @BeforeEach
    void open() throws IOException {
        Screen.run(() -> desk.open(TestPipeline.sample("loss-on-wan-link")));
        files = ImportSamples.write(
                folder.resolve("logs"), Screen.on(() -> investigation().analysis()));
    }

    @AfterEach
    void close() {
        Screen.run(desk::close);
    }

    private Investigation investigation() {
        return Objects.requireNonNull(desk.investigation().get());
    }

    private List<Entry> entries() {
        return Screen.on(() -> List.copyOf(desk.model().imports().entries()));
    }

    private Telemetry shown() {
        return Screen.on(() -> investigation().context().telemetry().getValue());
    }

    @Test
    void files_of_other_tools_join_the_captures_that_are_open_and_can_be_taken_away() {
        Investigation before = Screen.on(this::investigation);
        Screen.run(() -> desk.open(files));
        Screen.settle();
        assertSame(before, Screen.on(this::investigation), "the captures stay as they were");
        assertEquals(5, entries().size());
        assertTrue(Screen.shows(scene, "eve.json"));
        assertTrue(Screen.shows(scene, "Suricata EVE: 2 records, 1 joins the captures"));
        assertTrue(Screen.shows(scene, "1 record is not understood, in line 3"));
        assertEquals(3, shown().series().size());
        Screen.run(() -> desk.model().removeImport(files.getFirst()));
        assertEquals(4, entries().size());
        assertTrue(!Screen.shows(scene, "eve.json"));
        Screen.run(() -> desk.model().edits().undo());
        assertEquals(5, entries().size());
    }

    @Test
    void the_timeline_tells_what_happened_between_the_findings_and_leads_to_the_conversation() {
        Screen.run(() -> desk.open(files));
        DataTable table = Screen.on(() -> {
            investigation().docks().show("events");
            return investigation().docks().view("events").table().orElseThrow();
        });
        assertEquals("deploys deploy", table.cell(0, 1));
        assertEquals("cart 1.2 by ann", table.cell(0, 2));
        int alert = 0;
        while (!table.cell(alert, 1).equals("Suricata alert")) {
            alert++;
        }
        assertTrue(table.cell(alert, 3).contains("\u2192 shop/cart-7d9:80"), table.cell(alert, 3));
        int row = alert;
        Screen.run(() -> {
            investigation().selection().clear();
            TableView<?> list = Screen.all(scene.getRoot()).stream()
                    .filter(TableView.class::isInstance)
                    .map(node -> (TableView<?>) node)
                    .filter(node -> "Events".equals(node.getAccessibleText()))
                    .findFirst()
                    .orElseThrow();
            list.getSelectionModel().select(row);
        });
        assertEquals(0, Screen.on(() -> investigation().selection().now().conversation()));
        Screen.picture(scene, "imports-events-1280");
    }

    private String cell(String view, int column) {
        return Screen.on(
                () -> investigation().docks().view(view).table().orElseThrow().cell(0, column));
    }

    private int column(String view, String title) {
        return Screen.on(() -> investigation()
                .docks()
                .view(view)
                .table()
                .orElseThrow()
                .columns()
                .indexOf(title));
    }

    @Test
    void hosts_of_a_cluster_are_called_by_their_names_in_all_views_as_long_as_it_is_imported() {
        Screen.run(() -> {
            investigation().docks().show("conversations");
            investigation().docks().show("packets");
            investigation().docks().show("ladder");
            investigation().selection().conversation(0);
        });
        int client = column("conversations", "Client");
        int source = column("packets", "Source");
        String before = cell("conversations", client);
        String address = cell("packets", source);
        Screen.run(() -> desk.open(files));
        assertEquals("shop/web-0" + before.substring(before.lastIndexOf(':')), cell("conversations", client));
        assertEquals("shop/web-0", cell("packets", source));
        assertTrue(
                Screen.shows(scene, "shop/web-0" + before.substring(before.lastIndexOf(':')) + " > "),
                "the title of the ladder");
        Screen.run(() -> desk.model().removeImport(files.get(4)));
        assertEquals(before, cell("conversations", client));
        assertEquals(address, cell("packets", source));
    }

    @Test
    void what_is_received_meanwhile_takes_no_selection_away() {
        Screen.run(() -> {
            desk.open(files);
            investigation().docks().show("charts");
            investigation().docks().show("map");
            investigation().docks().show("events");
        });
        TableView<?> list = Screen.on(() -> Screen.all(scene.getRoot()).stream()
                .filter(TableView.class::isInstance)
                .map(node -> (TableView<?>) node)
                .filter(node -> "Events".equals(node.getAccessibleText()))
                .findFirst()
                .orElseThrow());
        Screen.run(() -> list.getSelectionModel().select(1));
        Object chosen = Screen.on(() -> list.getSelectionModel().getSelectedItem());
        int rows = Screen.on(() -> list.getItems().size());
        Event first = shown().events().getFirst();
        Event deploy = new Event(
                first.nanos() - 1,
                0,
                Event.Source.DEPLOYS,
                "deploy",
                Event.Weight.CHANGE,
                null,
                null,
                "web",
                "web 2",
                "");
        Screen.run(() -> desk.model()
                .imports()
                .received(new Telemetry(List.of(deploy), List.of(), List.of(), List.of(), List.of())));
        assertEquals(rows + 1, Screen.on(() -> list.getItems().size()));
        assertEquals(chosen, Screen.on(() -> list.getSelectionModel().getSelectedItem()));
        assertEquals(2, Screen.on(() -> list.getSelectionModel().getSelectedIndex()));
    }

    @Test
    void what_is_imported_stays_with_the_case_by_its_address() {
        Path home = folder.resolve("a.phalanx");
        Screen.run(() -> {
            desk.open(files);
            desk.keeping().save(home);
            desk.model().removeImport(files.get(2)); // kept at once
            desk.leaveCase();
        });
        assertEquals(List.of(), entries());
        Screen.run(() -> desk.open(List.of(home)));
        assertEquals(
                List.of("eve.json", "deploys.json", "traces.json", "cluster.json"),
                entries().stream().map(Entry::name).toList());
        assertEquals(20 * 2 + 2 + 1, shown().events().size());
        try (CaseStore other = new CaseStore("eve", null)) {
            assertEquals("../logs/eve.json", kept(other, home).getFirst());
        }
    }

    private static List<String> kept(CaseStore cases, Path home) {
        return switch (cases.read(home)) {
            case Outcome.Ok<CaseFile>(var kept) -> kept.imports();
            case Outcome.Failed<CaseFile>(var problem) -> throw new AssertionError(problem.toString());
        };
    }

    @Test
    void a_case_whose_import_is_gone_opens_and_says_which() throws IOException {
        Path home = folder.resolve("a.phalanx");
        Screen.run(() -> {
            desk.open(files.subList(0, 1));
            desk.keeping().save(home);
            desk.leaveCase();
        });
        Files.delete(files.getFirst());
        Screen.run(() -> desk.open(List.of(home)));
        assertNotNull(Screen.on(() -> desk.investigation().get()));
        assertEquals(Entry.State.FAILED, entries().getFirst().state());
        assertTrue(Screen.shows(scene, "cannot be imported: it does not exist"));
    }

    @Test
    void captures_and_files_of_other_tools_are_opened_together_and_alone_there_is_nothing_to_join() {
        Screen.run(() -> {
            desk.leaveCase();
            desk.open(files.subList(0, 2));
        });
        assertNull(Screen.on(() -> desk.investigation().get()));
        var failed = assertInstanceOf(
                DeskViewModel.State.Failed.class,
                Screen.on(() -> desk.model().state().get()));
        assertEquals(DeskViewModel.NOTHING_TO_JOIN, failed.problem().code());
        List<Path> both = new ArrayList<>(TestPipeline.sample("loss-on-wan-link"));
        both.addAll(files);
        Screen.run(() -> desk.open(both));
        assertEquals(5, entries().size());
    }

    @Test
    void traces_that_are_received_show_at_once_and_stay_as_a_file() throws Exception {
        DeskTraces traces = Screen.on(() -> new DeskTraces(desk, 0, 0, folder.resolve("received")));
        Screen.run(traces::toggle);
        assertTrue(Screen.shows(scene, "no spans"));
        int port = Objects.requireNonNull(traces.receiver()).http().getPort();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String message : Files.readAllLines(files.get(3))) {
                assertEquals(
                        200,
                        client.send(
                                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/traces"))
                                                .header("Content-Type", "application/json")
                                                .POST(HttpRequest.BodyPublishers.ofString(message))
                                                .build(),
                                        HttpResponse.BodyHandlers.discarding())
                                .statusCode());
            }
        }
        Screen.run(traces::look);
        assertTrue(Screen.shows(scene, "40 spans"));
        assertEquals(40, shown().spans().size());
        Screen.run(traces::toggle);
        assertEquals(40, shown().spans().size(), "not twice");
        assertEquals(1, entries().size());
        assertTrue(entries().getFirst().name().endsWith(".jsonl"));
        assertTrue(!Screen.shows(scene, "Receiving"));
    }

    @Test
    void pictures() {
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            Screen.run(() -> {
                desk.setTheme(theme);
                desk.open(files);
                investigation().docks().show("charts");
                investigation().docks().show("events");
            });
            Screen.picture(scene, "imports-charts-1280-" + theme.word());
            Screen.run(() -> {
                investigation().docks().show("map");
                MapView map = (MapView) investigation().docks().view("map");
                map.model().level().set(MapLevel.NAMED);
                map.model().layout().set(Layout.Kind.LAYERED);
                investigation().selection().place("named-web>named-cart");
                investigation().docks().show("place");
            });
            Screen.picture(scene, "imports-services-1280-" + theme.word());
            assertTrue(Screen.shows(scene, "20 calls, 25 % failed"));
            assertTrue(Screen.shows(scene, "Carried by the conversations 0"));
        }
    }
}
