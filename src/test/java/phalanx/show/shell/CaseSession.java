package phalanx.show.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ComboBox;
import javafx.scene.control.DialogPane;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import phalanx.net.HopId;
import phalanx.show.Screen;
import phalanx.show.Selection;
import phalanx.stitch.HopFile;

/** What somebody does with one case from opening to closing: minutes of use, or a few steps of each kind. Used from the test's thread. */
final class CaseSession {
    private static final List<String> FILTERS = List.of(
            "tcp",
            "tcp.flags.syn == 1",
            "tcp.analysis.retransmission",
            "ip.addr == 10.0.0.0/8 and frame.len > 200",
            "tcp.flags.sin == 1",
            "ip.addr == 192.0.2.77",
            "udp or icmp",
            "tcp.port == 443 ||");
    private static final List<KeyCode> LADDER_KEYS = List.of(
            KeyCode.W,
            KeyCode.S,
            KeyCode.A,
            KeyCode.D,
            KeyCode.PLUS,
            KeyCode.PLUS,
            KeyCode.PLUS,
            KeyCode.MINUS,
            KeyCode.E,
            KeyCode.T,
            KeyCode.G,
            KeyCode.N,
            KeyCode.N,
            KeyCode.P,
            KeyCode.TAB,
            KeyCode.PAGE_DOWN,
            KeyCode.PAGE_UP,
            KeyCode.HOME,
            KeyCode.DIGIT0);

    private final LiveDesk live;
    private final Robot robot = Screen.on(Robot::new);
    private final Path folder;
    private final boolean thorough;

    /** @param thorough does everything, not some of each kind */
    CaseSession(LiveDesk live, Path folder, boolean thorough) {
        this.live = live;
        this.folder = folder;
        this.thorough = thorough;
    }

    /** @param captures of the case */
    void run(String name, List<Path> captures) {
        open(captures);
        views();
        findings();
        filters();
        conversations();
        packets();
        if (thorough) {
            controls();
        }
        windows();
        captures();
        notes();
        docks();
        look();
        export();
        keep(name);
        live.command("close");
        live.idle();
    }

    private void open(List<Path> files) {
        live.act("open " + files.getFirst().getFileName(), () -> live.desk().open(files));
        live.await(
                "the answer to " + files,
                () -> live.desk().model().state().get() instanceof DeskViewModel.State.Answered);
        live.idle();
    }

    private List<String> ids() {
        return Screen.on(
                () -> shown().docks().views().stream().map(view -> view.id()).toList());
    }

    /** Screen thread. */
    private Investigation shown() {
        return live.investigation().orElseThrow();
    }

    /** As many as there are, but not more than {@code most}, from the whole of them. */
    private void each(int most, int there, Consumer<Integer> work) {
        int times = Math.min(thorough ? most : 2, there);
        for (int i = 0; i < times; i++) {
            work.accept(i * there / times);
        }
    }

    private <T> List<T> some(List<T> all) {
        return thorough ? all : all.subList(0, Math.min(3, all.size()));
    }

    private void key(KeyCode code) {
        live.act("key " + code, () -> robot.keyType(code));
    }

    private void views() {
        List<String> ids = ids();
        for (int i = 0; i < ids.size(); i++) {
            if (i < 9) {
                live.command("view-" + (i + 1));
            } else {
                String id = ids.get(i);
                live.act("show " + id, () -> shown().docks().show(id));
            }
            live.idle();
            wheelOver(ids.get(i));
        }
        live.act("show ladder", () -> shown().docks().show("ladder"));
        some(LADDER_KEYS).forEach(this::key);
        live.act("show charts", () -> shown().docks().show("charts"));
        some(LADDER_KEYS).forEach(this::key);
        live.act("show map", () -> shown().docks().show("map"));
        some(LADDER_KEYS).forEach(this::key);
        live.idle();
    }

    /** Turns the wheel over the middle of what a view draws or lists. */
    private void wheelOver(String id) {
        Node view = Screen.on(() -> shown().docks().view(id).node());
        Node target = Screen.on(() -> below(view).stream()
                .filter(node -> node instanceof Canvas || node instanceof TableView)
                .findFirst()
                .orElse(view));
        Bounds at = Screen.on(() -> target.localToScreen(target.getBoundsInLocal()));
        if (at == null) {
            return;
        }
        live.act("point at " + id, () -> robot.mouseMove(at.getCenterX(), at.getCenterY()));
        for (int turn : List.of(2, 3, -2, -3, 5)) {
            live.act("wheel " + id, () -> robot.mouseWheel(turn));
        }
        for (int step = 0; step < 5; step++) {
            double x = at.getMinX() + at.getWidth() * (step + 0.5) / 5;
            live.act("point at " + id, () -> robot.mouseMove(x, at.getCenterY()));
        }
    }

