package phalanx.show.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.MenuBar;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import phalanx.casefile.CaseStore;
import phalanx.casefile.Settings;
import phalanx.casefile.SettingsStore;
import phalanx.explain.Analyzer;
import phalanx.proxy.ProxyServer;
import phalanx.proxy.admin.CaptureControl;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.RecentLog;
import phalanx.show.FileDialogs;
import phalanx.show.Focus;
import phalanx.show.SystemFileDialogs;
import phalanx.show.Theme;
import phalanx.show.Words;
import phalanx.show.command.CommandMenus;
import phalanx.show.command.Commands;
import phalanx.show.demo.Demo;
import phalanx.show.dock.DockRoom;
import phalanx.show.export.ExportDialog;
import phalanx.show.export.Exporter;
import phalanx.show.help.HelpWindow;
import phalanx.show.imports.Entry;
import phalanx.show.lab.LabRun;
import phalanx.show.live.CaptureDialog;
import phalanx.show.omnibox.Omnibox;
import phalanx.show.omnibox.OmniboxViewModel;
import phalanx.show.proxy.ConsoleViewModel;
import phalanx.show.proxy.ProxyConsole;
import phalanx.show.redact.RedactDialog;
import phalanx.stitch.HopFile;
import phalanx.telemetry.OtlpReceiver;

/** The window. Made and used on the screen thread. */
public final class Desk {
    private static final Words WORDS = Words.of("shell");
    /** Of the desk's size. */
    private static final double OTHER_WINDOW = 0.94;

    private final DeskViewModel model;
    private final CaseStore cases;
    private final DeskSettings settings;
    private final List<Path> samples;
    private final DeskDemos demos;
    private final FileDialogs files;
    private final ExportDialog exports;
    private final RedactDialog redactions;
    private final HelpWindow help;
    private final Appearance appearance = new Appearance();
    private final BorderPane root = new BorderPane();
    private final StackPane trail = new StackPane();
    private final Announcements news = new Announcements();
    private final StatusLine status;
    private final Dialogs dialogs = new Dialogs(this::dress, this::stage);
    private final ConsoleViewModel console;
    private final ProxyConsole proxy;
    private final ActivityBar activities = new ActivityBar(this::show);
    private final DeskLab lab;
    private final OmniboxViewModel omniboxModel;
    private final Omnibox omnibox;
    private final Commands commands;
    private final RecentLog log = RecentLog.listen();
    private final CaseKeeping keeping = new CaseKeeping(this);
    private final Noting noting = new Noting(this);
    private final DeskContent content;
    private final DeskTraces traces;
    private final DeskLive live;
    private @Nullable DeskWindow window;
    private String investigationStatus = "";

    /**
     * Opens captures through {@code analyzer}; {@code samples} are folders offered on the welcome view.
     *
     * @param captures makes who captures the traffic of the desk's proxy
     * @param kept where the user's settings are
     * @param cases where cases are kept; closed in the background with the desk
     * @param exporter writes views and reports
     */
    public Desk(
            Analyzer analyzer,
            Jobs jobs,
            List<Path> samples,
            Function<ProxyServer, CaptureControl> captures,
            SettingsStore kept,
            CaseStore cases,
            Exporter exporter) {
        this(analyzer, jobs, samples, captures, kept, cases, exporter, new SystemFileDialogs());
    }

