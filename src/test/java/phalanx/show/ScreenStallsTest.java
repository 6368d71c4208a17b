package phalanx.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.junit.jupiter.api.Test;
import phalanx.run.Outcome;

/** A desk that keeps the screen thread is found, whatever it does there; what tests do there, and a loaded machine, are not. */
class ScreenStallsTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long LONG = 900;

    /** What is found while a window with a button is used. */
    private static List<String> found(Runnable pressed, Consumer<Button> use) {
        Button button = Screen.on(() -> {
            Button made = Controls.button("press", pressed);
            Stage stage = new Stage();
            stage.setScene(new Scene(new VBox(made), 300, 200));
            stage.show();
            return made;
        });
        Screen.pulse();
        try (ScreenStalls watching = new ScreenStalls(0)) {
            use.accept(button);
            return watching.found();
        }
    }

    /** Uses the processor, or keeps everybody waiting, for so long. */
    private static void work(long millis) {
        long end = THREADS.getCurrentThreadCpuTime() + millis * 1_000_000;
        while (THREADS.getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void press(Button button) {
        Screen.run(button::fire);
    }

    private static void assertOne(String told, List<String> found) {
        assertTrue(found.size() == 1 && found.getFirst().contains(told), () -> told + " / " + found);
    }

    @Test
    void an_event_that_takes_long_is_found_by_its_name() {
        assertOne("allowed, with ACTION at Button", found(() -> work(LONG), ScreenStallsTest::press));
    }

    @Test
    void events_in_a_row_each_count_by_themselves() {
        assertEquals(
                List.of(),
                found(
                        () -> work(LONG / 9),
                        button -> Screen.run(() -> {
                            for (int i = 0; i < 16; i++) {
                                button.fire();
                            }
                        })));
    }

    @Test
    void a_layout_a_timer_or_a_result_that_takes_long_is_found_with_its_place() {
        Pane slow = Screen.on(() -> new Pane() {
            @Override
            protected void layoutChildren() {
                work(LONG);
            }
        });
        assertOne("layoutChildren", found(() -> {}, button -> {
            Screen.run(() -> ((VBox) button.getParent()).getChildren().add(slow));
            Screen.pulse();
        }));
        assertOne("ScreenStallsTest.work", found(() -> {}, _ -> {
            CountDownLatch rung = new CountDownLatch(1);
            Screen.run(() -> {
                PauseTransition timer = new PauseTransition(Duration.millis(50));
                timer.setOnFinished(_ -> {
                    work(LONG);
                    rung.countDown();
                });
                timer.play();
            });
            await(rung);
        }));
        assertOne("ScreenStallsTest.work", found(() -> {}, _ -> {
            CountDownLatch taken = new CountDownLatch(1);
            Platform.runLater(() -> {
                work(LONG);
                taken.countDown();
            });
            await(taken);
        }));
    }

    @Test
    void waiting_for_somebody_else_is_found_as_well() {
        assertOne("allowed, with ACTION", found(() -> await(after(2 * LONG)), ScreenStallsTest::press));
        assertOne("allowed, at", found(() -> {}, _ -> Platform.runLater(() -> await(after(2 * LONG)))));
    }

    private static CountDownLatch after(long millis) {
        CountDownLatch latch = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            latch.countDown();
        });
        return latch;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_a_test_does_and_jobs_that_are_done_at_once_are_not_the_desks() {
        assertEquals(List.of(), found(() -> {}, _ -> Screen.run(() -> work(LONG))));
        assertEquals(
                List.of(),
                found(
                        () -> Screen.AT_ONCE.start(
                                "long",
                                _ -> {
                                    work(LONG);
                                    return Outcome.ok("");
                                },
                                _ -> {},
                                _ -> {}),
                        ScreenStallsTest::press));
        assertOne(
                "allowed, with ACTION",
                found(
                        () -> Screen.AT_ONCE.start("short", _ -> Outcome.ok(""), _ -> {}, _ -> work(LONG)),
                        ScreenStallsTest::press));
    }

    @Test
    void nodes_of_a_desk_may_be_styled_but_not_tens_of_thousands() {
        Consumer<Button> many = button -> {
            Screen.run(() -> {
                VBox box = (VBox) button.getParent();
                for (int i = 0; i < 40_000; i++) {
                    box.getChildren().add(new Label("one"));
                }
            });
            Screen.pulse();
        };
        assertOne("allowed, at", found(() -> {}, many));
    }

    @Test
    void a_loaded_machine_is_not_the_desks_fault() throws InterruptedException {
        Thread[] others = new Thread[4 * Runtime.getRuntime().availableProcessors()];
        for (int i = 0; i < others.length; i++) {
            others[i] = Thread.ofPlatform().daemon().start(() -> work(1500));
        }
        assertEquals(List.of(), found(() -> work(LONG / 9), button -> {
            for (int i = 0; i < 8; i++) {
                press(button);
                Screen.pulse();
            }
        }));
        for (Thread other : others) {
            other.join();
        }
    }
}
