package phalanx.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UncaughtTest {
    @Test
    void a_fault_that_comes_again_and_again_is_logged_and_told_once_and_another_is_told_too() {
        List<Throwable> told = new ArrayList<>();
        RecentLog log = RecentLog.listen();
        Uncaught uncaught = new Uncaught(told::add);
        for (int frame = 0; frame < 60; frame++) {
            uncaught.uncaughtException(Thread.currentThread(), new IllegalStateException("of a view"));
        }
        uncaught.uncaughtException(Thread.currentThread(), new IllegalArgumentException("of another"));
        log.close();
        assertEquals(
                List.of("of a view", "of another"),
                told.stream().map(Throwable::getMessage).toList());
        assertEquals(2, log.lines().size());
        assertTrue(log.lines().getFirst().contains("of a view"), log.lines().getFirst());
    }
}