    /** As the other; {@code files} asks the user for files. */
    Desk(
            Analyzer analyzer,
            Jobs jobs,
            List<Path> samples,
            Function<ProxyServer, CaptureControl> captures,
            SettingsStore kept,
            CaseStore cases,
            Exporter exporter,
            FileDialogs files) {
        this.files = files;
        this.cases = cases;
        model = new DeskViewModel(analyzer, cases, jobs, this::onceShown);
        settings = new DeskSettings(kept, jobs);
        this.samples = List.copyOf(samples);
        demos = new DeskDemos(this, samples);
        content = new DeskContent(this, demos, trail);
        traces = new DeskTraces(
                this,
                OtlpReceiver.HTTP_PORT,
                OtlpReceiver.GRPC_PORT,
                Path.of(System.getProperty("user.home"), "phalanx-captures"));
        exports = new ExportDialog(exporter, jobs, files, this::dress, this::stage, this::say);
        redactions = new RedactDialog(jobs, files, this::dress, this::stage, this::say);
        status = new StatusLine(model::cancel, news.node());
        console = new ConsoleViewModel(jobs, captures, this::open);
        proxy = new ProxyConsole(console, files, () -> appearance.palette().getValue());
        lab = new DeskLab(jobs, files, activities, appearance.palette(), new DeskProofs(this, jobs)::open);
        commands = new Commands();
        omniboxModel = new OmniboxViewModel(commands, jobs);
        omnibox = new Omnibox(omniboxModel, appearance::dress);
        omnibox.onLeave(() -> {
            Investigation open = content.investigation().get();
            if (open != null) {
                open.docks().focus().id().ifPresent(open.docks()::show);
            }
        });
        new DeskCommands(this).addTo(commands);
        new CaptureCommands(this).addTo(commands);
        help = new HelpWindow(jobs, commands, this::window);
        commands.remap(settings.now().keys());
        MenuBar menus = CommandMenus.bar(commands, new SampleMenus(samples, settings, demos, this::open).submenus());
        menus.setMinWidth(Region.USE_PREF_SIZE);
        HBox line = new HBox(menus, omnibox);
        line.getStyleClass().add("omnibox-line");
        HBox.setHgrow(omnibox, Priority.ALWAYS);
        live = new DeskLive(
                this, analyzer, new CaptureDialog(jobs, files, this::dress, this::stage, dialogs::password));
        root.setTop(new VBox(line, live, trail));
        root.setLeft(activities);
        root.setCenter(content);
        root.setBottom(status.node());
        omniboxModel.history().setAll(settings.now().filters());
        model.imports().entries().addListener((ListChangeListener<Entry>) _ -> keeping.changed());
        omniboxModel.saved().addListener((ListChangeListener<String>) _ -> keeping.changed());
        settings.value().subscribe(this::use);
        root.widthProperty().subscribe(_ -> fit());
        root.heightProperty().subscribe(_ -> fit());
        news.follow(this);
        model.renewing()
                .subscribe(step -> status.work(
                        step, model.files().stream().map(HopFile::file).toList()));
        model.notRenewed().subscribe((_, problem) -> {
            if (problem != null) {
                dialogs.problem(WORDS.get("not-renewed"), problem);
            }
        });
        model.state().subscribe(content::render);
        model.state().subscribe(this::leaveOthers);
        model.state().subscribe(_ -> {
            keeping.compare();
            entitle();
        });
        keeping.unkept().subscribe(_ -> entitle());
    }

    private void entitle() {
        if (window != null) {
            window.entitle(model.state().get());
        }
    }

    /** Lets others have the cases that are not on the desk when it comes to that. */
    private void leaveOthers(DeskViewModel.State state) {
        if (!(state instanceof DeskViewModel.State.Loading) && cases.hasOther(folder(state))) {
            model.jobs()
                    .<Boolean>start(
                            "leave case",
                            _ -> {
                                DeskViewModel.State now =
                                        model.jobs().ask(() -> model.state().get());
                                if (!(now instanceof DeskViewModel.State.Loading)) { // else it will be asked again
                                    cases.leave(folder(now));
                                }
                                return Outcome.ok(true);
                            },
                            _ -> {},
                            _ -> {});
        }
    }

    private static @Nullable Path folder(DeskViewModel.State state) {
        return state instanceof DeskViewModel.State.Answered answered ? answered.folder() : null;
    }

    private void onceShown(Runnable work) {
        Scene scene = root.getScene();
        if (scene == null) {
            work.run();
        } else {
            Focus.afterLayout(
                    scene, () -> Focus.afterLayout(scene, work)); // in the next, what was laid out has been painted
        }
    }

    private void use(Settings now) {
        appearance.use(now.appearance());
        appearance.resizeText(now.textPercent());
        fit();
    }

    /** What is free for the views of an answer. */
    DockRoom room() {
        double times = settings.now().textPercent() / 100.0;
        return new DockRoom(root.getWidth() / times, root.getHeight() / times);
    }

    private void fit() {
        Investigation open = content.investigation().get();
        if (open != null) {
            open.docks().fit(room());
        }
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
        live.standStillFor(scene, content);
        return scene;
    }

    /** Shows the window and opens the files given. */
    public void show(Stage stage, List<Path> files) {
        DeskWindow shown = new DeskWindow(stage, keeping);
        shown.entitle(model.state().get());
        shown.show(
                settings.now().window(),
                this::scene,
                left -> settings.change(now -> now.withWindow(left.apply(now.window()))));
        window = shown;
        settings.problem()
                .ifPresent(problem -> onceShown(() -> dialogs.problem(WORDS.get("settings.unread"), problem)));
        model.open(files);
    }

    /** Prepares for the first captures of a user who has not opened any yet. */
    public void rehearse() {
        onceShown(() -> model.rehearse(samples));
    }

    public DeskViewModel model() {
        return model;
    }

    /** The proxy of the desk. */
    public ConsoleViewModel console() {
        return console;
    }

    /** Names who starts labs; without, none can be started. */
    public void labs(LabRun.Starter starter) {
        lab.lab().starts(starter);
    }

    /** The lab of the desk and its agents. */
    DeskLab lab() {
        return lab;
    }

    /** Closes the window as its own button does. */
    void quit() {
        if (window != null) {
            window.close();
        }
    }

    /** Ends what the desk runs. */
    public void close() {
        settings.change(now -> now.withFilters(List.copyOf(omniboxModel.history())));
        settings.close();
        Investigation open = content.investigation().get();
        if (open != null) {
            open.docks().closeWindows();
        }
        live.close();
        traces.close();
        help.close();
        status.close();
        console.close();
        lab.close();
        log.close();
        model.jobs()
                .<Boolean>start(
                        "leave case",
                        _ -> {
                            cases.close();
                            return Outcome.ok(true);
                        },
                        _ -> {},
                        _ -> {});
    }

