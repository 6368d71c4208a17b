package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.ProgressBar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.run.Jobs;
import phalanx.show.Screen;

class LoadingViewTest {
    @Test
    void files_that_are_read_again_begin_anew(@TempDir Path folder) throws IOException {
        List<Path> files = List.of(
                Files.write(folder.resolve("a.pcap"), new byte[100]),
                Files.write(folder.resolve("b.pcap"), new byte[100]));
        LoadingView view = Screen.on(() -> new LoadingView(() -> {}));
        ProgressBar bar = Screen.all(view).stream()
                .filter(ProgressBar.class::isInstance)
                .map(ProgressBar.class::cast)
                .findFirst()
                .orElseThrow();
        Screen.run(() -> {
            view.show(files, new Jobs.Step("", 0, 0));
            view.show(files, new Jobs.Step("Reading a.pcap", 100, 100));
            view.show(files, new Jobs.Step("Reading b.pcap", 100, 100));
        });
        assertEquals(1, bar.getProgress());
        Screen.run(() -> {
            view.show(files, new Jobs.Step("", 0, 0));
            view.show(files, new Jobs.Step("Reading a.pcap", 50, 100));
        });
        assertEquals(0.25, bar.getProgress());
    }
}
