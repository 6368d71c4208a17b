package phalanx.show.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.stage.FileChooser;
import javafx.stage.Stage;
import org.controlsfx.control.StatusBar;
import org.jspecify.annotations.Nullable;
import phalanx.capture.CaptureFolder;
import phalanx.explain.Analysis;
import phalanx.explain.Analyzer;
import phalanx.explain.FactFormat;
import phalanx.proxy.ProxyServer;
import phalanx.proxy.admin.CaptureControl;
import phalanx.run.Jobs;
import phalanx.show.Palette;
import phalanx.show.proxy.ConsoleViewModel;
import phalanx.show.proxy.ProxyConsole;

/** The window. Made and used on the screen thread. */
public final class Desk {
    private static final double LEAST_TEXT = 80, MOST_TEXT = 200;

    private final DeskViewModel model;
    private final List<Path> samples;
    private final BorderPane root = new BorderPane();
    private final StackPane content = new StackPane();
    private final StatusBar status = new StatusBar();
    private @Nullable Stage stage;
    private @Nullable InvestigationView shown;
    private final ConsoleViewModel console;
    private final ProxyConsole proxy;
    private final ActivityBar activities = new ActivityBar(this::show);
    private boolean dark;
    private double textPercent = 100;
    private String investigationStatus = "";

    /**
     * Opens captures through {@code analyzer}; {@code samples} are folders offered on the welcome view.
     *
     * @param captures makes who captures the traffic of the desk's proxy
     */
    public Desk(Analyzer analyzer, Jobs jobs, List<Path> samples, Function<ProxyServer, CaptureControl> captures) {
        model = new DeskViewModel(analyzer, jobs);
        console = new ConsoleViewModel(jobs, captures, this::open);
        proxy = new ProxyConsole(console, this::palette);
        this.samples = List.copyOf(samples);
        root.setTop(new DeskMenu(this, this.samples).bar());
        root.setLeft(activities);
        root.setCenter(content);
        root.setBottom(status);
        root.getStyleClass().add("desk");
        status.setAccessibleText("Status");
        setDark(false);
        content.setOnDragOver(Desk::accept);
        content.setOnDragDropped(this::drop);
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        model.state().subscribe(this::render);
    }

    /** The scene for a window of that size. */
    public Scene scene(double width, double height) {
        Scene scene = new Scene(root, width, height);
        scene.getStylesheets()
                .add(Objects.requireNonNull(Desk.class.getResource("/show/desk.css"))
                        .toExternalForm());
        return scene;
    }

    /** Shows the window and opens the files given. */
    public void show(Stage window, List<Path> files) {
        stage = window;
        window.setTitle("Phalanx");
        window.setMinWidth(1024);
        window.setMinHeight(640);
        window.setScene(scene(1280, 800));
        window.show();
        model.open(CaptureFolder.expand(files));
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
        console.close();
    }

    /** Shows one of the desk's activities. */
    void show(ActivityBar.Activity activity) {
        activities.select(activity);
        boolean proxyShown = activity == ActivityBar.Activity.PROXY;
        root.setCenter(proxyShown ? proxy : content);
        status.setText(
                proxyShown
                        ? "The proxy serves and asks whom its configuration names; nothing else leaves this machine."
                        : investigationStatus);
    }

    /** Says something of the investigation; it is seen while that is shown. */
    private void say(String text) {
        investigationStatus = text;
        if (content.equals(root.getCenter())) {
            status.setText(text);
        }
    }

    private Palette palette() {
        return dark ? Palette.DARK : Palette.LIGHT;
    }

    /** The answer on the desk, null while there is none. */
    @Nullable
    InvestigationView investigation() {
        return shown;
    }

