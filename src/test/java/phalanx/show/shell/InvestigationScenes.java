package phalanx.show.shell;

import java.util.List;
import javafx.event.Event;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import phalanx.app.TestPipeline;
import phalanx.show.DeskView;
import phalanx.show.Screen;
import phalanx.show.Words;
import phalanx.show.dock.DockPlace;
import phalanx.show.dock.DockedView;
import phalanx.show.map.MapLevel;
import phalanx.show.map.MapView;

/** An answer: all its views, their tables, what is selected in them, what filters leave over. */
final class InvestigationScenes {
    private static final String NO_MATCH = "ip.addr == 192.0.2.77", NOTE = "the first one";

    private final Scenes.Visit visit;

    InvestigationScenes(Scenes.Visit visit) {
        this.visit = visit;
    }

    void show() {
        try (OpenDesk open = OpenDesk.open(visit)) {
            Screen.run(() -> open.desk().open(TestPipeline.sample("loss-on-wan-link")));
            open.look("investigation");
            for (DockedView docked : open.investigation().docks().views()) {
                front(open, "view", docked.id());
                table(open, docked.id());
            }
            selections(open);
            map(open);
            filters(open);
            docks(open);
        }
    }

    /** Brings a view to the front, with the focus in it. */
    private static DeskView front(OpenDesk open, String name, String id) {
        DeskView shown = Screen.on(() -> {
            open.investigation().docks().show(id);
            return open.investigation().docks().view(id);
        });
        open.look(name + "-" + id, shown);
        return shown;
    }

    /** The table behind a view, as the key V shows it. */
    private static void table(OpenDesk open, String id) {
        open.run("table");
        open.windows("table-" + id);
    }

    private static void selections(OpenDesk open) {
        Investigation view = open.investigation();
        Screen.run(() -> {
            view.selection().clear();
            view.selection().conversation(0);
        });
        open.look("conversation");
        Screen.run(() -> view.selection().compare(1));
        for (String id : List.of("ladder", "charts", "conversations")) {
            front(open, "compared", id);
        }
        Screen.run(() -> {
            view.selection().compare(-1);
            view.selection().journey(view.analysis().stitched().journeys().of(0)[0]);
            view.docks().show("packet");
        });
        Screen.run(() -> ((ToggleButton) open.find(node -> node instanceof ToggleButton toggle
                        && Words.of("packets").get("compare").equals(toggle.getText())))
                .fire());
        front(open, "compared", "packet");
        open.says(List.of(NOTE));
        Screen.run(() -> open.desk().noting().note(NOTE));
        front(open, "written", "notes");
        open.press(Words.of("cause").get("dismiss"));
        front(open, "dismissing", "cause");
        Screen.run(() -> view.selection().place("hop-0"));
        front(open, "chosen", "place");
        Screen.run(view.selection()::clear);
        for (String id : List.of("ladder", "charts", "packet", "place")) {
            front(open, "nothing-selected", id);
        }
    }

    private static void map(OpenDesk open) {
        MapView map = (MapView) front(open, "map", "map");
        for (MapLevel level : MapLevel.values()) {
            Screen.run(() -> map.model().level().set(level));
            open.look("map-" + level, map);
        }
        Screen.run(() -> {
            ((ToggleButton) open.find(
                            node -> Words.of("map").get("conditions.switch").equals(node.getAccessibleText())))
                    .fire();
            ((ToggleButton) open.find(
                            node -> Words.of("map").get("legend.switch").equals(node.getAccessibleText())))
                    .fire();
            map.model().find().set("loss > 1%");
            map.model().hide().set("bytes < 1k");
        });
        open.look("map-found", map);
        Screen.run(() -> {
            map.model().find().set("nonsense >");
            map.model().hide().set("bytes > 0");
        });
        open.look("map-hidden", map);
        Screen.run(() -> {
            map.model().find().set("");
            map.model().hide().set("");
            map.model().level().set(MapLevel.PATH);
        });
    }

    private static void filters(OpenDesk open) {
        for (String filter : List.of("tcp", "tcp.nothing == 1")) {
            Screen.run(() -> open.desk().omnibox().set(filter));
            open.look("filter");
        }
        Screen.run(() -> open.desk().omnibox().set(NO_MATCH));
        for (DockedView docked : open.investigation().docks().views()) {
            front(open, "no-match", docked.id());
        }
        Screen.run(() -> open.desk().omnibox().set(""));
    }

    private static void docks(OpenDesk open) {
        for (DockPlace place : List.of(DockPlace.LEFT, DockPlace.BOTTOM, DockPlace.RIGHT)) {
            Screen.run(() -> open.investigation().docks().toggle(place));
        }
        open.look("docks-hidden");
        Screen.run(() -> open.investigation().docks().reset());
        front(open, "reset", "ladder");
        String ladder = Words.of("shell").get("view.ladder");
        Screen.run(() -> menu(open, Words.of("dock").get("detach", ladder)).fire());
        open.windows("detached");
    }

    /** What the menu of a dock offers under that name. */
    private static MenuItem menu(OpenDesk open, String text) {
        return open.nodes()
                .filter(node ->
                        node instanceof MenuButton && node.getStyleClass().contains("dock-menu"))
                .flatMap(node -> {
                    Event.fireEvent(node, new Event(MenuButton.ON_SHOWING));
                    return ((MenuButton) node).getItems().stream();
                })
                .filter(item -> text.equals(item.getText()))
                .findFirst()
                .orElseThrow();
    }
}
