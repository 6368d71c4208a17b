package phalanx.capture.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.capture.CaptureFile;
import phalanx.capture.FrameCursor;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Captures real datagrams on the loopback interface. Where the user may not capture, this is skipped, and said. */
class LiveCaptureTest {
    private static final int PORT = 40_911;
    private static final long PATIENCE_MILLIS = 10_000;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void mayCapture() {
        boolean may = PcapSource.open(options()) instanceof Outcome.Ok<FrameSource>(var source) && stopped(source);
        if (!may) {
            System.err.println("SKIPPED: this user may not capture on lo, so nothing live is tested");
        }
        Assumptions.assumeTrue(may, "this user may not capture on lo");
    }

    private static boolean stopped(FrameSource source) {
        source.stop();
        try {
            source.run((_, _, _, _, _, _) -> {});
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return true;
    }

    private static CaptureOptions options() {
        return new CaptureOptions("lo", "udp dst port " + PORT, 0, false, 4 << 20);
    }

    private RingOptions into(String name) {
        return new RingOptions(folder.resolve(name), 0, 0, 0, 0);
    }

    private static <T> T ok(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Failed<T>(Problem problem) -> throw new AssertionError(problem);
        };
    }

    private static void send(int count, int size) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < count; i++) {
                byte[] payload = "%0".concat(size + "d").formatted(i).getBytes(StandardCharsets.US_ASCII);
                socket.send(new DatagramPacket(payload, payload.length, InetAddress.getLoopbackAddress(), PORT));
                if (i % 50 == 49) {
                    sleep(1);
                }
            }
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(BooleanSupplier what) {
        long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!what.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, "it did not happen in time");
            sleep(5);
        }
    }

    /** The numbers in the payloads of a file, in its order. */
    private static List<Integer> numbers(Path file, int size) {
        List<Integer> numbers = new ArrayList<>();
        try (FrameCursor cursor = ok(CaptureFile.open(file))) {
            while (cursor.next()) {
                int end = cursor.start() + cursor.captured();
                numbers.add(Integer.parseInt(new String(cursor.bytes(), end - size, size, StandardCharsets.US_ASCII)));
            }
            assertEquals(List.of(), cursor.problems());
        }
        return numbers;
    }

    private static List<Integer> upTo(int count) {
        return Stream.iterate(0, i -> i + 1).limit(count).toList();
    }

    @Test
    void every_datagram_is_in_the_file_and_the_first_one_within_half_a_second() throws Exception {
        Path file = folder.resolve("a.pcapng");
        try (LiveCapture capture = ok(LiveCapture.start(options(), into("a.pcapng")))) {
            assertTrue(Files.size(file) > 0, "a capture from the first moment on");
            sleep(200);
            send(1, 100);
            long from = System.nanoTime();
            await(() -> {
                try (FrameCursor cursor = ok(CaptureFile.open(file))) {
                    return cursor.next();
                }
            });
            assertTrue(System.nanoTime() - from < 500_000_000, "who reads the file sees it");
            send(2000, 100);
            await(() -> capture.counts().frames() == 2001);
            assertEquals(0, capture.counts().dropped());
            assertEquals("libpcap", capture.by());
            assertTrue(capture.isRunning());
            capture.stop();
            assertTrue(capture.await(PATIENCE_MILLIS));
            assertFalse(capture.isRunning());
            assertNull(capture.problem());
        }
        List<Integer> expected = new ArrayList<>(List.of(0));
        expected.addAll(upTo(2000));
        assertEquals(expected, numbers(file, 100));
        try (FrameCursor cursor = ok(CaptureFile.open(file))) {
            while (cursor.next()) {
                assertTrue(Math.abs(cursor.timeNanos() / 1_000_000 - System.currentTimeMillis()) < 60_000);
                assertEquals(100 + 42, cursor.length());
            }
            assertEquals(0, cursor.summary().interfaces().getFirst().drops(), "the file says what was lost");
            assertEquals("lo", cursor.summary().interfaces().getFirst().name());
        }
    }

    @Test
    void each_tool_of_the_machine_hands_over_the_same() throws Exception {
        for (CaptureTool tool : CaptureTool.values()) {
            Outcome<FrameSource> opened = ToolSource.open(options(), List.of(tool));
            if (opened instanceof Outcome.Failed && System.getenv("PHALANX_CI") == null) {
                System.err.println("SKIPPED: " + tool.program() + " is not installed");
                continue;
            }
            FrameSource source = ok(opened);
            assertEquals(tool.program(), source.name());
            List<Integer> seen = new ArrayList<>();
            Thread taking = Thread.ofPlatform().start(() -> {
                try {
                    ok(source.run((_, _, bytes, start, captured, _) -> {
                        synchronized (seen) {
                            seen.add(Integer.parseInt(
                                    new String(bytes, start + captured - 100, 100, StandardCharsets.US_ASCII)));
                        }
                    }));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
            while (System.nanoTime() < until) { // until it listens
                send(1, 100);
                sleep(50);
                synchronized (seen) {
                    if (!seen.isEmpty()) {
                        break;
                    }
                }
            }
            sleep(300);
            synchronized (seen) {
                seen.clear();
            }
            send(1000, 100);
            await(() -> {
                synchronized (seen) {
                    return seen.size() >= 1000;
                }
            });
            source.stop();
            taking.join(PATIENCE_MILLIS);
            assertFalse(taking.isAlive(), tool.program());
            assertEquals(upTo(1000), seen, tool.program());
            assertTrue(source.dropped() <= 0, tool.program());
        }
    }

    @Test
    void a_ring_keeps_its_newest_files_and_each_is_whole() throws Exception {
        RingOptions ring = new RingOptions(folder.resolve("ring.pcapng"), 100_000, 0, 3, 0);
        try (LiveCapture capture = ok(LiveCapture.start(options(), ring))) {
            sleep(200);
            send(1500, 1000);
            await(() -> capture.counts().frames() == 1500);
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        assertEquals(3, files.size(), files::toString);
        List<Integer> kept = new ArrayList<>();
        for (Path file : files) {
            assertTrue(file.getFileName().toString().matches("ring_\\d{5}_\\d{14}\\.pcapng"), file::toString);
            assertTrue(Files.size(file) < 102_000, file::toString);
            kept.addAll(numbers(file, 1000));
        }
        assertEquals(upTo(1500).subList(1500 - kept.size(), 1500), kept, "without a gap up to the last");
        assertTrue(kept.size() > 180, () -> "two whole files: " + kept.size());
    }

    @Test
    void what_comes_in_a_pause_is_left_out_and_counted() throws Exception {
        try (LiveCapture capture = ok(LiveCapture.start(options(), into("p.pcapng")))) {
            sleep(200);
            send(10, 50);
            await(() -> capture.counts().frames() == 10);
            capture.pause(true);
            send(7, 50);
            await(() -> capture.counts().leftOut() == 7);
            capture.pause(false);
            send(5, 50);
            await(() -> capture.counts().frames() == 15);
        }
        assertEquals(15, numbers(folder.resolve("p.pcapng"), 50).size());
    }

    /** A process that ends while it captures, when its standard input does. */
    public static final class Leaver {
        public static void main(String[] arguments) throws Exception {
            ok(LiveCapture.start(options(), new RingOptions(Path.of(arguments[0]), 0, 0, 0, 0)));
            System.out.println("ready");
            System.exit(System.in.read());
        }
    }

    private static Process leaver(Path file) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Leaver.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** What the last block says. */
    private static long drops(Path file) {
        try (FrameCursor cursor = ok(CaptureFile.open(file))) {
            while (cursor.next()) {
                assertTrue(cursor.captured() > 0);
            }
            return cursor.summary().interfaces().getFirst().drops();
        }
    }

    @Test
    void a_process_that_ends_while_it_captures_leaves_a_whole_file() throws Exception {
        Path file = folder.resolve("left.pcapng");
        Process process = leaver(file);
        try (BufferedReader said = process.inputReader()) {
            assertEquals("ready", said.readLine());
            send(20, 50);
            sleep(1000); // libpcap hands on what came within the last 50 ms only while it is not stopped
            process.getOutputStream().close();
            assertTrue(process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        }
        assertEquals(20, numbers(file, 50).size());
        assertEquals(0, drops(file), "the last block is there, too");
    }

    @Test
    void a_process_that_was_suspended_goes_on_and_counts_what_the_kernel_did_not_keep_meanwhile() throws Exception {
        Path file = folder.resolve("suspended.pcapng");
        int count = 10_000;
        Process process = leaver(file);
        try (BufferedReader said = process.inputReader()) {
            assertEquals("ready", said.readLine());
            run("kill", "-STOP", Long.toString(process.pid()));
            send(count - 10, 1000); // more than the buffer of 4 MB
            run("kill", "-CONT", Long.toString(process.pid()));
            sleep(500);
            send(10, 1000);
            sleep(500);
            process.getOutputStream().close();
            assertTrue(process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        } finally {
            process.destroyForcibly();
        }
        List<Integer> kept = numbers(file, 1000);
        int lost = count - kept.size();
        assertTrue(lost > 1000, () -> lost + " were lost");
        assertTrue(
                drops(file) >= lost && drops(file) <= 2L * lost,
                () -> drops(file) + " for " + lost + ": Linux counts a frame on lo on both of its ways");
        assertEquals(upTo(10), kept.subList(kept.size() - 10, kept.size()), "it went on");
    }

    @Test
    void a_disk_is_left_its_free_space() {
        RingOptions greedy = new RingOptions(folder.resolve("x.pcapng"), 0, 0, 0, Long.MAX_VALUE);
        Problem problem = problem(LiveCapture.start(options(), greedy));
        assertEquals(LiveCapture.NO_ROOM, problem.code());
        assertFalse(Files.exists(folder.resolve("x.pcapng")));
    }

    private static Problem problem(Outcome<?> outcome) {
        return assertInstanceOf(Outcome.Failed.class, outcome).problem();
    }

    @Test
    void mistakes_are_told_before_anything_is_captured() throws Exception {
        Path there = Files.writeString(folder.resolve("there.pcapng"), "mine");
        assertEquals(
                LiveCapture.EXISTS,
                problem(LiveCapture.start(options(), into("there.pcapng"))).code());
        assertEquals("mine", Files.readString(there));
        CaptureOptions wrong = new CaptureOptions("lo", "tcp prot 80", 0, true, 1 << 20);
        Problem filter = problem(LiveCapture.start(wrong, into("f.pcapng")));
        assertEquals(CaptureFilter.WRONG, filter.code());
        assertTrue(filter.what().contains("syntax error"), filter::what);
        CaptureOptions nowhere = new CaptureOptions("nothere0", "", 0, true, 1 << 20);
        Problem unknown = problem(LiveCapture.start(nowhere, into("f.pcapng")));
        assertEquals(CaptureInterfaces.UNKNOWN, unknown.code());
        assertTrue(unknown.remedy().contains("lo"), unknown::remedy);
        assertFalse(Files.exists(folder.resolve("f.pcapng")));
        assertNull(CaptureFilter.check("host 10.0.0.1 and (tcp port 443 or icmp)"));
        assertNotNull(CaptureFilter.check("host"));
    }

    @Test
    void an_interface_that_goes_away_ends_the_capture_with_a_sentence_and_what_came_is_kept() throws Exception {
        String name = "phx" + ProcessHandle.current().pid() % 100_000;
        boolean made = run("ip", "link", "add", name, "type", "dummy") == 0
                || run("ip", "tuntap", "add", "dev", name, "mode", "tap") == 0;
        Assumptions.assumeTrue(made, "this user may not add interfaces");
        try {
            assertEquals(0, run("ip", "link", "set", name, "up"));
            CaptureOptions all = new CaptureOptions(name, "", 0, false, 1 << 20);
            LiveCapture capture = ok(LiveCapture.start(all, into("gone.pcapng")));
            sleep(300);
            run("ip", "link", "del", name);
            await(() -> !capture.isRunning());
            assertEquals(
                    CaptureProblems.GONE,
                    Objects.requireNonNull(capture.problem()).code(),
                    () -> String.valueOf(capture.problem()));
            assertEquals(
                    capture.counts().frames() > 0, Files.exists(folder.resolve("gone.pcapng")), "what came is kept");
        } finally {
            run("ip", "link", "del", name);
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException _) {
            return -1; // no such tool
        }
    }
}
