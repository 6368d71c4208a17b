package phalanx.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.run.Outcome;
import phalanx.run.Problem;

class CaptureFileTest {
    private static final long TIME = 1_795_228_941_642_402_123L;

    @TempDir
    private Path folder = Path.of(".");

    private record Frame(long nanos, byte[] bytes, int length, int linkType, int interfaceId) {}

    private record Read(List<Frame> frames, List<Problem> problems, CaptureSummary summary) {}

    private FrameCursor open(byte[] file) {
        try {
            Path path = Files.write(folder.resolve("capture"), file);
            return switch (CaptureFile.open(path)) {
                case Outcome.Ok<FrameCursor>(var cursor) -> cursor;
                case Outcome.Failed<FrameCursor>(var problem) -> throw new AssertionError(problem);
            };
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Read read(byte[] file) {
        List<Frame> frames = new ArrayList<>();
        try (FrameCursor cursor = open(file)) {
            while (cursor.next()) {
                byte[] bytes = new byte[cursor.captured()];
                MemorySegment.copy(cursor.bytes(), ValueLayout.JAVA_BYTE, cursor.start(), bytes, 0, bytes.length);
                frames.add(
                        new Frame(cursor.timeNanos(), bytes, cursor.length(), cursor.linkType(), cursor.interfaceId()));
            }
            return new Read(frames, cursor.problems(), cursor.summary());
        }
    }

    private static byte[] frame(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] gzip(byte[]... members) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (byte[] member : members) {
                try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                    gzip.write(member);
                }
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void pcap_is_read_in_both_byte_orders_and_both_precisions() {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            for (boolean nanos : new boolean[] {true, false}) {
                Read read = read(CaptureWriter.pcap(order, nanos, 1)
                        .frame(TIME, frame(60), 1514)
                        .frame(TIME + 1000, frame(61), 61)
                        .bytes());
                assertEquals(List.of(), read.problems());
                assertEquals(2, read.frames().size());
                assertEquals(
                        nanos ? TIME : TIME / 1000 * 1000,
                        read.frames().getFirst().nanos());
                assertArrayEquals(frame(60), read.frames().getFirst().bytes());
                assertEquals(1514, read.frames().getFirst().length());
                assertEquals(1, read.summary().truncated());
                assertEquals(1, read.frames().get(1).linkType());
            }
        }
    }

    @Test
    void pcapng_sections_interfaces_resolutions_and_unknown_blocks_are_understood() {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            byte[] file = CaptureWriter.pcapng(order)
                    .describe(1, 0, "eth0", 9, 0)
                    .describe(276, 64, "any", 6, 0)
                    .custom()
                    .packet(0, TIME, frame(70), 70)
                    .packet(1, TIME / 1000, frame(64), 900)
                    .simple(frame(33))
                    .drops(1, 77)
                    .section()
                    .describe(101, 0, "raw", 0x8A, 1000)
                    .packet(0, 5 * 1024 + 512, frame(20), 20)
                    .bytes();
            Read read = read(file);
            assertEquals(List.of(), read.problems());
            assertEquals(4, read.frames().size());
            assertEquals(TIME, read.frames().getFirst().nanos());
            assertEquals(TIME / 1000 * 1000, read.frames().get(1).nanos());
            assertEquals(276, read.frames().get(1).linkType());
            assertArrayEquals(frame(33), read.frames().get(2).bytes());
            assertEquals(1_005_500_000_000L, read.frames().get(3).nanos(), "2^-10 s and an offset of 1000 s");
            assertEquals(101, read.frames().get(3).linkType());
            assertEquals(77, read.summary().interfaces().get(1).drops());
            assertEquals("any", read.summary().interfaces().get(1).name());
            assertEquals(64, read.summary().snaplen());
        }
    }

    @Test
    void gzip_members_are_one_file() {
        byte[] file = CaptureWriter.pcap(ByteOrder.LITTLE_ENDIAN, true, 1)
                .frame(TIME, frame(60), 60)
                .frame(TIME, frame(99), 99)
                .bytes();
        Read read = read(gzip(Arrays.copyOf(file, 70), Arrays.copyOfRange(file, 70, file.length)));
        assertEquals(2, read.frames().size());
        assertEquals("gzip", read.summary().compression());
        assertArrayEquals(frame(99), read.frames().get(1).bytes());
    }

