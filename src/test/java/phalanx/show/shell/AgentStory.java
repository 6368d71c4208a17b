package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.agents.trail.IncidentRecord;
import phalanx.agents.trail.Message;
import phalanx.app.TestLab;
import phalanx.run.Jobs;
import phalanx.show.Screen;

/**
 * The story that the README tells in pictures, as it really happens on the desk: a fault in the running lab, agents that reason and vote, the
 * change in the repository, customers who are served again. {@code ./mvnw test -Dtest=AgentStory} runs it and leaves the pictures in
 * {@code target/screenshots}; the build does not.
 */
class AgentStory {
    private static final String FAULT = "pool-exhausted";

    @TempDir
    Path folder;

    @Test
    void the_agents_heal_what_was_broken() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                OpenDesk open = OpenDesk.open(
                        new Scenes.Visit(1440, 900, 100, folder, shown -> Screen.picture(shown.scene(), shown.name())),
                        new Jobs(threads, Platform::runLater))) {
            DeskLab lab = open.desk().lab();
            Screen.run(() -> {
                open.desk().labs(TestLab.in(folder.resolve("lab")));
                open.desk().show(ActivityBar.Activity.LAB);
                lab.lab().start(true);
            });
            until(lab, "the agents watch", 60, () -> lab.lab().agents().get() != null);
            passes(40); // what is usual
            Screen.run(() -> lab.lab().inject(FAULT));
            until(lab, "customers feel it", 30, () -> {
                var status = lab.lab().picture().get().status();
                return status != null && !status.kept();
            });
            open.look("story-1-broken");
            Screen.run(() -> open.desk().show(ActivityBar.Activity.AGENTS));
            until(
                    lab,
                    "a vote",
                    40,
                    () -> incident(lab)
                            .filter(one -> !one.attempts().isEmpty()
                                    && !one.attempts().getFirst().decisions().isEmpty())
                            .isPresent());
            incident(lab)
                    .flatMap(IncidentRecord::waiting)
                    .ifPresent(asked -> Screen.run(() -> lab.agents().answer(asked.id(), true, "the figures say so")));
            until(
                    lab,
                    "the change",
                    30,
                    () -> incident(lab)
                            .filter(one -> one.attempts().getLast().acted() != null)
                            .isPresent());
            open.look("story-2-vote");
            until(
                    lab,
                    "the end",
                    90,
                    () -> incident(lab)
                            .filter(one -> one.stage() == IncidentRecord.Stage.CLOSED)
                            .isPresent());
            passes(15);
            Screen.run(() -> open.desk().show(ActivityBar.Activity.LAB));
            passes(3);
            open.look("story-3-healed");
            IncidentRecord over = incident(lab).orElseThrow();
            Message.Verified last = over.attempts().getLast().verified();
            assertTrue(last != null && last.healed(), String.valueOf(last));
            assertEquals(FAULT, over.hypotheses().getFirst().cause().word());
            Screen.run(() -> lab.lab().stop());
            until(lab, "the lab ended", 30, () -> !lab.lab().busy().get());
        }
    }

    private static Optional<IncidentRecord> incident(DeskLab lab) {
        Screen.run(() -> lab.agents().look());
        return Optional.ofNullable(Screen.on(() -> lab.agents().shown().get()));
    }

    private static void until(DeskLab lab, String what, int seconds, BooleanSupplier there)
            throws InterruptedException {
        for (int i = 0; i < seconds * 10; i++) {
            if (Screen.on(there::getAsBoolean)) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("no sign of this: " + what + "; "
                + Screen.on(() -> lab.lab().message().get()));
    }

    private static void passes(int seconds) throws InterruptedException {
        Thread.sleep(1000L * seconds);
    }
}
