package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phalanx.app.TestPipeline;
import phalanx.show.Screen;
import phalanx.show.demo.Demo;
import phalanx.stitch.HopFile;

/** What was closed is forgotten, and no longer listens. */
class DeskMemoryTest {
    private final LiveDesk live;

    DeskMemoryTest(@TempDir Path folder) {
        live = new LiveDesk(folder, new FolderDialogs(folder));
    }

    @AfterEach
    void close() {
        live.close();
    }

    /** Opens a case and shows all its views, so that all have begun to listen. */
    private WeakReference<Investigation> opened(String sample) {
        live.act("open", () -> live.desk().open(TestPipeline.sample(sample)));
        live.idle();
        live.act("all views", () -> {
            Investigation shown = live.investigation().orElseThrow();
            shown.docks().views().forEach(view -> shown.docks().show(view.id()));
        });
        live.idle();
        return new WeakReference<>(Screen.on(() -> live.investigation().orElseThrow()));
    }

    private static <T> @Nullable T afterCollecting(WeakReference<T> of) throws InterruptedException {
        for (int i = 0; i < 50 && of.get() != null; i++) {
            Screen.settle();
            System.gc();
            Thread.sleep(40);
        }
        return of.get();
    }

    @Test
    void a_case_that_was_closed_is_forgotten() throws InterruptedException {
        WeakReference<Investigation> before = opened("slow-server");
        live.command("close");
        live.idle();
        assertNull(afterCollecting(before));
    }

    /** The omnibox outlives every case. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_case_whose_tour_ended_at_the_omnibox_is_forgotten(boolean left) throws InterruptedException {
        live.act("tour", () -> live.desk().startDemo("slow-reader", Demo.Mode.TOUR));
        live.idle();
        WeakReference<Investigation> before =
                new WeakReference<>(Screen.on(() -> live.investigation().orElseThrow()));
        live.act("to the filter", () -> {
            tour(".accent");
            tour(".accent");
        });
        if (left) {
            live.act("leave the tour", () -> tour(".flat"));
        }
        live.command("close");
        live.idle();
        assertNull(afterCollecting(before));
    }

    private void tour(String button) {
        ((Button) live.stage().getScene().lookup(".tour-bubble " + button)).fire();
    }

    @Test
    void the_answer_before_a_change_of_captures_is_forgotten() throws InterruptedException {
        WeakReference<Investigation> before = opened("slow-server");
        List<HopFile> files = Screen.on(() ->
                ((DeskViewModel.State.Answered) live.desk().model().state().get()).files());
        live.act(
                "turn them round",
                () -> live.desk()
                        .model()
                        .rearrange(
                                "turn round",
                                files.stream()
                                        .map(file -> new HopFile(
                                                file.hop(),
                                                file.file(),
                                                file.placement().withPlace(files.size() - files.indexOf(file))))
                                        .toList()));
        live.idle();
        assertNull(afterCollecting(before));
    }

    @Test
    void a_filter_does_not_reach_the_views_of_a_case_that_was_closed() {
        Investigation before = Objects.requireNonNull(opened("slow-server").get());
        AtomicInteger told = new AtomicInteger();
        Screen.run(() -> before.context().shown().subscribe((_, _) -> told.incrementAndGet()));
        live.command("close");
        live.act("open another", () -> live.desk().open(TestPipeline.sample("mtu-black-hole")));
        live.idle();
        live.act("filter", () -> live.desk().omnibox().set("tcp"));
        live.command("theme-dark");
        live.idle();
        assertEquals(0, told.get());
    }

    @Test
    void a_window_of_preferences_that_was_closed_is_forgotten() throws InterruptedException {
        live.command("preferences");
        live.idle();
        WeakReference<Scene> before =
                new WeakReference<>(Objects.requireNonNull(live.dialog()).getScene());
        live.closeOthers();
        live.command("theme-dark");
        live.idle();
        assertNull(afterCollecting(before));
    }

    @Test
    void quitting_asks_the_window_to_close() {
        AtomicInteger asked = new AtomicInteger();
        Screen.run(() -> live.stage().setOnCloseRequest(request -> {
            asked.incrementAndGet();
            request.consume();
        }));
        live.command("quit");
        live.idle();
        Screen.run(() -> live.stage().setOnCloseRequest(Event::consume));
        assertTrue(asked.get() > 0, "nobody was asked"); // again when what was noted is kept
    }
}
