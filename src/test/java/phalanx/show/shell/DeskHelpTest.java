package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import phalanx.app.TestPipeline;
import phalanx.casefile.DemoScripts;
import phalanx.show.Screen;
import phalanx.show.Words;

/** The Help menu and the manual: F1 by focus, demos, what changed, diagnostics. */
class DeskHelpTest {
    private final Desk desk;
    private final Stage stage;

    DeskHelpTest() {
        desk = Screen.on(() -> new Desk(
                TestPipeline.analyzer(),
                Screen.AT_ONCE,
                Samples.in(Path.of("sample-pcaps")),
                DeskTest.NO_CAPTURES,
                DeskTest.settings(),
                DeskTest.cases(),
                TestPipeline.exporter()));
        stage = Screen.on(() -> {
            Stage made = new Stage();
            made.setScene(desk.scene(1280, 800));
            made.show();
            made.requestFocus();
            desk.open(TestPipeline.sample("slow-server"));
            return made;
        });
        Screen.settle();
    }

    @AfterEach
    void close() {
        Screen.run(() -> {
            desk.close();
            others().forEach(Window::hide);
            stage.close();
        });
    }

    private List<Window> others() {
        return Window.getWindows().stream()
                .filter(window -> window.isShowing() && !window.equals(stage) && window.getScene() != null)
                .toList();
    }

    private void run(String command) {
        Screen.run(() -> desk.commands().find(command).orElseThrow().action().run());
        Screen.settle();
    }

    /** The title of the page that the manual shows, empty when it is not open. */
    private Optional<String> page() {
        return Screen.on(() -> others().stream()
                .map(Window::getScene)
                .filter(scene -> scene.getRoot().getStyleClass().contains("help"))
                .flatMap(scene -> Screen.all(scene.getRoot()).stream())
                .filter(node ->
                        node instanceof ScrollPane && node.getStyleClass().contains("help-page"))
                .map(Node::getAccessibleText)
                .findFirst());
    }

    private static KeyEvent f1() {
        return new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.F1, false, false, false, false);
    }

    @Test
    void F1_opens_the_page_of_what_has_the_focus_and_the_window_closes_with_the_desk() {
        Screen.run(() -> {
            Objects.requireNonNull(desk.investigation().get()).docks().show("conversations");
            Event.fireEvent(Objects.requireNonNull(stage.getScene().getFocusOwner()), f1());
        });
        Screen.settle();
        assertEquals(Optional.of("Conversations"), page());
        Screen.run(desk::close);
        assertEquals(Optional.empty(), page());
    }

    @Test
    void keys_that_were_changed_are_in_the_manual_when_it_is_opened_again() {
        Screen.run(() -> desk.help().show("keyboard"));
        Screen.settle();
        assertFalse(says("F12"));
        Screen.run(() -> {
            Window manual = others().getFirst();
            manual.fireEvent(new WindowEvent(manual, WindowEvent.WINDOW_CLOSE_REQUEST));
            assertFalse(manual.isShowing());
            desk.commands().remap(Map.of("reload", "F12"));
            desk.help().show("keyboard");
        });
        Screen.settle();
        assertTrue(says("F12"));
    }

    private boolean says(String text) {
        return Screen.on(() -> others().stream()
                .flatMap(window -> Screen.all(window.getScene().getRoot()).stream())
                .anyMatch(node -> node instanceof Text one && one.getText().contains(text)));
    }

    @Test
    void F1_in_a_dialog_is_about_the_dialog() {
        run("preferences");
        Screen.run(() -> {
            Window dialog = others().getFirst();
            dialog.requestFocus();
            Scene scene = dialog.getScene();
            Screen.all(scene.getRoot()).stream()
                    .filter(node ->
                            node.isFocusTraversable() && node.getStyleClass().contains("text-field"))
                    .findFirst()
                    .orElseThrow()
                    .requestFocus();
            Event.fireEvent(Objects.requireNonNull(scene.getFocusOwner()), f1());
        });
        Screen.settle();
        assertEquals(Optional.of("Preferences"), page());
    }

    @Test
    void what_changed_and_diagnostics_are_shown() {
        run("changes");
        assertEquals(Optional.of("What changed"), page());
        run("diagnostics");
        String told = Screen.on(() -> others().stream()
                .flatMap(window -> Screen.all(window.getScene().getRoot()).stream())
                .filter(TextArea.class::isInstance)
                .map(area -> ((TextArea) area).getText())
                .findFirst()
                .orElseThrow());
        assertTrue(told.contains("version.txt"), told);
    }

    @Test
    void the_Help_menu_starts_the_tour_of_every_demo() {
        MenuBar bar = Screen.on(() -> Screen.all(stage.getScene().getRoot()).stream()
                .filter(MenuBar.class::isInstance)
                .map(MenuBar.class::cast)
                .findFirst()
                .orElseThrow());
        List<MenuItem> demos = Screen.on(() -> bar.getMenus().getLast().getItems().stream()
                .filter(Menu.class::isInstance)
                .flatMap(menu -> ((Menu) menu).getItems().stream())
                .toList());
        assertEquals(
                DemoScripts.all(Words.locale()).stream()
                        .map(script -> script.title())
                        .toList(),
                demos.stream().map(MenuItem::getText).toList());
        Screen.run(() -> demos.getFirst().fire());
        assertTrue(Screen.shows(stage.getScene(), "1 of 5"));
        assertFalse(Screen.on(() -> demos.getFirst().isDisable()));
    }
}
