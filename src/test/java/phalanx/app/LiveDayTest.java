package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.capture.CaptureWatch;
import phalanx.app.pipeline.LivePipeline;
import phalanx.app.pipeline.Pipeline;
import phalanx.capture.live.CaptureOptions;
import phalanx.capture.live.FrameReceiver;
import phalanx.capture.live.FrameSource;
import phalanx.capture.live.LiveCapture;
import phalanx.capture.live.RingOptions;
import phalanx.decode.Wire;
import phalanx.explain.LiveJournal;
import phalanx.explain.LiveTotals;
import phalanx.rules.RuleFolder;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** A day of traffic at two points in some seconds: what is kept of it does not grow. */
class LiveDayTest {
    /** Questions a second; each has an answer. */
    private static final int RATE = Integer.getInteger("phalanx.live.rate", 5);

    private static final int HOURS = 24;
    private static final int PAUSE_MILLIS = 8;
    private static final long SECOND = 1_000_000_000L;
    private static final int ETHERNET = 1;

    @TempDir
    private Path folder = Path.of("");

    /** The traffic of a day as one point sees it: a new conversation every five seconds, one of a hundred questions lost in between. */
    private static final class Day implements FrameSource {
        private final boolean far;
        private final AtomicLong hour;
        private final CyclicBarrier both;
        private volatile boolean stopped;

        Day(boolean far, AtomicLong hour, CyclicBarrier both) {
            this.far = far;
            this.hour = hour;
            this.both = both;
        }

        @Override
        public String name() {
            return "a day";
        }

        @Override
        public Outcome<Boolean> run(FrameReceiver to) throws IOException {
            long questions = (long) HOURS * 3600 * RATE;
            for (long i = 0; i < questions && !stopped; i++) {
                long when = TestNetwork.BEGIN + i * SECOND / RATE;
                int port = 2000 + (int) (i / (5L * RATE) % 60_000);
                byte[] said = {(byte) i, (byte) (i >> 8), (byte) (i >> 16), (byte) (i >> 24), 7};
                boolean lost = i % 100 == 99;
                if (!far || !lost) {
                    frame(
                            to,
                            Wire.udp().id((int) i).ports(port, 53_000).payload(said),
                            when + (far ? SECOND / 500 : 0));
                }
                if (!lost) {
                    Wire answer = Wire.udp()
                            .id((int) i)
                            .hosts(2, 1)
                            .ports(53_000, port)
                            .payload(said);
                    frame(to, answer, when + SECOND / 100 + (far ? 0 : SECOND / 500));
                }
                if (i % (3600L * RATE) == 0 && !far) {
                    hour.set(i / (3600L * RATE));
                }
                if (i % 500 == 0) {
                    meet();
                }
            }
            return Outcome.ok(true);
        }

        /** The same moment at both points. */
        private void meet() {
            try {
                Thread.sleep(PAUSE_MILLIS);
                both.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new AssertionError(e);
            }
        }

        private static void frame(FrameReceiver to, Wire wire, long when) throws IOException {
            byte[] bytes = wire.frame();
            to.frame(ETHERNET, when, bytes, 0, bytes.length, bytes.length);
        }

        @Override
        public void stop() {
            stopped = true;
        }

        @Override
        public long dropped() {
            return 0;
        }
    }

    private LiveCapture begin(String name, boolean far, AtomicLong hour, CyclicBarrier both) {
        Outcome<LiveCapture> begun = LiveCapture.start(
                new Day(far, hour, both),
                new CaptureOptions("day", "", 0, false, 0),
                new RingOptions(folder.resolve(name + ".pcapng"), 4 << 20, 0, 3, 0));
        return switch (begun) {
            case Outcome.Ok<LiveCapture>(var capture) -> capture;
            case Outcome.Failed<LiveCapture>(Problem problem) -> throw new AssertionError(problem);
        };
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void what_is_kept_of_a_day_does_not_grow() throws Exception {
        AtomicLong hour = new AtomicLong(-1);
        LiveJournal journal = new LiveJournal();
        LiveTotals totals = new LiveTotals();
        AtomicLong answers = new AtomicLong();
        List<Problem> problems = Collections.synchronizedList(new ArrayList<>());
        List<Long> memory = new ArrayList<>();
        CyclicBarrier both = new CyclicBarrier(2);
        Map<String, LiveCapture> captures = new LinkedHashMap<>();
        captures.put("near", begin("near", false, hour, both));
        captures.put("far", begin("far", true, hour, both));
        try (CaptureWatch _ = new CaptureWatch(
                captures,
                new LivePipeline(new Pipeline(RuleFolder.NONE), 20_000),
                analysis -> {
                    answers.incrementAndGet();
                    journal.note(analysis);
                    totals.note(analysis);
                },
                problems::add)) {
            for (int at = 4; at < HOURS; at += 4) {
                while (hour.get() < at && captures.get("near").isRunning()) {
                    Thread.sleep(5);
                }
                memory.add(used());
            }
            for (LiveCapture capture : captures.values()) {
                capture.await(120_000);
                assertNull(capture.problem());
            }
        }
        long questions = (long) HOURS * 3600 * RATE;
        assertEquals(
                questions + questions * 99 / 100, captures.get("near").counts().frames());
        assertTrue(answers.get() > 1, answers + " answers");
        assertEquals(List.of(), problems);
        assertTrue(
                journal.entries().stream().anyMatch(entry -> entry.kind().equals("random_loss")),
                () -> journal.entries().toString());
        assertTrue(journal.entries().size() < 20, () -> journal.entries().toString());
        try (var files = Files.list(folder)) {
            assertTrue(files.count() <= 6, "the rings are larger than they may be");
        }
        System.out.printf(
                "a day of %,d frames: %d answers, %,d conversations, memory after each four hours %s MB%n",
                captures.get("near").counts().frames(),
                answers.get(),
                totals.conversations(),
                memory.stream().map(bytes -> bytes >> 20).toList());
        assertTrue(memory.getLast() < memory.getFirst() * 1.15 + (4 << 20), memory::toString);
    }
}
