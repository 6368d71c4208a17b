package phalanx.app;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import phalanx.run.Jobs;
import phalanx.show.shell.Desk;
import phalanx.show.shell.Samples;

/** Starts the desk; the one place where background work is handed to the screen thread. */
public final class Desktop extends Application {
    private static final Logger TOOLKIT = Logger.getLogger("javafx");

    private @Nullable Desk desk;

    /** Called by the toolkit. */
    public Desktop() {}

    /** Opens the window with the files given and returns when it is closed. */
    static int open(List<Path> files) {
        // JavaFX warns that it runs from the class path, as it must here: two libraries are no modules.
        TOOLKIT.setLevel(Level.SEVERE);
        launch(Desktop.class, files.stream().map(Path::toString).toArray(String[]::new));
        return ExitCode.OK;
    }

    @Override
    public void start(Stage stage) {
        List<Path> files = getParameters().getRaw().stream().map(Path::of).toList();
        String samples = System.getProperty("phalanx.samples", "sample-pcaps");
        Desk made = new Desk(
                new Pipeline(UserRules.read(null)),
                Jobs.onThreads(Platform::runLater),
                Samples.in(Path.of(samples)),
                server -> new ProxyCaptures(
                        server,
                        ProxyCaptures.STANDARD_SIZE,
                        new PrintWriter(System.err, true, Charset.defaultCharset())));
        desk = made;
        made.show(stage, files);
    }

    @Override
    public void stop() {
        if (desk != null) {
            desk.close();
        }
    }
}
