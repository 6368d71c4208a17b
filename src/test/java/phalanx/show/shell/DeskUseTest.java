package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.casefile.SettingsStore;
import phalanx.net.HopId;
import phalanx.show.Screen;
import phalanx.show.Theme;
import phalanx.show.dock.DockPlace;
import phalanx.stitch.HopFile;

/** The desk used by keys and commands: docks, filters, cases, changes that are undone. */
class DeskUseTest {
    private final Path folder;

    private Desk desk;
    private Scene scene;

    DeskUseTest(@TempDir Path folder) {
        this.folder = folder;
        desk = made(folder);
        scene = shown(desk);
    }

    @BeforeEach
    void open() {
        Screen.run(() -> desk.open(TestPipeline.sample("loss-on-wan-link")));
    }

    /** As after a new start of the program. */
    private void show() {
        desk = made(folder);
        scene = shown(desk);
    }

    private static Desk made(Path folder) {
        return Screen.on(() -> new Desk(
                TestPipeline.analyzer(),
                Screen.AT_ONCE,
                Samples.in(Path.of("sample-pcaps")),
                DeskTest.NO_CAPTURES,
                new SettingsStore(folder.resolve("settings.json")),
                DeskTest.cases(),
                TestPipeline.exporter()));
    }

    private static Scene shown(Desk desk) {
        return Screen.on(() -> {
            Scene made = desk.scene(1280, 800);
            Stage stage = new Stage();
            stage.setScene(made);
            stage.show();
            return made;
        });
    }