    private void findings() {
        int there = Screen.on(() -> shown().analysis().findings().size());
        each(6, there, _ -> {
            live.command("next-finding");
            live.idle();
        });
        live.command("previous-finding");
        for (int i = 0; i < 6; i++) {
            live.command("back");
        }
        for (int i = 0; i < 3; i++) {
            live.command("forward");
            live.command("widen");
        }
        live.idle();
    }

    private void filters() {
        for (String filter : some(FILTERS)) {
            live.act("filter " + filter, () -> live.desk().omnibox().set(filter));
            live.idle();
        }
        live.command("toggle-filter");
        live.act("no filter", () -> live.desk().omnibox().set(""));
        for (String begin : some(List.of(">rep", "@", "/syn", "#3", "ip."))) {
            live.act("omnibox " + begin, () -> live.desk().omnibox().focus(begin));
            live.idle();
            key(KeyCode.DOWN);
            key(KeyCode.ESCAPE);
        }
        live.command("find-next");
        live.act("no filter", () -> live.desk().omnibox().set(""));
        live.idle();
    }

    private void conversations() {
        int there =
                Screen.on(() -> shown().analysis().stitched().conversations().size());
        each(8, there, at -> {
            live.act("conversation " + at, () -> shown().selection().conversation(at));
            live.idle();
        });
        live.act("compare", () -> shown().selection().compare(there - 1));
        live.idle();
        live.act("compare no more", () -> shown().selection().compare(Selection.NONE));
        live.act("select nothing", () -> shown().selection().clear());
        live.idle();
    }

    private void packets() {
        int points = Screen.on(() -> shown().analysis().stitched().captures().size());
        for (int capture = 0; capture < points; capture++) {
            int at = capture;
            int frames = Screen.on(() -> Math.toIntExact(
                    shown().analysis().stitched().captures().get(at).packets().frames()));
            each(4, frames, row -> {
                live.act("frame " + row + " of " + at, () -> shown().selection().frame(at, row + 1L));
                live.idle();
                live.act("next sighting", () -> shown().selection().nextSighting(1));
            });
            live.act("capture " + at, () -> shown().selection().capture(at));
            live.idle();
        }
        live.command("copy-wireshark");
        live.command("copy-tcpdump");
        live.act(
                "rows from the list",
                () -> below(shown().docks().view("packets").node()).forEach(node -> {
                    if (node instanceof TableView<?> table && !table.getItems().isEmpty()) {
                        table.getSelectionModel().select(table.getItems().size() / 2);
                        table.scrollTo(table.getItems().size() - 1);
                    }
                }));
        live.idle();
    }

    /** Presses every button and chooses every entry of every view, then begins anew where that led elsewhere. */
    private void controls() {
        for (String id : ids()) {
            live.act("show " + id, () -> shown().docks().show(id));
            live.idle();
            List<Node> nodes = Screen.on(() -> below(shown().docks().view(id).node()));
            for (Node node : nodes) {
                if (node instanceof ComboBox<?> box) {
                    int entries = Screen.on(() -> box.getItems().size());
                    for (int i = 0; i < entries; i++) {
                        int entry = i;
                        live.act(
                                id + ": choose " + entry,
                                () -> box.getSelectionModel().select(entry));
                        live.idle();
                    }
                } else if (node instanceof ButtonBase button && !(node instanceof MenuButton)) {
                    live.act(
                            id + ": press " + Screen.on(button::getText) + " " + Screen.on(button::getAccessibleText),
                            () -> {
                                if (button.getScene() != null && !button.isDisabled() && button.isVisible()) {
                                    button.fire();
                                }
                            });
                    live.idle();
                    live.closeOthers();
                }
            }
        }
        live.act("no filter", () -> live.desk().omnibox().set(""));
        live.act("select nothing", () -> shown().selection().clear());
        live.idle();
    }

    private void windows() {
        for (String id : List.of("preferences", "shortcuts", "about", "manual", "table", "proxy", "investigation")) {
            live.command(id);
            live.idle();
            live.closeOthers();
        }
    }

