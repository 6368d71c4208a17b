package phalanx.show.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.MenuBar;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import phalanx.casefile.CaseFile;
import phalanx.casefile.Settings;
import phalanx.casefile.SettingsStore;
import phalanx.explain.Analysis;
import phalanx.explain.Analyzer;
import phalanx.proxy.ProxyServer;
import phalanx.proxy.admin.CaptureControl;
import phalanx.run.Jobs;
import phalanx.run.RecentLog;
import phalanx.show.FileDialogs;
import phalanx.show.Palette;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.SystemFileDialogs;
import phalanx.show.Theme;
import phalanx.show.ViewContext;
import phalanx.show.Words;
import phalanx.show.command.CommandMenus;
import phalanx.show.command.Commands;
import phalanx.show.demo.Demo;
import phalanx.show.export.ExportDialog;
import phalanx.show.export.Exporter;
import phalanx.show.help.HelpWindow;
import phalanx.show.notes.Notes;
import phalanx.show.omnibox.Omnibox;
import phalanx.show.omnibox.OmniboxViewModel;
import phalanx.show.proxy.ConsoleViewModel;
import phalanx.show.proxy.ProxyConsole;
import phalanx.show.welcome.WelcomeView;
import phalanx.stitch.HopFile;

/** The window. Made and used on the screen thread. */
public final class Desk {
    private static final Words WORDS = Words.of("shell");
    private static final double WIDTH = 1360, HEIGHT = 860, LEAST_WIDTH = 1024, LEAST_HEIGHT = 640;

    private final DeskViewModel model;
    private final DeskSettings settings;
    private final DeskDemos demos;
    private final FileDialogs files;
    private final ExportDialog exports;
    private final HelpWindow help;
    private final Appearance appearance = new Appearance();
    private final BorderPane root = new BorderPane();
    private final StackPane content = new StackPane();
    private final StackPane trail = new StackPane();
    private final StatusLine status;
    private final Dialogs dialogs = new Dialogs(this::dress, this::stage);
    private final ConsoleViewModel console;
    private final ProxyConsole proxy;
    private final ActivityBar activities = new ActivityBar(this::show);
    private final OmniboxViewModel omniboxModel;
    private final Omnibox omnibox;
    private final Commands commands;
    private final RecentLog log = RecentLog.listen();
    private final CaseKeeping keeping = new CaseKeeping(this);
    private final ReadOnlyObjectWrapper<@Nullable Investigation> investigation = new ReadOnlyObjectWrapper<>();
    private Subscription following = Subscription.EMPTY;
    private @Nullable Stage stage;
    private String investigationStatus = "";

    /**
     * Opens captures through {@code analyzer}; {@code samples} are folders offered on the welcome view.
     *
     * @param captures makes who captures the traffic of the desk's proxy
     * @param kept where the user's settings are
     * @param exporter writes views and reports
     */
    public Desk(
            Analyzer analyzer,
            Jobs jobs,
            List<Path> samples,
            Function<ProxyServer, CaptureControl> captures,
            SettingsStore kept,
            Exporter exporter) {
        this(analyzer, jobs, samples, captures, kept, exporter, new SystemFileDialogs());
    }

    /** As the other; {@code files} asks the user for files. */
    Desk(
            Analyzer analyzer,
            Jobs jobs,
            List<Path> samples,
            Function<ProxyServer, CaptureControl> captures,
            SettingsStore kept,
            Exporter exporter,
            FileDialogs files) {
        this.files = files;
        model = new DeskViewModel(analyzer, jobs);
        settings = new DeskSettings(kept, jobs);
        demos = new DeskDemos(this, samples);
        exports = new ExportDialog(exporter, jobs, files, this::dress, this::stage);
        status = new StatusLine(model::cancel);
        console = new ConsoleViewModel(jobs, captures, this::open);
        proxy = new ProxyConsole(console, files, () -> appearance.palette().getValue());
        commands = new Commands();
        omniboxModel = new OmniboxViewModel(commands, jobs);
        omnibox = new Omnibox(omniboxModel, appearance::dress);
        new DeskCommands(this).addTo(commands);
        help = new HelpWindow(jobs, commands, this::window);
        commands.remap(settings.now().keys());
        MenuBar menus = CommandMenus.bar(commands, new SampleMenus(samples, settings, demos, this::open).submenus());
        menus.setMinWidth(Region.USE_PREF_SIZE);
        HBox line = new HBox(menus, omnibox);
        line.getStyleClass().add("omnibox-line");
        HBox.setHgrow(omnibox, Priority.ALWAYS);
        root.setTop(new VBox(line, trail));
        root.setLeft(activities);
        root.setCenter(content);
        root.setBottom(status.node());
        content.setOnDragOver(Desk::accept);
        content.setOnDragDropped(this::drop);
        omniboxModel.history().setAll(settings.now().filters());
        settings.value().subscribe(this::use);
        model.renewing().subscribe(status::work);
        model.state().subscribe(this::render);
    }

