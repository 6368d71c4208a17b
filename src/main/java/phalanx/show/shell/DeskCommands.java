package phalanx.show.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCombination;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import phalanx.redact.Redaction;
import phalanx.show.DataTable;
import phalanx.show.DeskView;
import phalanx.show.Theme;
import phalanx.show.Words;
import phalanx.show.command.Command;
import phalanx.show.command.Command.Group;
import phalanx.show.command.Commands;
import phalanx.show.dock.DockPlace;
import phalanx.show.dock.DockedView;
import phalanx.show.export.ExportedView;
import phalanx.show.help.HelpTopics;
import phalanx.show.settings.AboutView;
import phalanx.show.settings.Diagnostics;
import phalanx.show.settings.DiagnosticsView;
import phalanx.show.settings.SettingsView;
import phalanx.show.settings.SettingsViewModel;
import phalanx.stitch.Stitched;

/** What can be done at the desk, as commands. Screen thread. */
final class DeskCommands {
    private static final Words WORDS = Words.of("shell");
    private static final int TEXT_STEP = 10;

    private final Desk desk;
    private final BooleanBinding open;

    DeskCommands(Desk desk) {
        this.desk = desk;
        open = desk.investigation().isNotNull();
    }

    void addTo(Commands commands) {
        file(commands);
        edit(commands);
        view(commands);
        new SelectionCommands(desk).addTo(commands, open);
        go(commands);
        help(commands);
    }

    private void file(Commands commands) {
        commands.add("open-captures", Group.FILE, "Shortcut+O", () -> desk.open(desk.chooseCaptures()))
                .add("open-case", Group.FILE, "Shortcut+Shift+O", desk.keeping()::open)
                .add("add-captures", Group.FILE, null, desk::addCaptures, open)
                .add("import", Group.FILE, "Shortcut+I", desk::addImports, open)
                .add("save-case", Group.FILE, "Shortcut+S", desk.keeping()::save, open)
                .add("reload", Group.FILE, "F5", desk.model()::reload, open)
                .section()
                .add("save-case-as", Group.FILE, "Shortcut+Shift+S", desk.keeping()::saveAs, open)
                .add("export", Group.FILE, "Shortcut+Shift+E", this::export, open)
                .add("redact", Group.FILE, null, this::redact, open)
                .section()
                .add("preferences", Group.FILE, "Shortcut+COMMA", this::preferences)
                .add("close", Group.FILE, "Shortcut+W", this::close)
                .section()
                .add("quit", Group.FILE, "Shortcut+Q", desk::quit);
    }

    private void edit(Commands commands) {
        UndoStack edits = desk.model().edits();
        commands.add("undo", Group.EDIT, "Shortcut+Z", edits::undo, edits.canUndo())
                .add("redo", Group.EDIT, "Shortcut+Shift+Z", edits::redo, edits.canRedo())
                .add("note", Group.EDIT, "M", desk.noting()::note, open)
                .add("bookmark", Group.EDIT, "Shortcut+B", desk.noting()::bookmark, open)
                .section();
    }

    private void view(Commands commands) {
        commands.add("investigation", Group.VIEW, "Alt+1", () -> desk.show(ActivityBar.Activity.INVESTIGATE))
                .add("proxy", Group.VIEW, "Alt+2", () -> desk.show(ActivityBar.Activity.PROXY))
                .add("lab", Group.VIEW, "Alt+3", () -> desk.show(ActivityBar.Activity.LAB))
                .add("agents", Group.VIEW, "Alt+4", () -> desk.show(ActivityBar.Activity.AGENTS))
                .add(
                        "agents-pause",
                        Group.VIEW,
                        "Shortcut+Period",
                        () -> desk.lab().pauseAll(),
                        desk.lab().agents().steering().isNotNull());
        for (int i = 1; i <= 9; i++) {
            int place = i;
            commands.add(new Command(
                    "view-" + i,
                    Group.GO,
                    WORDS.get("view-number", i),
                    KeyCombination.valueOf("Shortcut+" + i),
                    () -> with(shown -> showView(shown, place)),
                    open,
                    null,
                    i == 1));
        }
        commands.add("table", Group.VIEW, "V", () -> with(this::table), open)
                .section()
                .add("toggle-left", Group.VIEW, "F7", () -> toggle(DockPlace.LEFT), open)
                .add("toggle-bottom", Group.VIEW, "F8", () -> toggle(DockPlace.BOTTOM), open)
                .add("toggle-right", Group.VIEW, "F9", () -> toggle(DockPlace.RIGHT), open)
                .add(
                        "reset-layout",
                        Group.VIEW,
                        null,
                        () -> with(shown -> shown.docks().reset()),
                        open);
        theme(commands, "theme-system", "system");
        commands.section();
        theme(commands, "theme-light", Theme.LIGHT.word());
        theme(commands, "theme-dark", Theme.DARK.word());
        theme(commands, "theme-contrast", Theme.HIGH_CONTRAST.word());
        commands.add("text-larger", Group.VIEW, "Shortcut+PLUS", () -> resize(TEXT_STEP))
                .section()
                .add("text-smaller", Group.VIEW, "Shortcut+MINUS", () -> resize(-TEXT_STEP))
                .add("text-usual", Group.VIEW, "Shortcut+0", () -> resize(0))
                .add("full-screen", Group.VIEW, "F11", this::fullScreen)
                .section();
    }

    private void theme(Commands commands, String id, String appearance) {
        commands.toggle(
                id,
                Group.VIEW,
                null,
                () -> desk.settings().change(now -> now.withAppearance(appearance)),
                Bindings.createBooleanBinding(
                        () -> desk.settings().now().appearance().equals(appearance),
                        desk.settings().value()));
    }

