package phalanx.agents.observe;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import phalanx.proxy.record.RequestLog;

class ObserverTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    /** The loops that OTLP comes in by stop for nobody's repository. */
    @Test
    void what_comes_does_not_wait_for_the_history_of_the_configuration() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        Observer observer = new Observer(
                new RequestLog(1, 16),
                Inventory.NONE,
                () -> {
                    asked.countDown();
                    try {
                        assertTrue(answered.await(1, TimeUnit.MINUTES));
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return List.of();
                },
                new ErrorBudget(0.99, 60_000));
        Thread look = Thread.ofVirtual().start(() -> observer.look(NOW));
        asked.await();
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> observer.take(List.of(), List.of(), NOW));
        assertTrue(look.isAlive());
        answered.countDown();
        look.join();
        assertFalse(look.isAlive());
    }
}
