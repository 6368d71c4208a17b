package phalanx.app;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import phalanx.app.agent.LabSession;
import phalanx.app.pipeline.Cases;
import phalanx.app.pipeline.Pipeline;
import phalanx.app.pipeline.UserRules;
import phalanx.app.terminal.ExitCode;
import phalanx.casefile.CaseStore;
import phalanx.casefile.Settings;
import phalanx.casefile.SettingsStore;
import phalanx.explain.Analysis;
import phalanx.explain.Analyzer;
import phalanx.explain.Explanations;
import phalanx.explain.LiveAnalyzer;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import phalanx.run.StallWatch;
import phalanx.run.Uncaught;
import phalanx.show.Words;
import phalanx.show.demo.Demo;
import phalanx.show.shell.Desk;
import phalanx.show.shell.Samples;
import phalanx.stitch.HopFile;

/** Starts the desk; the one place where background work is handed to the screen thread. */
public final class Desktop extends Application {
    /** Below what the terminal shows, where a trace looks like a crash; the diagnostics have it. */
    private static final Logger STALLS = Logger.getLogger("phalanx.app.stalls");
    /** Busy for longer is logged. */
    private static final Duration MOST_BUSY = Duration.ofMillis(50);

    private static final Logger TOOLKIT = Logger.getLogger("javafx");

    /** Of the desk that the toolkit made. */
    private static volatile @Nullable CaseStore cases;

    private @Nullable Desk desk;
    private @Nullable StallWatch watch;

    /** Called by the toolkit. */
    public Desktop() {}

    /** Opens the window with the files given and returns when it is closed. */
    static int open(List<Path> files) {
        return run(files.stream().map(Path::toString).toArray(String[]::new));
    }

    /** Opens the window on a guided demo and returns when it is closed. */
    static int demo(String id, Demo.Mode mode) {
        return run("--demo=" + id, "--mode=" + mode.name());
    }

    private static int run(String... arguments) {
        // JavaFX warns that it runs from the class path, as it must here: two libraries are no modules.
        TOOLKIT.setLevel(Level.SEVERE);
        launch(Desktop.class, arguments);
        CaseStore left = cases;
        if (left != null) {
            left.close(); // waits for the disk, which the screen thread does not
        }
        return ExitCode.OK;
    }

    @Override
    public void start(Stage stage) {
        String demo = getParameters().getNamed().get("demo");
        List<Path> files = demo != null
                ? List.of()
                : getParameters().getRaw().stream().map(Path::of).toList();
        String samples = System.getProperty("phalanx.samples", "sample-pcaps");
        SettingsStore settings = new SettingsStore(SettingsStore.usualFile(
                System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home"))));
        Words.use(language(settings));
        Locale.setDefault(Words.language().locale()); // the toolkit's own words, as on the buttons of dialogs
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        Outcome<CaseStore> store = Cases.store(System.getenv());
        CaseStore kept = store instanceof Outcome.Ok<CaseStore>(var named) ? named : Cases.inFiles();
        cases = kept;
        Desk made = desk(settings, Samples.in(Path.of(samples)), kept);
        desk = made;
        STALLS.setLevel(Level.FINE);
        watch = new StallWatch(
                Platform::runLater,
                MOST_BUSY,
                stall -> STALLS.fine(() ->
                        "the screen thread was busy for " + stall.nanos() / 1_000_000 + " ms at\n" + stall.stack()));
        Thread.setDefaultUncaughtExceptionHandler(new Uncaught(thrown -> Platform.runLater(() -> made.fault(thrown))));
        // The manual or a view in a window of its own would keep the program going without the desk.
        stage.setOnHidden(_ -> Platform.exit());
        made.show(stage, files);
        if (store instanceof Outcome.Failed<CaseStore>(var problem)) {
            made.tellOfStore(problem);
        }
        if (demo != null) {
            made.startDemo(
                    demo, Demo.Mode.valueOf(getParameters().getNamed().getOrDefault("mode", Demo.Mode.LOOK.name())));
        } else if (files.isEmpty()) {
            made.rehearse();
        }
    }

    /** A desk with all that is behind it. Screen thread. @param samples folders offered on the welcome view */
    static Desk desk(SettingsStore settings, List<Path> samples, CaseStore cases) {
        Desk desk = new Desk(
                new InWordsOfTheDesk(new Pipeline(UserRules.read(null))),
                Jobs.onThreads(Platform::runLater),
                samples,
                server -> new ProxyCaptures(
                        server,
                        ProxyCaptures.STANDARD_SIZE,
                        new PrintWriter(System.err, true, Charset.defaultCharset())),
                settings,
                cases,
                new DeskExporter(InstantSource.system()));
        desk.labs(() -> LabSession.start(Path.of(System.getProperty("user.home"), "phalanx-lab")));
        return desk;
    }

    /** Answers told in the language of the desk. */
    private record InWordsOfTheDesk(Analyzer analyzer) implements Analyzer {
        @Override
        public Outcome<Analysis> analyze(List<HopFile> files, long packets, Progress progress) {
            return told(analyzer.analyze(files, packets, progress));
        }

        @Override
        public LiveAnalyzer live() {
            LiveAnalyzer live = analyzer.live();
            return (files, progress) -> told(live.analyze(files, progress));
        }

        private static Outcome<Analysis> told(Outcome<Analysis> outcome) {
            return outcome.then(analysis -> Outcome.ok(Explanations.in(Words.language(), analysis)));
        }
    }

    /** As the user prefers; else the system's. */
    private static Locale language(SettingsStore settings) {
        String preferred = settings.read() instanceof Outcome.Ok<Settings>(var kept) ? kept.language() : "";
        return preferred.isEmpty() ? Locale.getDefault() : Locale.forLanguageTag(preferred);
    }

    @Override
    public void stop() {
        if (desk != null) {
            desk.close();
        }
        if (watch != null) {
            watch.close();
        }
    }
}
