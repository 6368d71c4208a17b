package phalanx.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.airlift.compress.v3.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
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
                byte[] bytes = Arrays.copyOfRange(cursor.bytes(), cursor.start(), cursor.start() + cursor.captured());
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
    void a_file_larger_than_a_window_is_read_whole_plain_and_inflated() {
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
    void zstd_and_lz4_are_unwrapped_frame_after_frame() throws IOException {
        byte[] file = CaptureWriter.pcap(ByteOrder.LITTLE_ENDIAN, true, 1)
                .frame(TIME, frame(60), 60)
                .frame(TIME, frame(99), 99)
                .bytes();
        Map<String, Wrapping> wrappings =
                Map.of("zstd", ZstdOutputStream::new, "lz4", FramedLZ4CompressorOutputStream::new);
        for (Map.Entry<String, Wrapping> wrapping : wrappings.entrySet()) {
            Read read = read(twice(file, wrapping.getValue()));
            assertEquals(List.of(), read.problems());
            assertEquals(2, read.frames().size());
            assertEquals(wrapping.getKey(), read.summary().compression());
            assertArrayEquals(frame(99), read.frames().get(1).bytes());
        }
    }

    /** Something that compresses what is written to it. */
    private interface Wrapping {
        OutputStream around(OutputStream out) throws IOException;
    }

    private static byte[] twice(byte[] file, Wrapping wrapping) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] half : List.of(Arrays.copyOf(file, 70), Arrays.copyOfRange(file, 70, file.length))) {
            try (OutputStream wrapped = wrapping.around(out)) {
                wrapped.write(half);
            }
        }
        return out.toByteArray();
    }

    @Test
    void snoop_is_read_by_its_record_lengths() {
        ByteBuffer file = ByteBuffer.allocate(16 + 2 * 24 + 60 + 64);
        file.putLong(0x736E6F6F70000000L).putInt(2).putInt(4);
        file.putInt(900)
                .putInt(60)
                .putInt(24 + 60)
                .putInt(0)
                .putInt(1000)
                .putInt(7)
                .put(frame(60));
        file.putInt(62)
                .putInt(62)
                .putInt(24 + 64)
                .putInt(0)
                .putInt(1001)
                .putInt(0)
                .put(frame(62));
        Read read = read(file.array());
        assertEquals(List.of(), read.problems());
        assertEquals("snoop", read.summary().format());
        assertEquals(
                List.of(1_000_000_007_000L, 1_001_000_000_000L),
                read.frames().stream().map(Frame::nanos).toList());
        assertEquals(900, read.frames().getFirst().length());
        assertArrayEquals(frame(62), read.frames().get(1).bytes());
        assertEquals(1, read.summary().interfaces().getFirst().linkType());
    }

    @Test
    void a_file_that_is_still_written_is_followed_until_nobody_waits() throws IOException {
        byte[] whole = CaptureWriter.pcap(ByteOrder.LITTLE_ENDIAN, true, 1)
                .frame(TIME, frame(60), 60)
                .frame(TIME, frame(99), 99)
                .bytes();
        Path growing = Files.write(folder.resolve("growing"), Arrays.copyOf(whole, 70)); // inside the first frame
        int[] asked = {0};
        Outcome<FrameCursor> opened = CaptureFile.open(growing, () -> {
            try {
                if (asked[0]++ == 0) {
                    Files.write(growing, whole);
                }
                return asked[0] <= 2;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        if (!(opened instanceof Outcome.Ok<FrameCursor>(var cursor))) {
            throw new AssertionError(opened);
        }
        try (cursor) {
            assertTrue(cursor.next());
            assertTrue(cursor.next());
            assertEquals(99, cursor.captured());
            assertFalse(cursor.next());
            assertEquals(List.of(), cursor.problems());
        }
        assertEquals(3, asked[0]);
    }

    @Test
    void reading_goes_on_behind_damage_and_says_what_it_skipped() {
        CaptureWriter pcap = CaptureWriter.pcap(ByteOrder.LITTLE_ENDIAN, true, 1);
        CaptureWriter pcapng = CaptureWriter.pcapng(ByteOrder.BIG_ENDIAN).describe(1, 0, "eth0", 9, 0);
        for (int i = 0; i < 20; i++) {
            pcap.frame(TIME + i, frame(60 + i), 60 + i);
            pcapng.packet(0, TIME + i, frame(60 + i), 60 + i);
        }
        for (byte[] file : List.of(pcap.bytes(), pcapng.bytes())) {
            int middle = file.length / 2;
            byte[] cut = new byte[file.length - 7]; // seven bytes are missing, as after a bad copy
            System.arraycopy(file, 0, cut, 0, middle);
            System.arraycopy(file, middle + 7, cut, middle, cut.length - middle);
            Read read = read(cut);
            assertTrue(read.frames().size() >= 17, read.frames().size() + " of 20 frames");
            assertArrayEquals(frame(79), read.frames().getLast().bytes());
            assertEquals(CaptureFile.DAMAGED, read.problems().getFirst().code());
            assertTrue(
                    read.problems().getFirst().remedy().contains("bytes were skipped"),
                    read.problems().getFirst().remedy());
        }
    }

    @Test
    void a_decompression_bomb_is_given_up_and_named() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(CaptureWriter.pcap(ByteOrder.LITTLE_ENDIAN, true, 1).bytes());
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 1100; i++) {
                gzip.write(zeros);
            }
        }
        try (FrameCursor cursor = open(out.toByteArray())) {
            long frames = 0;
            while (cursor.next()) {
                frames++;
            }
            assertTrue(frames > 60_000_000, frames + " empty frames before it is taken for a bomb");
            assertTrue(cursor.problems().getLast().what().contains("decompression bomb"));
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
    void a_zstd_header_that_the_library_refuses_in_its_own_way_is_no_fault_of_ours() throws IOException {
        Path file = Path.of("src/test/resources/fuzz/Capture/zstd-bad-header"); // found by fuzzing
        assertEquals(CaptureFile.UNREADABLE, problem(file).code());
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
                problem(write("netmon.cap", "GMBU\0\2\0\0".getBytes(StandardCharsets.UTF_8)))
                        .code());
        for (byte[] magic : List.of(
                new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, 0, 0, 0},
                new byte[] {4, 0x22, 0x4D, 0x18, 0, 0, 0, 0})) {
            assertTrue(Set.of(CaptureFile.UNREADABLE, CaptureFile.NOT_A_CAPTURE)
                    .contains(problem(write("wrapped", magic)).code()));
        }
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