    private void press(KeyCode code, boolean shift, boolean control, boolean alt) {
        Screen.run(() -> scene.getRoot()
                .fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, control, alt, false)));
        Screen.settle();
    }

    private void run(String command) {
        Screen.run(() -> desk.commands().find(command).orElseThrow().action().run());
        Screen.settle();
    }

    @Test
    void docks_are_hidden_and_come_back_by_keys_with_all_their_views() {
        List<String> all = Screen.on(() -> investigation().docks().layout().allViews());
        for (KeyCode key : List.of(KeyCode.F7, KeyCode.F8, KeyCode.F9)) {
            press(key, false, false, false);
        }
        assertFalse(Screen.on(() -> investigation().docks().isShown(DockPlace.LEFT)));
        Screen.picture(scene, "docks-hidden-1280");
        for (KeyCode key : List.of(KeyCode.F9, KeyCode.F8, KeyCode.F7)) {
            press(key, false, false, false);
        }
        List<String> again = Screen.on(() -> investigation().docks().layout().allViews());
        assertEquals(all.stream().sorted().toList(), again.stream().sorted().toList());
        assertTrue(Screen.on(() -> investigation().docks().isInFront("cause")));
        run("reset-layout");
        assertEquals(all, Screen.on(() -> investigation().docks().layout().allViews()));
    }

    /** On the screen thread. */
    private Investigation investigation() {
        return Objects.requireNonNull(desk.investigation().get());
    }

    @Test
    void the_keys_that_close_the_case_dock_a_view_back_from_its_own_window() {
        List<String> all = Screen.on(() -> investigation().docks().layout().allViews());
        Stage window = Screen.on(() -> {
            Set<Window> before = Set.copyOf(Window.getWindows());
            Node tabs = Screen.all(scene.getRoot()).stream()
                    .filter(node -> node instanceof MenuButton button
                            && button.getStyleClass().contains("dock-menu"))
                    .findFirst()
                    .orElseThrow();
            MenuButton menu = (MenuButton) tabs;
            menu.getOnShowing().handle(null);
            menu.getItems().get(menu.getItems().size() - 2).fire();
            return Window.getWindows().stream()
                    .filter(one -> !before.contains(one))
                    .map(Stage.class::cast)
                    .findFirst()
                    .orElseThrow();
        });
        Screen.pulse();
        Screen.run(() -> Event.fireEvent(
                window.getScene().getRoot(),
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.W, false, true, false, false)));
        Screen.settle();
        assertFalse(Screen.on(window::isShowing));
        assertEquals(
                all.stream().sorted().toList(),
                Screen.on(() -> investigation().docks().layout().allViews()).stream()
                        .sorted()
                        .toList());
        Screen.pulse();
        press(KeyCode.W, false, true, false);
        assertNull(Screen.on(() -> desk.investigation().get()));
    }

    @Test
    void a_view_that_is_asked_for_by_its_number_comes_to_the_front() {
        press(KeyCode.DIGIT4, false, true, false);
        assertTrue(Screen.on(() -> investigation().docks().isInFront("charts")));
        press(KeyCode.DIGIT6, false, true, false);
        assertTrue(Screen.on(() -> investigation().docks().isInFront("packets")));
    }

    @Test
    void a_filter_typed_at_the_top_is_in_force_and_says_how_many_are_left() {
        press(KeyCode.L, false, true, false);
        Screen.run(() -> desk.omnibox().set("tcp.flags.syn == 1"));
        Screen.settle();
        assertTrue(Screen.shows(scene, "shown 20 of 8,778"));
        Screen.picture(scene, "filter-light-1280");
        Screen.run(() -> desk.omnibox().set("tcp.flags.sin == 1"));
        Screen.settle();
        assertTrue(Screen.shows(scene, "tcp.flags.syn"), "what was meant is named");
        Screen.picture(scene, "filter-invalid-1280");
        assertEquals(
                "tcp.flags.syn == 1",
                Screen.on(() -> desk.omniboxModel().shown().get().filter()));
        press(KeyCode.L, false, true, false);
        for (int i = 0; i < 2; i++) { // the suggestions, then the text
            Screen.run(() -> Event.fireEvent(
                    scene.getFocusOwner(),
                    new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ESCAPE, false, false, false, false)));
        }
        assertEquals("tcp.flags.syn == 1", Screen.on(desk.omnibox()::text), "what is in force comes back");
        assertTrue(Screen.shows(scene, "shown 20 of 8,778"));
        Screen.run(() -> desk.omnibox().set(""));
        Screen.settle();
        Node message = Screen.on(() -> scene.lookup(".omnibox-message"));
        assertFalse(message.isVisible(), "it would take the clicks on the end of the line");
        Screen.run(() -> desk.omnibox().set("tcp.flags.syn == 1"));
        press(KeyCode.F, false, false, true);
        assertTrue(Screen.on(() -> desk.omniboxModel().shown().get().isAll()));
    }

    @Test
    void a_case_is_kept_and_opened_as_it_stood() {
        Path home = folder.resolve("wan.phalanx");
        Screen.run(() -> {
            desk.noting().note("the WAN link again");
            desk.omnibox().set("tcp");
            investigation().docks().toggle(DockPlace.LEFT);
            investigation().step(1);
            desk.keeping().save(home);
        });
        var stood = Screen.on(() -> investigation().selection().now());
        assertEquals(1, Screen.on(() -> investigation().notes().all().size()));
        show();
        Screen.run(() -> desk.open(List.of(home)));
        Screen.settle();
        assertEquals(
                Objects.requireNonNull(stood.finding()).id(),
                Screen.on(() -> Objects.requireNonNull(
                                investigation().selection().now().finding())
                        .id()));
        assertEquals(
                stood.packet(),
                Screen.on(() -> investigation().selection().now().packet()));
        assertEquals("tcp", Screen.on(() -> desk.omniboxModel().shown().get().filter()));
        assertFalse(
                Screen.on(() -> scene.getFocusOwner() instanceof TextInputControl),
                "keys go to the views, as F and N do");
        assertFalse(Screen.on(() -> investigation().docks().isShown(DockPlace.LEFT)));
        assertEquals(
                "the WAN link again",
                Screen.on(() -> investigation().notes().all().getFirst().text()));
        assertEquals(
                home.toString(),
                Screen.on(() -> desk.settings().now().recent().getFirst().getFirst()));
    }

    @Test
    void names_order_and_clocks_are_changed_and_changed_back() {
        List<HopFile> found = Screen.on(() -> files());
        List<Integer> order =
                Screen.on(() -> investigation().analysis().stitched().clientFirst());
        List<HopFile> wanted = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            HopFile file = found.get(i);
            HopId name = file.hop().name().equals("client") ? new HopId("laptop") : file.hop();
            wanted.add(new HopFile(
                    name,
                    file.file(),
                    file.placement()
                            .withPlace(order.size() - order.indexOf(i))
                            .withClockOffset(i == 0 ? OptionalLong.of(7_000_000) : OptionalLong.empty())));
        }
        Screen.run(() -> desk.model().rearrange("test", wanted));
        Screen.settle();
        assertTrue(Screen.shows(scene, "laptop"));
        assertEquals(
                order.reversed(),
                Screen.on(() -> investigation().analysis().stitched().clientFirst()));
        assertTrue(Screen.shows(scene, "set by hand"));
        Screen.picture(scene, "captures-changed-1280");
        press(KeyCode.Z, false, true, false);
        assertEquals(found, Screen.on(this::files));
        assertEquals(
                order, Screen.on(() -> investigation().analysis().stitched().clientFirst()));
        press(KeyCode.Z, true, true, false);
        assertEquals(wanted, Screen.on(this::files));
    }

    private List<HopFile> files() {
        return ((DeskViewModel.State.Answered) desk.model().state().get()).files();
    }

    @Test
    void themes_and_text_size_are_kept_for_the_next_time() {
        run("theme-contrast");
        run("text-larger");
        run("text-larger");
        assertEquals(Theme.HIGH_CONTRAST, Screen.on(() -> desk.theme().get()));
        Screen.picture(scene, "contrast-1280");
        show();
        assertEquals(Theme.HIGH_CONTRAST, Screen.on(() -> desk.theme().get()));
        assertEquals(120, Screen.on(() -> desk.appearance().textPercent()));
        run("theme-light");
        run("text-usual");
    }

    @Test
    void alt_left_goes_back_to_what_was_selected() {
        var first = Screen.on(() -> investigation().selection().now());
        assertNotNull(first.finding());
        press(KeyCode.F, false, false, false);
        var second = Screen.on(() -> investigation().selection().now());
        assertNotEquals(first, second);
        press(KeyCode.LEFT, false, false, true);
        assertEquals(first, Screen.on(() -> investigation().selection().now()));
        press(KeyCode.RIGHT, false, false, true);
        assertEquals(second, Screen.on(() -> investigation().selection().now()));
    }

    @Test
    void the_sheet_of_keys_names_every_command_that_has_some() {
        Scene sheet = Screen.on(() -> {
            ShortcutSheet made = new ShortcutSheet(desk.commands());
            Scene of = desk.appearance().scene(made, 900, 900);
            Stage stage = new Stage();
            stage.setScene(of);
            stage.show();
            return of;
        });
        Screen.picture(sheet, "keys-light");
        desk.commands().all().stream()
                .filter(command -> command.keys() != null)
                .forEach(command -> assertTrue(Screen.shows(sheet, command.title()), command.title()));
    }
}
