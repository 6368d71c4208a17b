package phalanx.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.run.Outcome;
import phalanx.run.Progress;

class FrameReaderTest {
    private static final int FRAMES = 1_000;
    private static final long TIME = 1_795_228_941_000_000_000L;

    @TempDir
    private Path folder = Path.of(".");

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(60 + number % 900).putInt(number).array();
    }

    private Path pcap() throws IOException {
        CaptureWriter writer = CaptureWriter.pcap(ByteOrder.BIG_ENDIAN, true, 1);
        for (int number = 1; number <= FRAMES; number++) {
            writer.frame(TIME + number, bytes(number), 1500);
        }
        return Files.write(folder.resolve("one.pcap"), writer.bytes());
    }

    /** Interfaces turn up on the way, and each is needed to read the frames behind it. */
    private Path pcapng() throws IOException {
        Path file = folder.resolve("one.pcapng");
        try (OutputStream out = Files.newOutputStream(file);
                PcapngWriter writer = new PcapngWriter(out, "")) {
            int id = 0;
            for (int number = 1; number <= FRAMES; number++) {
                if (number % 300 == 1) {
                    id = writer.addInterface("eth" + number / 300, 1, 0);
                }
                byte[] frame = bytes(number);
                writer.packet(id, TIME + number, frame, 0, frame.length, 1500, 0, number % 7 == 0 ? "seven" : "");
            }
        }
        return file;
    }

    private static void check(FrameReader reader, long number) {
        CapturedFrame frame = assertInstanceOf(Outcome.Ok.class, reader.read(number, Progress.NONE))
                                .value()
                        instanceof CapturedFrame f
                ? f
                : null;
        assertTrue(frame != null);
        assertEquals(number, frame.number());
        assertEquals(TIME + number, frame.nanos());
        assertEquals(1500, frame.length());
        assertArrayEquals(bytes((int) number), frame.bytes());
    }

    @Test
    void any_frame_is_read_in_any_order_from_every_kind_of_file() throws IOException {
        Path plain = pcap();
        Path zipped = folder.resolve("one.pcap.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            Files.copy(plain, out);
        }
        List<Integer> order = new ArrayList<>();
        for (int number = 1; number <= FRAMES; number++) {
            order.add(number);
        }
        Collections.shuffle(order, new Random(3));
        for (Path file : List.of(plain, pcapng(), zipped)) {
            FrameReader reader = new FrameReader(file);
            for (int number : order.subList(0, 200)) {
                check(reader, number);
            }
            check(reader, 1);
            check(reader, FRAMES);
            assertInstanceOf(Outcome.Failed.class, reader.read(FRAMES + 1L, Progress.NONE));
        }
    }

    @Test
    void interfaces_and_notes_are_known_wherever_reading_begins() throws IOException {
        FrameReader reader = new FrameReader(pcapng());
        for (long number : new long[] {999, 350, 7, 994}) {
            if (reader.read(number, Progress.NONE) instanceof Outcome.Ok<CapturedFrame>(var frame)) {
                assertEquals("eth" + (number - 1) / 300, frame.interfaceName());
                assertEquals(number % 7 == 0 ? "seven" : "", frame.comment());
            }
        }
    }

    @Test
    void a_file_that_changed_or_vanished_is_a_problem_in_words() throws IOException {
        Path file = pcap();
        FrameReader reader = new FrameReader(file);
        check(reader, 500);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 5_000));
        assertEquals(FrameReader.CHANGED, problem(reader));
        Files.delete(file);
        assertEquals(FrameReader.CHANGED, problem(reader));
    }

    private static String problem(FrameReader reader) {
        return switch (reader.read(500, Progress.NONE)) {
            case Outcome.Ok<CapturedFrame> ok -> "read " + ok;
            case Outcome.Failed<CapturedFrame>(var problem) -> problem.code();
        };
    }
}
