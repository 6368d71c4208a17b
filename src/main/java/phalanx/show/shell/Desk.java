package phalanx.show.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
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
import javafx.stage.FileChooser;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import phalanx.casefile.CaseFile;
import phalanx.casefile.Settings;
import phalanx.casefile.SettingsStore;
import phalanx.explain.Analysis;
import phalanx.explain.Analyzer;
import phalanx.proxy.ProxyServer;
import phalanx.proxy.admin.CaptureControl;
import phalanx.run.Jobs;
import phalanx.show.Selection;
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
    private final ExportDialog exports;
    private final HelpWindow help;
    private final Appearance appearance = new Appearance();
    private final BorderPane root = new BorderPane();
    private final StackPane content = new StackPane();
    private final StackPane trail = new StackPane();
    private final Announcements news = new Announcements();
    private final StatusLine status;
    private final Dialogs dialogs = new Dialogs(appearance, this::stage);
    private final ConsoleViewModel console;
    private final ProxyConsole proxy;
    private final ActivityBar activities = new ActivityBar(this::show);
    private final OmniboxViewModel omniboxModel;
    private final Omnibox omnibox;
    private final Commands commands;
    private final CaseKeeping keeping = new CaseKeeping(this);
    private final ReadOnlyObjectWrapper<@Nullable Investigation> investigation = new ReadOnlyObjectWrapper<>();
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
        model = new DeskViewModel(analyzer, jobs);
        settings = new DeskSettings(kept, jobs);
        demos = new DeskDemos(this, samples);
        exports = new ExportDialog(exporter, jobs, appearance::dress, this::stage, this::say);
        status = new StatusLine(model::cancel, news.node());
        console = new ConsoleViewModel(jobs, captures, this::open);
        proxy = new ProxyConsole(console, () -> appearance.palette().getValue());
        commands = new Commands();
        omniboxModel = new OmniboxViewModel(commands, jobs);
        omnibox = new Omnibox(omniboxModel, appearance::dress);
        new DeskCommands(this).addTo(commands);
        help = new HelpWindow(jobs, commands, this::window);
        commands.remap(settings.now().keys());
        MenuBar menus = CommandMenus.bar(commands, new SampleMenus(samples, settings, this::open).submenus());
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
        news.follow(this);
        model.renewing().subscribe(status::work);
        model.state().subscribe(this::render);
    }

    private void use(Settings now) {
        appearance.use(now.appearance());
        appearance.resizeText(now.textPercent());
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

    /** Ends what the desk runs. */
    public void close() {
        settings.change(now -> now.withFilters(List.copyOf(omniboxModel.history())));
        Investigation open = investigation.get();
        if (open != null) {
            open.docks().closeWindows();
        }
        status.close();
        console.close();
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

    /** Says that something of the investigation was done: in the bottom line, which is seen while that is shown, and to who listens. */
    void say(String text) {
        stand(text);
        news.say(Announcements.About.WORK, text);
    }

    /** How the investigation stands, in the bottom line. */
    private void stand(String text) {
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
        FileChooser chooser = new FileChooser();
        chooser.setTitle(WORDS.get("choose.captures"));
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter(
                                WORDS.get("choose.kind"), "*.pcapng", "*.pcap", "*.cap", "*.pcapng.gz", "*.pcap.gz"),
                        new FileChooser.ExtensionFilter(WORDS.get("choose.all"), "*"));
        List<File> files = chooser.showOpenMultipleDialog(stage);
        return files == null ? List.of() : files.stream().map(File::toPath).toList();
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
                stand(WORDS.get("status.welcome"));
            }
            case DeskViewModel.State.Loading(var files, var step) -> {
                leave(before);
                content.getChildren().setAll(StateViews.loading(files, step, model::cancel));
                stand(step.what());
            }
            case DeskViewModel.State.Failed(var files, var problem) -> {
                leave(before);
                content.getChildren()
                        .setAll(StateViews.failed(files, problem, () -> open(chooseCaptures()), this::open));
                stand(problem.code());
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
        ViewContext context = new ViewContext(
                analysis, selection, omniboxModel.shown(), appearance.palette(), model.jobs(), omnibox::set);
        CaseFile kept = answered.kept();
        Notes notes = new Notes(
                analysis,
                selection,
                before == null
                        ? kept == null ? List.of() : kept.notes()
                        : List.copyOf(before.notes().all()));
        CaseFile.Desk stood =
                before != null ? before.kept(omniboxModel.shown().get().filter()) : kept == null ? null : kept.desk();
        leave(before);
        omniboxModel.investigate(analysis, selection);
        Investigation made = new Investigation(
                context,
                demos.quiz(answered.analysis()).stream().toList(),
                new DeskEdits(this, answered.files()),
                notes,
                keeping::note,
                root.getHeight(),
                this::window);
        investigation.set(made);
        content.getChildren().setAll(demos.around(made));
        trail.getChildren()
                .setAll(new SelectionTrail(
                        analysis, selection, text -> news.say(Announcements.About.SELECTION, text)));
        made.restore(stood);
        Map<String, String> dismissed =
                before != null ? new ViewMemory(before).dismissed() : kept == null ? Map.of() : kept.dismissed();
        new ViewMemory(made).restore(stood == null ? Map.of() : stood.views(), dismissed);
        if (stood == null) {
            made.docks().show("ladder");
        }
        if (stood != null && !stood.filter().isEmpty()) {
            omnibox.set(stood.filter());
        }
        if (kept != null && before == null) {
            omniboxModel.saved().setAll(kept.savedFilters());
        }
        settings.opened(
                answered.folder() != null
                        ? List.of(answered.folder())
                        : answered.files().stream().map(HopFile::file).toList());
        stand(StatusLine.summary(answered.analysis()));
        news.answered(analysis, before == null ? null : before.analysis());
    }

    private void leave(@Nullable Investigation before) {
        if (before != null) {
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
