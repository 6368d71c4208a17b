package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import phalanx.agents.observe.Proof;
import phalanx.app.TestPipeline;
import phalanx.run.Jobs;
import phalanx.show.Screen;
import phalanx.show.Selection;

class DeskProofsTest {
    private static Desk desk() {
        return Screen.on(() -> {
            Desk desk = new Desk(
                    TestPipeline.analyzer(),
                    Screen.AT_ONCE,
                    List.of(),
                    DeskTest.NO_CAPTURES,
                    DeskTest.settings(),
                    DeskTest.cases(),
                    TestPipeline.exporter());
            Stage stage = new Stage();
            stage.setScene(desk.scene(1000, 700));
            stage.show();
            return desk;
        });
    }

    private static void open(Desk desk, Path file) {
        Screen.run(() -> new DeskProofs(desk, new Jobs(Runnable::run, Platform::runLater))
                .open(new Proof(file.toAbsolutePath().toString(), List.of(5L, 9L))));
        Screen.pulse();
    }

    @Test
    void the_capture_is_opened_at_the_packets() {
        Desk desk = desk();
        open(desk, Path.of("sample-pcaps", "slow-server", "client.pcapng"));
        Screen.run(() -> {
            Investigation shown = Objects.requireNonNull(desk.investigation().get());
            Selection.Packet packet = shown.selection().now().packet();
            assertNotNull(packet);
            assertEquals(5, packet.frame());
            desk.close();
        });
    }

    @Test
    void a_file_that_is_gone_is_told() {
        Desk desk = desk();
        open(desk, Path.of("target", "gone.pcapng"));
        Screen.run(() -> {
            assertTrue(Screen.shows(desk.omnibox().getScene(), "gone.pcapng"));
            desk.close();
        });
    }
}
