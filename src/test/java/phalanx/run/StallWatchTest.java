package phalanx.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StallWatchTest {
    @Test
    void a_busy_thread_is_told_of_once_with_what_it_was_at() throws Exception {
        LinkedBlockingQueue<StallWatch.Stall> stalls = new LinkedBlockingQueue<>();
        CountDownLatch seen = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (ExecutorService thread = Executors.newSingleThreadExecutor();
                StallWatch _ = new StallWatch(
                        task -> thread.execute(() -> {
                            task.run();
                            seen.countDown();
                        }),
                        Duration.ofMillis(100),
                        stalls::add)) {
            assertTrue(seen.await(10, TimeUnit.SECONDS));
            thread.execute(() -> busyInHere(release));
            assertNull(stalls.poll(400, TimeUnit.MILLISECONDS), "told before it is over");
            release.countDown();
            StallWatch.Stall stall = assertNotNullWithin(stalls);
            assertTrue(stall.nanos() >= 100_000_000L, () -> "told after " + stall.nanos() + " ns");
            assertTrue(stall.stack().contains("busyInHere"), stall.stack());
            assertEquals(0, stalls.size());
        }
    }

    private static StallWatch.Stall assertNotNullWithin(LinkedBlockingQueue<StallWatch.Stall> stalls) throws Exception {
        StallWatch.Stall stall = stalls.poll(10, TimeUnit.SECONDS);
        assertNotNull(stall);
        return stall;
    }

    private static void busyInHere(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