    /** Shows one of the desk's activities. */
    void show(ActivityBar.Activity activity) {
        activities.select(activity);
        boolean captures = activity == ActivityBar.Activity.INVESTIGATE;
        root.setCenter(
                switch (activity) {
                    case INVESTIGATE -> content;
                    case PROXY -> proxy;
                    case LAB -> lab.labPage();
                    case AGENTS -> lab.console();
                });
        trail.setVisible(captures);
        trail.setManaged(captures);
        status.say(
                switch (activity) {
                    case INVESTIGATE -> investigationStatus;
                    case PROXY -> WORDS.get("status.proxy");
                    case LAB -> WORDS.get("status.lab");
                    case AGENTS -> WORDS.get("status.agents");
                });
    }

    /** Says that something of the investigation was done. */
    void say(String text) {
        news.say(Announcements.About.WORK, text);
    }

    /** How the investigation stands, in the bottom line. */
    void stand(String text) {
        investigationStatus = text;
        if (content.equals(root.getCenter())) {
            status.say(text);
        }
    }

    /** Says why cases are not kept where they were to be, but in files. */
    public void tellOfStore(Problem problem) {
        onceShown(() -> dialogs.problem(WORDS.get("store.wrong"), problem));
    }

    /** Says that something of Phalanx itself failed; the rest goes on. */
    public void fault(Throwable thrown) {
        status.say(WORDS.get("fault", Jobs.FAULT, thrown.getClass().getSimpleName()));
    }

    /** The answer on the desk, null while there is none. */
    ReadOnlyObjectProperty<@Nullable Investigation> investigation() {
        return content.investigation();
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

    /** Takes notes. */
    Noting noting() {
        return noting;
    }

    /** Keeps the case. */
    CaseKeeping keeping() {
        return keeping;
    }

    /** Where cases are kept. */
    CaseStore cases() {
        return cases;
    }

    Dialogs dialogs() {
        return dialogs;
    }

    /** What is said to who listens. */
    Announcements news() {
        return news;
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
        return window == null ? null : window.stage();
    }

    /** Receives what OpenTelemetry sends. */
    DeskTraces traces() {
        return traces;
    }

    /** Captures under way. */
    DeskLive live() {
        return live;
    }

    /** What was logged since the desk was made. */
    RecentLog log() {
        return log;
    }

    /** Asks the user for files. */
    FileDialogs files() {
        return files;
    }

    /** Writes views and reports. */
    ExportDialog exports() {
        return exports;
    }

    /** Makes captures fit to be given away. */
    RedactDialog redactions() {
        return redactions;
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
                stage(),
                WORDS.get("choose.captures"),
                new ExtensionFilter(
                        WORDS.get("choose.kind"), "*.pcapng", "*.pcap", "*.cap", "*.pcapng.gz", "*.pcap.gz"),
                new ExtensionFilter(WORDS.get("choose.all"), "*"));
    }

    /** Asks for more captures of the same traffic; nothing happens when none are chosen. */
    void addCaptures() {
        List<Path> chosen = chooseCaptures();
        if (!chosen.isEmpty()) {
            model.add(chosen);
        }
    }

    /** Opens files, the captures in folders, or one case; files of other tools alone join the captures that are open. */
    public void open(List<Path> filesAndFolders) {
        if (filesAndFolders.isEmpty()) {
            return;
        }
        if (content.investigation().get() == null) {
            demos.leave();
            openFor(filesAndFolders);
            return;
        }
        model.sort(filesAndFolders, (captures, others) -> {
            if (captures.isEmpty()) {
                model.addImports(others);
            } else {
                demos.leave();
                openFor(filesAndFolders);
            }
        });
    }

    /** Asks for files of other tools; nothing happens when none are chosen. */
    void addImports() {
        model.addImports(files.open(
                stage(),
                WORDS.get("choose.imports"),
                new ExtensionFilter(
                        WORDS.get("choose.imports.kind"), "*.json", "*.jsonl", "*.log", "*.ndjson", "*.pb", "*.bin"),
                new ExtensionFilter(WORDS.get("choose.all"), "*")));
    }

    /** Back to the welcome view. */
    void leaveCase() {
        keeping.leave(
                () -> {
                    demos.leave();
                    model.close();
                },
                () -> {});
    }

    /** Opens files for a demo, or for themselves. */
    void openFor(List<Path> filesAndFolders) {
        show(ActivityBar.Activity.INVESTIGATE);
        keeping.leave(() -> model.open(filesAndFolders), () -> {});
    }

    /** A scene for a window of its own. */
    Scene window(Region view) {
        Scene scene = appearance.scene(
                view,
                Math.min(view.getPrefWidth(), OTHER_WINDOW * root.getWidth()),
                Math.min(view.getPrefHeight(), OTHER_WINDOW * root.getHeight()));
        commands.listenTo(scene);
        live.standStillFor(scene, view);
        return scene;
    }
}
