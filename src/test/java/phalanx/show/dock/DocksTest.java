package phalanx.show.dock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import phalanx.casefile.DockLayout;
import phalanx.show.DataTable;
import phalanx.show.DeskView;
import phalanx.show.Look;
import phalanx.show.Screen;
import phalanx.show.Theme;
import phalanx.show.Words;
import software.coley.bentofx.layout.container.DockContainerLeaf;

/** Views in windows of their own: how they get there, what leaves them alone and how they come back. */
class DocksTest {
    private static final Words WORDS = Words.of("dock");

    private final Docks docks = Screen.on(() -> new Docks(
            List.of(
                    docked("captures", DockPlace.LEFT),
                    docked("ladder", DockPlace.CENTRE),
                    docked("charts", DockPlace.CENTRE),
                    docked("cause", DockPlace.RIGHT)),
            new DockRoom(1600, 1000),
            Scene::new));
    private final Stage desk = Screen.on(() -> (Stage)
            Look.scene((Parent) docks.node(), Theme.LIGHT, 1000, 700, 100).getWindow());
    private final DockLayout usual = Screen.on(docks::layout);

    @AfterEach
    void close() {
        Screen.run(() -> {
            docks.closeWindows();
            desk.close();
        });
    }

    private static DockedView docked(String id, DockPlace place) {
        Button node = new Button(id);
        return new DockedView(id, id, "mdi2f-filter", place, () -> new DeskView() {
            @Override
            public Node node() {
                return node;
            }

            @Override
            public Optional<DataTable> table() {
                return Optional.empty();
            }
        });
    }

    /** Chooses an entry of the menu of the dock that a view is in front of. */
    private void choose(String view, String entry) {
        Screen.run(() -> {
            Node dock = docks.view(view).node();
            while (!(dock instanceof DockContainerLeaf)) {
                dock = dock.getParent();
            }
            MenuButton menu = Screen.all((Parent) dock).stream()
                    .filter(MenuButton.class::isInstance)
                    .map(MenuButton.class::cast)
                    .findFirst()
                    .orElseThrow();
            menu.getOnShowing().handle(null);
            menu.getItems().stream()
                    .filter(item -> WORDS.get(entry, view).equals(item.getText()))
                    .findFirst()
                    .orElseThrow()
                    .fire();
        });
        Screen.pulse();
    }

    private Window detached(String view) {
        choose(view, "detach");
        Window window = window(view);
        assertFalse(window.equals(desk));
        return window;
    }

    private Window window(String view) {
        Screen.pulse();
        return Screen.on(() -> docks.view(view).node().getScene().getWindow());
    }

    private List<String> at(DockPlace place) {
        return Screen.on(
                () -> DockLayouts.find(docks.layout(), place).orElseThrow().views());
    }

    private void closed(Window window) {
        Screen.run(() -> window.fireEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSE_REQUEST)));
        Screen.pulse();
        assertFalse(Screen.on(window::isShowing));
    }

    @Test
    void a_window_that_is_closed_docks_its_view_where_it_came_from() {
        closed(detached("cause"));
        assertEquals(desk, window("cause"));
        assertEquals(List.of("cause"), at(DockPlace.RIGHT));
        choose("ladder", "move.right");
        closed(detached("ladder"));
        assertEquals(List.of("cause", "ladder"), at(DockPlace.RIGHT));
        assertTrue(Screen.on(() -> docks.isInFront("ladder")));
    }

    @Test
    void hiding_docks_and_moving_views_leaves_windows_alone() {
        Window window = detached("cause");
        Screen.run(() -> {
            docks.toggle(DockPlace.LEFT);
            docks.toggle(DockPlace.RIGHT); // has nothing to bring back
            docks.toggle(DockPlace.LEFT);
        });
        choose("ladder", "move.bottom");
        Screen.run(() -> docks.show("cause"));
        assertTrue(Screen.on(window::isShowing));
        assertEquals(window, window("cause"));
        Screen.run(docks::reset);
        assertFalse(Screen.on(window::isShowing));
        assertEquals(usual, Screen.on(docks::layout));
    }

    @Test
    void a_view_in_a_window_is_kept_with_the_layout_and_comes_back_with_all_windows() {
        detached("cause");
        detached("ladder");
        assertEquals(
                usual.allViews().stream().sorted().toList(),
                Screen.on(() -> docks.layout().allViews()).stream().sorted().toList());
        Screen.run(docks::closeWindows);
        assertEquals(desk, window("cause"));
        Screen.run(() -> docks.show("ladder"));
        assertEquals(desk, window("ladder"));
    }

    @Test
    void a_window_that_goes_by_itself_leaves_no_view_behind() {
        Window window = detached("cause");
        Screen.run(window::hide);
        Screen.run(() -> docks.show("cause"));
        assertEquals(desk, window("cause"));
    }

    @Test
    void the_only_views_can_all_be_in_windows() {
        List<Window> windows = List.of(detached("captures"), detached("ladder"), detached("charts"), detached("cause"));
        assertEquals(4, Screen.on(() -> docks.layout().allViews()).size());
        windows.forEach(this::closed);
        assertEquals(
                usual.allViews().stream().sorted().toList(),
                Screen.on(() -> docks.layout().allViews()).stream().sorted().toList());
    }

    @Test
    void a_dock_that_is_hidden_comes_back_with_the_view_of_a_window_and_all_others() {
        Window window = detached("ladder");
        Screen.run(() -> docks.toggle(DockPlace.CENTRE));
        closed(window);
        assertEquals(List.of("charts", "ladder"), at(DockPlace.CENTRE));
    }
}