    void setDark(boolean wanted) {
        dark = wanted;
        Application.setUserAgentStylesheet(
                dark ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
        root.getStyleClass().removeAll("light", "dark");
        root.getStyleClass().add(dark ? "dark" : "light");
        if (shown != null) {
            shown.repaint();
        }
    }

    /** The window, null before it is shown. */
    @Nullable
    Stage stage() {
        return stage;
    }

    boolean isDark() {
        return dark;
    }

    /** Text size in percent of the usual one. */
    void resizeText(double by) {
        textPercent = by == 0 ? 100 : Math.clamp(textPercent + by, LEAST_TEXT, MOST_TEXT);
        root.setStyle("-fx-font-size: " + 13 * textPercent / 100 + "px;");
    }

    void chooseCaptures() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Open captures of one path");
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter(
                                "Captures", "*.pcapng", "*.pcap", "*.cap", "*.pcapng.gz", "*.pcap.gz"),
                        new FileChooser.ExtensionFilter("All files", "*"));
        List<File> files = chooser.showOpenMultipleDialog(stage);
        if (files != null) {
            open(files.stream().map(File::toPath).toList());
        }
    }

    /** Opens files and the captures in folders. */
    public void open(List<Path> filesAndFolders) {
        show(ActivityBar.Activity.INVESTIGATE);
        model.open(CaptureFolder.expand(filesAndFolders));
    }

    private static void accept(DragEvent drag) {
        if (drag.getDragboard().hasFiles()) {
            drag.acceptTransferModes(TransferMode.COPY);
        }
        drag.consume();
    }

    private void drop(DragEvent drag) {
        boolean files = drag.getDragboard().hasFiles();
        if (files) {
            open(drag.getDragboard().getFiles().stream().map(File::toPath).toList());
        }
        drag.setDropCompleted(files);
        drag.consume();
    }

    private void key(KeyEvent key) {
        InvestigationView view = shown;
        if (view == null || key.isControlDown() || key.isAltDown() || key.isMetaDown()) {
            return;
        }
        switch (key.getCode()) {
            case ESCAPE -> view.selection().widen();
            case F -> view.step(key.isShiftDown() ? -1 : 1);
            default -> {
                return;
            }
        }
        key.consume();
    }

    private void render(DeskViewModel.State state) {
        shown = null;
        status.setProgress(0);
        switch (state) {
            case DeskViewModel.State.Welcome() -> {
                content.getChildren()
                        .setAll(StateViews.welcome(
                                samples, this::chooseCaptures, this::open, () -> show(ActivityBar.Activity.PROXY)));
                say("Nothing is sent anywhere; everything happens on this machine.");
            }
            case DeskViewModel.State.Loading(var files, var step) -> {
                content.getChildren().setAll(StateViews.loading(files, step, model::cancel));
                say(step.what());
            }
            case DeskViewModel.State.Answered(var analysis) -> {
                InvestigationView view = new InvestigationView(analysis, model.jobs(), this::palette);
                content.getChildren().setAll(view);
                shown = view;
                say(summary(analysis));
            }
            case DeskViewModel.State.Failed(var files, var problem) -> {
                content.getChildren().setAll(StateViews.failed(files, problem, this::chooseCaptures, this::open));
                say(problem.code());
            }
        }
    }

    private static String summary(Analysis analysis) {
        long packets = analysis.stitched().captures().stream()
                .mapToLong(point -> point.capture().summary().frames())
                .sum();
        long bound = analysis.stitched().clocks().stream()
                .mapToLong(clock -> clock.boundNanos())
                .max()
                .orElse(0);
        int captures = analysis.stitched().captures().size();
        String clocks = captures == 1
                ? "one clock"
                : bound == Long.MAX_VALUE
                        ? "clocks not tied everywhere"
                        : "clocks within \u00b1 " + FactFormat.duration(bound);
        int conversations = analysis.stitched().conversations().size();
        return "%s frames in %d %s, %s packets followed, %s %s, %s"
                .formatted(
                        FactFormat.count(packets),
                        captures,
                        captures == 1 ? "capture" : "captures",
                        FactFormat.count(analysis.stitched().journeys().size()),
                        FactFormat.count(conversations),
                        conversations == 1 ? "conversation" : "conversations",
                        clocks);
    }
}
