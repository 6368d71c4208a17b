package phalanx.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.lab.chaos.Chaos;
import phalanx.lab.control.LabClient;
import phalanx.lab.control.LabControl;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** The lab whole: seven processes, as they are started for people. Once for all, since a start takes some seconds. */
class MarketplaceTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void it_is_well_breaks_when_it_is_broken_and_its_remedies_heal_it() throws Exception {
        List<ProcessHandle> processes = new ArrayList<>();
        try (Telescope telescope = new Telescope();
                Marketplace lab = LabFaults.started(folder, telescope.at())) {
            assertTrue(LabFaults.until(lab, true, LONG) >= 0, "is never well");
            tells(telescope, lab.repository().head().orElseThrow());

            Chaos chaos = new Chaos(lab);
            Remedies remedies = new Remedies(lab);
            Chaos.Injection query = LabFaults.injected(chaos, "slow-query", 2);
            assertTrue(LabFaults.until(lab, false, LONG) >= 0, "the query does not hurt");
            remedies.heal(query);
            assertTrue(LabFaults.until(lab, true, LONG) >= 0, "the index does not heal");

            Chaos.Injection errors = LabFaults.injected(chaos, "http-500", 2);
            String instance = errors.made().where();
            assertTrue(LabFaults.until(lab, false, LONG) >= 0, "the errors do not hurt");
            await(() -> telescope.logs.get() > 0);
            await(() -> telescope.spans.stream()
                    .filter(seen -> seen.from("service.instance.id").equals(instance))
                    .filter(seen -> seen.attribute("http.response.status_code").equals("500"))
                    .filter(seen -> seen.attribute("error.type").equals("java.lang.IllegalStateException"))
                    .anyMatch(seen -> seen.span().getEvents(0).getName().equals("exception")));
            remedies.heal(errors);
            assertTrue(LabFaults.until(lab, true, LONG) >= 0, "draining does not heal");
            assertEquals(Outcome.ok(2), chaos.clear());

            orders(lab);
            lab.status().instances().forEach(one -> ProcessHandle.of(one.pid()).ifPresent(processes::add));
            assertEquals(7, processes.size());
        }
        await(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** What outsiders see of a lab that is well. */
    private static void tells(Telescope telescope, String commit) throws InterruptedException {
        await(() -> telescope.metrics.containsAll(Set.of(
                "db.client.connection.count",
                "db.client.connection.max",
                "db.client.connection.pending_requests",
                "db.client.connection.wait_time",
                "jvm.memory.used",
                "jvm.memory.limit",
                "jvm.memory.used_after_last_gc",
                "jvm.gc.duration",
                "jvm.cpu.recent_utilization",
                "jvm.thread.count",
                "http.server.active_requests",
                "http.server.request.duration")));
        await(() -> telescope.proxySpans.get() > 0);
        await(() -> telescope.spans.stream()
                        .map(seen -> seen.from("service.instance.id"))
                        .distinct()
                        .count()
                == 6); // the bank belongs to somebody else
        assertTrue(telescope.spans.stream()
                .allMatch(seen -> seen.from("service.version").equals(commit)));
        Telescope.Seen payment = telescope.spans.stream()
                .filter(seen -> seen.attribute("http.route").equals("/payment"))
                .findFirst()
                .orElseThrow();
        assertEquals("payment", payment.from("service.name"));
        await(() -> telescope.spans.stream()
                .filter(seen -> seen.span().getTraceId().equals(payment.span().getTraceId()))
                .map(seen -> seen.span().getName())
                .collect(Collectors.toSet())
                .containsAll(Set.of("POST /policy", "SELECT policy", "POST /payment", "SELECT ledger", "POST")));
    }

    /** What is asked of it by another process. */
    private void orders(Marketplace lab) throws Exception {
        CountDownLatch down = new CountDownLatch(1);
        try (LabControl _ = new LabControl(lab, new Chaos(lab), folder, down::countDown)) {
            LabClient client = new LabClient(folder);
            assertTrue(told(client.status(true)).contains("\"objectiveKept\""));
            assertTrue(told(client.status(false)).contains("quote-1    runs"));
            assertTrue(told(client.inject("dead-backend", "4")).endsWith(", seed 4."));
            assertFalse(alive(lab));
            assertTrue(problem(client.inject("slow-qery", "")).what().contains("Did you mean slow-query?"));
            assertEquals("Taken back: 1.", told(client.clear()));
            assertTrue(alive(lab));
            told(client.down());
            assertTrue(down.await(5, TimeUnit.SECONDS));
            Files.writeString(
                    folder.resolve("control"),
                    Files.readString(folder.resolve("control")).replaceFirst(" .", " g"));
            assertEquals(LabClient.NOT_THERE, problem(client.down()).code());
        }
    }

    private static boolean alive(Marketplace lab) {
        return lab.status().instances().stream().allMatch(LabStatus.Instance::alive);
    }

    private static String told(Outcome<String> outcome) {
        return switch (outcome) {
            case Outcome.Ok<String>(String what) -> what;
            case Outcome.Failed<String>(Problem problem) -> throw new AssertionError(problem);
        };
    }

    private static Problem problem(Outcome<String> outcome) {
        return ((Outcome.Failed<String>) outcome).problem();
    }

    private static void await(BooleanSupplier what) throws InterruptedException {
        long end = System.nanoTime() + LONG.toNanos();
        while (!what.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "did not come");
            Thread.sleep(100);
        }
    }
}