    private void use(Settings now) {
        appearance.use(now.appearance());
        appearance.resizeText(now.textPercent());
    }

    /** Gives a dialog the look of the desk, and the keys of the manual. */
    private void dress(Parent dialog) {
        appearance.dress(dialog);
        commands.listenTo(dialog, "manual");
    }

    /** The scene for a window of that size. */
    public Scene scene(double width, double height) {
        Scene scene = appearance.scene(root, width, height);
        commands.listenTo(scene);
        return scene;
    }

    /** Shows the window and opens the files given. */
    public void show(Stage window, List<Path> files) {
        stage = window;
        window.setTitle("Phalanx");
        window.setMinWidth(LEAST_WIDTH);
        window.setMinHeight(LEAST_HEIGHT);
        window.setScene(scene(WIDTH, HEIGHT));
        window.show();
        settings.problem().ifPresent(problem -> dialogs.problem(WORDS.get("settings.unread"), problem));
        model.open(files);
    }

    public DeskViewModel model() {
        return model;
    }

    /** The proxy of the desk. */
    public ConsoleViewModel console() {
        return console;
    }

    /** Closes the window as its own button does. */
    void quit() {
        Stage window = stage;
        if (window != null) {
            window.fireEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSE_REQUEST));
        }
    }

    /** Ends what the desk runs. */
    public void close() {
        settings.change(now -> now.withFilters(List.copyOf(omniboxModel.history())));
        Investigation open = investigation.get();
        if (open != null) {
            open.docks().closeWindows();
        }
        help.close();
        status.close();
        console.close();
        log.close();
    }

    /** Shows one of the desk's activities. */
    void show(ActivityBar.Activity activity) {
        activities.select(activity);
        boolean proxyShown = activity == ActivityBar.Activity.PROXY;
        root.setCenter(proxyShown ? proxy : content);
        trail.setVisible(!proxyShown);
        trail.setManaged(!proxyShown);
        status.say(proxyShown ? WORDS.get("status.proxy") : investigationStatus);
    }

    /** Says something of the investigation in the bottom line; it is seen while that is shown. */
    void say(String text) {
        investigationStatus = text;
        if (content.equals(root.getCenter())) {
            status.say(text);
        }
    }

    /** The answer on the desk, null while there is none. */
    ReadOnlyObjectProperty<@Nullable Investigation> investigation() {
        return investigation.getReadOnlyProperty();
    }

    Commands commands() {
        return commands;
    }

    Omnibox omnibox() {
        return omnibox;
    }

    OmniboxViewModel omniboxModel() {
        return omniboxModel;
    }

    Appearance appearance() {
        return appearance;
    }

    DeskSettings settings() {
        return settings;
    }

    /** Keeps the case and its notes. */
    CaseKeeping keeping() {
        return keeping;
    }

    Dialogs dialogs() {
        return dialogs;
    }

    /** The theme in use. */
    ReadOnlyObjectProperty<Theme> theme() {
        return appearance.theme();
    }

    void setTheme(Theme wanted) {
        settings.change(now -> now.withAppearance(wanted.word()));
    }

    /** The window, null before it is shown. */
    @Nullable
    Stage stage() {
        return stage;
    }

    /** Asks the user for files. */
    FileDialogs files() {
        return files;
    }

    /** What was logged since the desk was made. */
    RecentLog log() {
        return log;
    }

    /** Writes views and reports. */
    ExportDialog exports() {
        return exports;
    }

    /** The manual. */
    HelpWindow help() {
        return help;
    }

    /** Starts a demo by its id; nothing happens for one that is not there. */
    public void startDemo(String id, Demo.Mode mode) {
        demos.all().stream()
                .filter(demo -> demo.script().id().equals(id))
                .findFirst()
                .ifPresent(demo -> demos.start(new Demo.Start(demo, mode)));
    }

    /** Asks for captures. @return what was chosen, empty for nothing */
    List<Path> chooseCaptures() {
        return files.open(
                stage,
                WORDS.get("choose.captures"),
                new ExtensionFilter(
                        WORDS.get("choose.kind"), "*.pcapng", "*.pcap", "*.cap", "*.pcapng.gz", "*.pcap.gz"),
                new ExtensionFilter(WORDS.get("choose.all"), "*"));
    }

    /** Opens files, the captures in folders, or one case. */
    public void open(List<Path> filesAndFolders) {
        if (!filesAndFolders.isEmpty()) {
            demos.leave();
            openFor(filesAndFolders);
        }
    }

    /** Opens files for a demo, or for themselves. */
    void openFor(List<Path> filesAndFolders) {
        show(ActivityBar.Activity.INVESTIGATE);
        model.open(filesAndFolders);
    }

    private static void accept(DragEvent drag) {
        if (drag.getDragboard().hasFiles()) {
            drag.acceptTransferModes(TransferMode.COPY);
            drag.consume();
        }
    }

    private void drop(DragEvent drag) {
        boolean files = drag.getDragboard().hasFiles();
        if (files) {
            open(drag.getDragboard().getFiles().stream().map(File::toPath).toList());
            drag.setDropCompleted(true);
            drag.consume();
        }
    }

    private void render(DeskViewModel.State state) {
        Investigation before = investigation.get();
        switch (state) {
            case DeskViewModel.State.Answered answered -> answer(answered, before);
            case DeskViewModel.State.Welcome() -> {
                leave(before);
                content.getChildren()
                        .setAll(new WelcomeView(demos.all(), settings.now().recent(), new DeskWelcome(this, demos)));
                say(WORDS.get("status.welcome"));
            }
            case DeskViewModel.State.Loading(var files, var step) -> {
                leave(before);
                content.getChildren().setAll(StateViews.loading(files, step, model::cancel));
                say(step.what());
            }
            case DeskViewModel.State.Failed(var files, var problem) -> {
                leave(before);
                content.getChildren()
                        .setAll(StateViews.failed(files, problem, () -> open(chooseCaptures()), this::open));
                say(problem.code());
            }
        }
    }

    private void answer(DeskViewModel.State.Answered answered, @Nullable Investigation before) {
        boolean saved = before != null
                && before.analysis().stitched().equals(answered.analysis().stitched())
                && before.analysis().equals(demos.shown(answered.analysis()));
        if (saved) {
            return;
        }
        Analysis analysis = demos.shown(answered.analysis());
        Selection selection = new Selection(analysis.stitched());
        CaseFile kept = answered.kept();
        Notes notes = new Notes(
                analysis,
                selection,
                before == null
                        ? kept == null ? List.of() : kept.notes()
                        : List.copyOf(before.notes().all()));
        boolean untouched = before != null && before.untouched();
        CaseFile.Desk stood = stood(analysis, before, kept);
        leave(before);
        omniboxModel.investigate(analysis, selection);
        Investigation made = new Investigation(
                context(analysis, selection),
                demos.quiz(answered.analysis()).stream().toList(),
                new DeskEdits(this, answered.files()),
                notes,
                keeping::note,
                root.getHeight(),
                this::window);
        investigation.set(made);
        trail.getChildren().setAll(new SelectionTrail(analysis, selection));
        made.restore(stood, untouched && kept == null);
        content.getChildren().setAll(demos.around(made)); // a tour begins with nothing selected
        Map<String, String> dismissed =
                before != null ? new ViewMemory(before).dismissed() : kept == null ? Map.of() : kept.dismissed();
        new ViewMemory(made).restore(stood == null ? Map.of() : stood.views(), dismissed);
        if (stood == null) {
            demos.front(made);
            focusAfterLayout(made);
        }
        if (stood != null && !stood.filter().isEmpty()) {
            omnibox.set(stood.filter());
        }
        if (before == null) {
            omniboxModel.saved().setAll(kept == null ? List.of() : kept.savedFilters());
        }
        settings.opened(
                answered.folder() != null
                        ? List.of(answered.folder())
                        : answered.files().stream().map(HopFile::file).toList());
        say(StatusLine.summary(answered.analysis()));
    }

    /** What views follow of the desk, until it is left: then filter and colours no longer reach them, and they can be forgotten. */
    private ViewContext context(Analysis analysis, Selection selection) {
        ObjectProperty<Shown> shown = new SimpleObjectProperty<>();
        ObjectProperty<Palette> palette = new SimpleObjectProperty<>();
        following = omniboxModel
                .shown()
                .subscribe(shown::set)
                .and(appearance.palette().subscribe(palette::set));
        return new ViewContext(analysis, selection, shown, palette, model.jobs(), omnibox::set);
    }

    /** How the desk is to stand: as it stood, or as the case says until something else was selected. */
    private CaseFile.@Nullable Desk stood(Analysis next, @Nullable Investigation before, @Nullable CaseFile kept) {
        CaseFile.Desk inCase = kept == null ? null : kept.desk();
        if (before == null) {
            return inCase == null || next.whole() ? inCase : inCase.withConversation(-1);
        }
        return inCase != null && before.untouched() && !before.analysis().whole()
                ? inCase
                : before.keptFor(next, omniboxModel.shown().get().filter());
    }

    /** What was focused before has left the scene, which looks for another owner of the focus in its next pulse. */
    private void focusAfterLayout(Investigation made) {
        Scene scene = root.getScene();
        if (scene != null) {
            scene.addPostLayoutPulseListener(new Runnable() {
                @Override
                public void run() {
                    scene.removePostLayoutPulseListener(this);
                    if (made.equals(investigation.get())) {
                        demos.front(made);
                    }
                }
            });
        }
    }

    private void leave(@Nullable Investigation before) {
        if (before != null) {
            following.unsubscribe();
            following = Subscription.EMPTY;
            before.docks().closeWindows();
            investigation.set(null);
            omniboxModel.investigate(null, null);
            trail.getChildren().clear();
        }
    }

    private Scene window(Region view) {
        Scene scene = appearance.scene(view, view.getPrefWidth(), view.getPrefHeight());
        commands.listenTo(scene);
        return scene;
    }
}