    @Test
    void a_file_larger_than_a_window_is_read_whole_mapped_and_inflated() {
        CaptureWriter writer = CaptureWriter.pcap(ByteOrder.LITTLE_ENDIAN, true, 1);
        byte[] frame = frame(60_000);
        for (int i = 0; i < 700; i++) {
            writer.frame(TIME + i, frame, frame.length);
        }
        for (byte[] file : List.of(writer.bytes(), gzip(writer.bytes()))) {
            Read read = read(file);
            assertEquals(700, read.frames().size());
            assertEquals(List.of(), read.problems());
            assertArrayEquals(frame, read.frames().get(699).bytes());
        }
    }

    @Test
    void a_cut_off_file_gives_what_came_before_and_says_where_it_ends() {
        byte[] whole = CaptureWriter.pcap(ByteOrder.LITTLE_ENDIAN, true, 1)
                .frame(TIME, frame(60), 60)
                .frame(TIME, frame(99), 99)
                .bytes();
        Read read = read(Arrays.copyOf(whole, whole.length - 10));
        assertEquals(1, read.frames().size());
        Problem problem = read.problems().getFirst();
        assertEquals(CaptureFile.DAMAGED, problem.code());
        assertEquals("capture ends inside frame 2 (needs 99 bytes, has 89) at byte 100.", problem.what());
        assertEquals(100, problem.offset());
        assertTrue(problem.remedy().startsWith("The 1 frames before it are loaded"));
    }

    @Test
    void every_prefix_and_every_flipped_byte_is_survived() {
        byte[] pcap = CaptureWriter.pcap(ByteOrder.BIG_ENDIAN, false, 1)
                .frame(TIME, frame(40), 40)
                .frame(TIME, frame(20), 20)
                .bytes();
        byte[] pcapng = CaptureWriter.pcapng(ByteOrder.LITTLE_ENDIAN)
                .describe(1, 64, "eth0", 9, 0)
                .packet(0, TIME, frame(40), 70)
                .drops(0, 3)
                .simple(frame(8))
                .bytes();
        Random random = new Random(5);
        for (byte[] file : List.of(pcap, pcapng)) {
            for (int length = 24; length < file.length; length++) {
                assertTrue(read(Arrays.copyOf(file, length)).frames().size() <= 2);
            }
            for (int i = 0; i < 3000; i++) {
                byte[] lying = file.clone();
                lying[12 + random.nextInt(lying.length - 12)] = (byte) random.nextInt();
                lying[12 + random.nextInt(lying.length - 12)] = (byte) random.nextInt();
                assertTrue(read(lying).frames().size() <= 40);
            }
        }
    }

    @Test
    void what_is_no_capture_is_named_with_a_code_of_its_own() throws IOException {
        assertEquals(CaptureFile.MISSING, problem(folder.resolve("none.pcap")).code());
        assertEquals(CaptureFile.NOT_A_FILE, problem(folder).code());
        assertEquals(
                CaptureFile.EMPTY,
                problem(Files.createFile(folder.resolve("empty.pcap"))).code());
        assertEquals(
                CaptureFile.NOT_A_CAPTURE,
                problem(write("text", "hello, world, hello".getBytes(StandardCharsets.UTF_8)))
                        .code());
        assertEquals(
                CaptureFile.NOT_A_CAPTURE,
                problem(write("short", new byte[] {1})).code());
        assertEquals(
                CaptureFile.NOT_A_CAPTURE,
                problem(write("text.gz", gzip(new byte[50]))).code());
        assertEquals(
                CaptureFile.OTHER_FORMAT,
                problem(write("snoop", "snoop\0\0\0\0\0\0\2".getBytes(StandardCharsets.UTF_8)))
                        .code());
        assertEquals(
                CaptureFile.OTHER_FORMAT,
                problem(write("zst", new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, 0, 0, 0}))
                        .code());
        assertEquals(
                CaptureFile.UNREADABLE,
                problem(write("bad.gz", new byte[] {0x1F, (byte) 0x8B, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9}))
                        .code());
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static Problem problem(Path file) {
        return switch (CaptureFile.open(file)) {
            case Outcome.Failed<FrameCursor>(var problem) -> problem;
            case Outcome.Ok<FrameCursor>(var cursor) -> throw new AssertionError(cursor.summary());
        };
    }
}
