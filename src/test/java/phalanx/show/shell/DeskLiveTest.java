package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javafx.event.Event;
import javafx.scene.control.TableView;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.capture.live.CaptureOptions;
import phalanx.capture.live.LiveCapture;
import phalanx.capture.live.RingOptions;
import phalanx.run.Outcome;
import phalanx.show.Screen;

/** The desk follows what is captured on the loopback interface. */
class DeskLiveTest {
    private static final int PORT = 40_937;
    private static final long PATIENCE_MILLIS = 20_000;

    @TempDir
    private Path folder = Path.of("");

    private static void send(int count) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < count; i++) {
                byte[] payload = {1, 2, 3, (byte) i};
                socket.send(new DatagramPacket(payload, payload.length, InetAddress.getLoopbackAddress(), PORT));
            }
        }
    }

    private LiveCapture capture() {
        Outcome<LiveCapture> begun = LiveCapture.start(
                new CaptureOptions("lo", "udp dst port " + PORT, 0, false, 4 << 20),
                new RingOptions(folder.resolve("here.pcapng"), 0, 0, 0, 0));
        Assumptions.assumeTrue(begun instanceof Outcome.Ok, "this user may not capture on lo");
        return begun instanceof Outcome.Ok<LiveCapture>(var capture) ? capture : fail();
    }

    private static LiveCapture fail() {
        throw new AssertionError();
    }

    private static long await(BooleanSupplier what) throws InterruptedException {
        long begin = System.nanoTime();
        while (!Screen.on(what::getAsBoolean)) {
            assertTrue((System.nanoTime() - begin) / 1_000_000 < PATIENCE_MILLIS, "it did not happen in time");
            Thread.sleep(5);
        }
        return (System.nanoTime() - begin) / 1_000_000;
    }

    /** Rows of the list of packets that is seen. */
    private static int packets(LiveDesk desk) {
        return desk.investigation()
                .flatMap(open -> open.docks().made("packets"))
                .map(view -> (TableView<?>) view.node().lookup(".table-view"))
                .map(table -> table.getItems().size())
                .orElse(0);
    }

    private static void press(LiveDesk desk) {
        TableView<?> table = (TableView<?>) desk.investigation()
                .orElseThrow()
                .docks()
                .made("packets")
                .orElseThrow()
                .node()
                .lookup(".table-view");
        Event.fireEvent(
                table,
                new MouseEvent(
                        MouseEvent.MOUSE_PRESSED,
                        5,
                        5,
                        5,
                        5,
                        MouseButton.PRIMARY,
                        1,
                        false,
                        false,
                        false,
                        false,
                        true,
                        false,
                        false,
                        false,
                        false,
                        false,
                        null));
    }

    @Test
    void the_views_follow_until_somebody_works_in_them_and_the_last_answer_is_the_one_to_the_file() throws Exception {
        try (LiveDesk desk = new LiveDesk(folder, new FolderDialogs(folder))) {
            LiveCapture capture = capture();
            Screen.run(() -> desk.desk().live().begin(Map.of("here", capture)));
            await(() -> desk.investigation().isPresent());
            Screen.run(() -> desk.investigation().orElseThrow().docks().show("packets"));
            await(() -> packets(desk) == 0);
            send(1);
            long millis = await(() -> packets(desk) == 1);
            System.out.println("the first packet was on the screen after " + millis + " ms");
            assertTrue(millis < 10_000, millis + " ms");
            send(200);
            await(() -> packets(desk) == 201);
            Screen.run(() -> press(desk));
            assertFalse(Screen.on(() -> desk.desk().live().following().get()));
            send(100);
            await(() -> capture.counts().frames() == 301);
            Thread.sleep(1_500);
            assertEquals(201, Screen.on(() -> packets(desk)), "the views do not stand still");
            Screen.run(() -> desk.desk().live().following().set(true));
            await(() -> packets(desk) == 301);
            send(50);
            await(() -> capture.counts().frames() == 351);
            Screen.run(() -> desk.desk().live().stop());
            await(() -> desk.desk().model().live().get() == null
                    && desk.desk().model().renewing().get() == null);
            await(() -> packets(desk) == 351);
            assertTrue(Screen.on(
                    () -> desk.investigation().orElseThrow().analysis().whole()));
            assertNull(capture.problem());
            assertFalse(Screen.on(() -> desk.desk().live().isVisible()));
        }
    }
}
