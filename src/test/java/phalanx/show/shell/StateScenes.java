package phalanx.show.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import phalanx.app.TestPipeline;
import phalanx.run.Jobs;
import phalanx.show.Screen;

/** The desk before there is an answer, without one, and with a part of one. */
final class StateScenes {
    private StateScenes() {}

    static void show(Scenes.Visit visit) {
        List<Path> sample = TestPipeline.sample("slow-server");
        try (OpenDesk open = OpenDesk.open(visit)) {
            open.look("welcome");
            Path text = open.write("notes.txt", "this is no capture at all".getBytes(StandardCharsets.UTF_8));
            Screen.run(() -> open.desk().open(List.of(text)));
            open.look("error");
            Screen.run(() -> open.desk().open(partly(open, sample)));
            open.look("partial");
            Screen.run(() -> open.desk().model().close());
            open.look("welcome-recent");
        }
        Executor never = _ -> {};
        try (OpenDesk open = OpenDesk.open(visit, new Jobs(never, Runnable::run))) {
            Screen.run(() -> open.desk().open(sample));
            open.look("loading");
        }
    }

    /** The captures of a sample, the first of them cut off. */
    private static List<Path> partly(OpenDesk open, List<Path> sample) {
        try {
            byte[] whole = Files.readAllBytes(sample.getFirst());
            List<Path> files = new ArrayList<>(sample);
            files.set(0, open.write("cut.pcapng", Arrays.copyOf(whole, whole.length * 2 / 3 + 1)));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
