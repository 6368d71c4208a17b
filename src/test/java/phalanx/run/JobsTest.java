package phalanx.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobsTest {
    private final List<Outcome<String>> results = new ArrayList<>();
    private final List<Jobs.Step> steps = new ArrayList<>();

    @Test
    void a_result_and_the_way_there_come_back() {
        new Jobs(Runnable::run, Runnable::run)
                .start(
                        "read",
                        progress -> {
                            progress.at("Reading", 1, 2);
                            return Outcome.ok("done");
                        },
                        steps::add,
                        results::add);
        assertEquals(List.of(Outcome.ok("done")), results);
        assertEquals(List.of(new Jobs.Step("Reading", 1, 2)), steps);
    }

    @Test
    void a_bug_ends_the_job_with_a_problem_and_not_the_program() {
        new Jobs(Runnable::run, Runnable::run)
                .<String>start(
                        "count",
                        _ -> {
                            throw new IllegalStateException("a bug on purpose, for this test");
                        },
                        steps::add,
                        results::add);
        assertEquals(
                Jobs.FAULT,
                assertInstanceOf(Outcome.Failed.class, results.getFirst())
                        .problem()
                        .code());
    }

    @Test
    void a_cancelled_job_says_so_once_it_has_stopped() {
        List<Runnable> waiting = new ArrayList<>();
        Jobs.Handle handle = new Jobs(waiting::add, Runnable::run)
                .start(
                        "read",
                        progress -> {
                            progress.stopIfCancelled();
                            return Outcome.ok("too late");
                        },
                        steps::add,
                        results::add);
        handle.cancel();
        waiting.forEach(Runnable::run);
        assertEquals(
                Jobs.CANCELLED,
                assertInstanceOf(Outcome.Failed.class, results.getFirst())
                        .problem()
                        .code());
    }
}