    private void go(Commands commands) {
        commands.add("filter", Group.GO, "Shortcut+L", () -> desk.omnibox().focus(""))
                .section()
                .add("toggle-filter", Group.GO, "Alt+F", desk.omniboxModel()::toggle, open)
                .add("find", Group.GO, "Shortcut+F", () -> desk.omnibox().focus("/"), open)
                .add("find-next", Group.GO, "F3", () -> desk.omniboxModel().next(1), open)
                .add(
                        "find-previous",
                        Group.GO,
                        "Shift+F3",
                        () -> desk.omniboxModel().next(-1),
                        open)
                .add(
                        "palette",
                        Group.GO,
                        "Shortcut+Shift+P",
                        () -> desk.omnibox().focus(">"))
                .add(
                        "back",
                        Group.GO,
                        "Alt+LEFT",
                        () -> with(shown -> shown.selection().back()),
                        open)
                .section()
                .add(
                        "forward",
                        Group.GO,
                        "Alt+RIGHT",
                        () -> with(shown -> shown.selection().forward()),
                        open)
                .add(
                        "widen",
                        Group.GO,
                        "ESC",
                        () -> with(shown -> shown.selection().widen()),
                        open)
                .add("next-finding", Group.GO, "F", () -> with(shown -> shown.step(1)), open)
                .section()
                .add("previous-finding", Group.GO, "Shift+F", () -> with(shown -> shown.step(-1)), open)
                .add(
                        "next-dock",
                        Group.GO,
                        "F6",
                        () -> with(shown -> shown.docks().focus().next(1)),
                        open)
                .section()
                .add(
                        "previous-dock",
                        Group.GO,
                        "Shift+F6",
                        () -> with(shown -> shown.docks().focus().next(-1)),
                        open);
    }

    private void help(Commands commands) {
        commands.add("manual", Group.HELP, "F1", this::manual)
                .add(
                        "shortcuts",
                        Group.HELP,
                        "Shift+F1",
                        () -> desk.dialogs().tell(WORDS.get("keys"), new ShortcutSheet(commands)))
                .section()
                .add("changes", Group.HELP, null, () -> desk.help().show("CHANGELOG"))
                .add("diagnostics", Group.HELP, null, this::diagnostics)
                .section()
                .add("about", Group.HELP, null, () -> desk.dialogs().tell(WORDS.get("about.title"), new AboutView()));
    }

    private void with(Consumer<Investigation> work) {
        Investigation shown = desk.investigation().get();
        if (shown != null) {
            work.accept(shown);
        }
    }

    private static void showView(Investigation shown, int place) {
        List<DockedView> views = shown.docks().views();
        if (place <= views.size()) {
            shown.docks().show(views.get(place - 1).id());
        }
    }

    private void toggle(DockPlace place) {
        with(shown -> shown.docks().toggle(place));
    }

    private void table(Investigation shown) {
        shown.docks()
                .focused()
                .flatMap(DeskView::table)
                .ifPresentOrElse(
                        (DataTable table) -> desk.dialogs().tell(table.title(), new TableTwin(table)),
                        () -> desk.dialogs().tell(WORDS.get("table"), new Label(WORDS.get("table.none"))));
    }

    private void resize(int by) {
        desk.settings().change(now -> now.withTextPercent(by == 0 ? 100 : now.textPercent() + by));
    }

    private void fullScreen() {
        Stage stage = desk.stage();
        if (stage != null) {
            stage.setFullScreen(!stage.isFullScreen());
        }
    }

    private void export() {
        with(shown -> {
            List<ExportedView> views = shown.docks().views().stream()
                    .flatMap(view ->
                            shown.docks().made(view.id()).stream().map(made -> ExportedView.of(view.title(), made)))
                    .toList();
            ExportedView focused = shown.docks()
                    .focused()
                    .map(view -> ExportedView.of(shown.docks().titleOf(view), view))
                    .orElse(null);
            desk.exports().show(focused, desk.keeping().account(shown), views);
        });
    }

    private void redact() {
        with(shown -> {
            Stitched stitched = shown.analysis().stitched();
            List<Redaction.Source> sources = new ArrayList<>();
            for (int capture : stitched.clientFirst()) {
                sources.add(new Redaction.Source(
                        stitched.captures().get(capture).capture().file(), stitched.hopName(capture)));
            }
            desk.redactions().show(sources);
        });
    }

    private void preferences() {
        SettingsViewModel model = new SettingsViewModel(
                desk.settings().value(),
                desk.settings()::change,
                desk.commands(),
                desk.model().jobs());
        desk.dialogs().tell(WORDS.get("preferences"), new SettingsView(model, desk.files()));
    }

    /** The window in front as its own button does, as one that a view stands in; in the desk's, the case. */
    private void close() {
        Scene main = desk.omnibox().getScene();
        Window.getWindows().stream()
                .filter(window ->
                        window.isFocused() && window instanceof Stage && !Objects.equals(main, window.getScene()))
                .findFirst()
                .ifPresentOrElse(
                        window -> window.fireEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSE_REQUEST)),
                        desk::leaveCase);
    }

    /** About what has the focus, on the desk or in a window of its own. */
    private void manual() {
        Node focused = null;
        for (Window window : Window.getWindows()) {
            if (window.isFocused() && window.getScene() != null) {
                focused = window.getScene().getFocusOwner();
            }
        }
        desk.help().show(HelpTopics.of(focused));
    }

    private void diagnostics() {
        desk.dialogs()
                .tell(
                        WORDS.get("diagnostics"),
                        new DiagnosticsView(
                                Diagnostics.of(desk.settings().now(), desk.log().lines()),
                                desk.model().jobs(),
                                desk.files()));
    }
}