    private void captures() {
        List<HopFile> found = Screen.on(() ->
                ((DeskViewModel.State.Answered) live.desk().model().state().get()).files());
        List<HopFile> wanted = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            HopFile file = found.get(i);
            wanted.add(new HopFile(
                    i == 0 ? new HopId("renamed") : file.hop(),
                    file.file(),
                    file.placement().withClockOffset(i == 1 ? OptionalLong.of(3_000_000) : OptionalLong.empty())));
        }
        live.act("change captures", () -> live.desk().model().rearrange("test", wanted));
        live.idle();
        for (String id : List.of("undo", "redo", "undo")) {
            live.command(id);
            live.idle();
        }
    }

    private void notes() {
        live.command("next-finding");
        live.command("note");
        live.idle();
        Stage asks = Objects.requireNonNull(live.dialog(), "no window asks for a note");
        live.act("write the note", () -> {
            DialogPane pane = (DialogPane) asks.getScene().getRoot();
            ((TextArea) pane.getContent()).setText("Seen again on Tuesday.");
            ((ButtonBase) pane.lookupButton(ButtonType.OK)).fire();
        });
        live.idle();
        live.act("a second note", () -> live.desk().noting().note("and on Wednesday"));
        live.command("undo");
        live.idle();
        if (Screen.on(() -> shown().notes().all().size()) != 1) {
            throw new AssertionError("one note was written and stays");
        }
    }

    private void docks() {
        for (String id : List.of(
                "toggle-left", "toggle-left", "toggle-bottom", "toggle-bottom", "toggle-right", "toggle-right")) {
            live.command(id);
        }
        for (String id : thorough ? List.of("ladder", "cause", "map") : List.of("ladder")) {
            live.act("show " + id, () -> shown().docks().show(id));
            live.act("take " + id + " out", () -> dockMenu(id, -2));
            live.idle();
            Stage window = Objects.requireNonNull(live.dialog(), id + " is in no window of its own");
            live.act("resize the window", () -> window.setWidth(window.getWidth() + 60));
            live.command("next-finding");
            live.idle();
            live.act("close the window", () -> {
                window.fireEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSE_REQUEST));
            });
            live.act("bring " + id + " back", () -> shown().docks().show(id));
            live.idle();
            live.act("move " + id, () -> dockMenu(id, -4));
            live.idle();
        }
        live.command("reset-layout");
        live.idle();
    }

    /** Chooses an entry of the menu of the dock in which a view stands, counted from its end. */
    private void dockMenu(String id, int entry) {
        Node at = shown().docks().view(id).node();
        while (at != null && below(at).stream().noneMatch(CaseSession::isDockMenu)) {
            at = at.getParent();
        }
        MenuButton menu = (MenuButton) below(Objects.requireNonNull(at)).stream()
                .filter(CaseSession::isDockMenu)
                .findFirst()
                .orElseThrow();
        Event.fireEvent(menu, new Event(MenuButton.ON_SHOWING));
        List<MenuItem> items = menu.getItems();
        items.get(items.size() + entry).fire();
    }

    private static boolean isDockMenu(Node node) {
        return node.getStyleClass().contains("dock-menu");
    }

    private static List<Node> below(Node node) {
        return node instanceof Parent parent ? Screen.all(parent) : List.of();
    }

    private void look() {
        List<String> looks = List.of("text-larger", "theme-dark", "theme-contrast", "text-larger", "text-smaller");
        for (String id : some(looks)) {
            live.command(id);
            live.idle();
        }
        for (String id : List.of("theme-light", "text-usual")) {
            live.command(id);
            live.idle();
        }
        live.act("resize the window", () -> live.stage().setWidth(760));
        live.idle();
        live.act("resize the window", () -> live.stage().setWidth(LiveDesk.WIDTH));
        live.idle();
    }

    private void export() {
        live.act("show ladder", () -> shown().docks().show("ladder"));
        live.command("export");
        live.idle();
        Stage window = Objects.requireNonNull(live.dialog(), "no window to export from");
        List<Node> choices = Screen.on(() -> below(window.getScene().getRoot()).stream()
                .filter(node -> node instanceof RadioButton)
                .toList());
        for (Node choice : some(choices)) {
            live.act("format", () -> ((ButtonBase) choice).fire());
            live.act(
                    "save",
                    () -> below(window.getScene().getRoot()).stream()
                            .filter(node -> node.getStyleClass().contains("accent"))
                            .forEach(node -> ((ButtonBase) node).fire()));
            live.idle();
        }
        live.act("close the export", window::close);
        live.idle();
    }

    private void keep(String name) {
        Path home = folder.resolve(name + ".phalanx");
        live.act("keep the case", () -> live.desk().keeping().save(home));
        live.idle();
        if (!Files.exists(home)) {
            throw new AssertionError(home + " was not kept");
        }
        live.command("close");
        live.idle();
        open(List.of(home));
        if (Screen.on(() -> shown().notes().all().size()) != 1) {
            throw new AssertionError("the note was not kept with the case");
        }
    }
}
