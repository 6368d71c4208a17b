package phalanx.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is asked for all the time is made one at a time, and made. */
class RenewalTest {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final List<Outcome<String>> done = new ArrayList<>();
    private final Renewal<String> renewal = new Renewal<>(new Jobs(waiting::add, Runnable::run), "make", done::add);

    private static Function<Progress, Outcome<String>> made(String what) {
        return progress -> {
            progress.stopIfCancelled();
            return Outcome.ok(what);
        };
    }

    private void work() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    @Test
    void of_what_is_asked_for_meanwhile_only_the_last_is_made() {
        renewal.next(made("first"));
        renewal.next(made("second"));
        renewal.next(made("third"));
        assertEquals(1, waiting.size(), "one is under way");
        work();
        assertEquals(List.of(Outcome.ok("first"), Outcome.ok("third")), done);
        renewal.next(made("fourth"));
        work();
        assertEquals(Outcome.ok("fourth"), done.getLast());
    }

    @Test
    void what_is_wanted_now_takes_the_place_of_all_others() {
        renewal.next(made("first"));
        renewal.next(made("second"));
        renewal.now(made("third"));
        work();
        assertEquals(List.of(Outcome.ok("third")), done);
        renewal.next(made("fourth"));
        renewal.giveUp();
        work();
        assertEquals(1, done.size());
    }

    @Test
    void who_asks_again_when_told_is_served_once() {
        List<String> told = new ArrayList<>();
        List<Renewal<String>> itself = new ArrayList<>();
        itself.add(new Renewal<>(new Jobs(waiting::add, Runnable::run), "make", outcome -> {
            if (outcome instanceof Outcome.Ok<String>(var what)) {
                told.add(what);
                if (what.equals("first")) {
                    itself.getFirst().now(made("again"));
                }
            }
        }));
        itself.getFirst().next(made("first"));
        itself.getFirst().next(made("second"));
        work();
        assertEquals(List.of("first", "again"), told);
    }
}
