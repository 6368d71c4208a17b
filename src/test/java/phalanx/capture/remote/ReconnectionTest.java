package phalanx.capture.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import phalanx.run.Jobs;
import phalanx.run.Outcome;

/** Connecting that takes its time, and somebody who gives up meanwhile. */
class ReconnectionTest {
    private static final HopAddress AT = new HopAddress.Local("eth0");

    private final CountDownLatch connecting = new CountDownLatch(1);
    private final CountDownLatch answers = new CountDownLatch(1);
    private final List<String> closed = new CopyOnWriteArrayList<>();

    /** Does not hear that it is interrupted, as a socket that connects. */
    private Outcome<String> slowly() {
        connecting.countDown();
        boolean done = false;
        while (!done) {
            try {
                answers.await();
                done = true;
            } catch (InterruptedException _) {
                done = false;
            }
        }
        return Outcome.ok("line");
    }

    @Test
    void who_gives_up_does_not_wait_for_a_connection_and_one_that_comes_later_is_closed() throws Exception {
        Reconnection reconnection = new Reconnection(AT, Duration.ofSeconds(60));
        Jobs.assistant("user", () -> {
            try {
                connecting.await();
                reconnection.giveUp();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        long from = System.nanoTime();
        Outcome<String> outcome = reconnection.attempt(this::slowly, closed::add);
        assertEquals(RemoteProblems.CUT, Datagrams.problem(outcome).code());
        assertTrue(System.nanoTime() - from < 5_000_000_000L);
        assertEquals(List.of(), closed);
        answers.countDown();
        Datagrams.await("closed", () -> closed.equals(List.of("line")));
    }

    @Test
    void a_connection_that_is_not_made_within_the_patience_is_given_up() {
        Reconnection reconnection = new Reconnection(AT, Duration.ofSeconds(1));
        long from = System.nanoTime();
        assertEquals(
                RemoteProblems.CUT,
                Datagrams.problem(reconnection.attempt(this::slowly, closed::add))
                        .code());
        assertTrue(System.nanoTime() - from < 15_000_000_000L, "ten seconds are left to connecting in any case");
        answers.countDown();
        Datagrams.await("closed", () -> closed.equals(List.of("line")));
    }
}
