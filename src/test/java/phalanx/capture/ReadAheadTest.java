package phalanx.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.run.Outcome;

/** What another thread reads ahead arrives whole and in order, and its end is told whatever ended it. */
class ReadAheadTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder = Path.of(".");

    /** A channel of so many bytes, each its offset, in pieces of any size, that then ends in its own way. */
    private static ReadableByteChannel channel(int size, int piece, Runnable atEnd) {
        Random random = new Random(piece);
        return new ReadableByteChannel() {
            private int at;

            @Override
            public int read(ByteBuffer into) {
                if (at == size) {
                    atEnd.run();
                    return -1;
                }
                int count = Math.min(Math.min(into.remaining(), random.nextInt(piece)), size - at);
                for (int i = 0; i < count; i++) {
                    into.put((byte) (at++ * 31 >>> 3));
                }
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }

    private static long readAll(ByteWindow window, long[] lengths) throws IOException {
        long offset = 0;
        for (int i = 0; ; i++) {
            long length = lengths[i % lengths.length];
            long got = window.require(offset, length);
            for (long at = offset; at < offset + got; at++) {
                assertEquals((byte) ((int) at * 31 >>> 3), window.bytes()[window.at(at)], "byte " + at);
            }
            offset += got;
            if (got < length) {
                return offset;
            }
        }
    }

    @Test
    void bytes_are_whole_at_every_border_for_lengths_below_and_above_a_block() {
        int size = 9_000_000;
        for (long[] lengths :
                new long[][] {{1000, 70_000, 17}, {130_000, 140_000}, {600_000, 3}, {3_000_000, 1, 900_000}}) {
            assertTimeoutPreemptively(SOON, () -> {
                try (ByteWindow window = new ByteWindow(
                        channel(size, 300_000, () -> {}), new byte[0], () -> false, lengths.length == 2)) {
                    assertEquals(size, readAll(window, lengths));
                }
            });
        }
    }

    @Test
    void a_fault_behind_good_bytes_is_told_after_them() {
        for (Throwable fault : new Throwable[] {
            new IllegalStateException("broken"), new StackOverflowError("deep"), new LinkageError("gone")
        }) {
            assertTimeoutPreemptively(SOON, () -> {
                ReadableByteChannel source = channel(3_000_000, 90_000, () -> {
                    switch (fault) {
                        case RuntimeException e -> throw e;
                        case Error e -> throw e;
                        default -> throw new AssertionError(fault);
                    }
                });
                try (ByteWindow window = new ByteWindow(source, new byte[0], () -> false, true)) {
                    assertEquals(2_900_000, window.require(0, 2_900_000));
                    IOException told = assertThrows(IOException.class, () -> window.require(2_900_000, 200_000));
                    assertEquals(fault.getMessage(), told.getMessage());
                    assertThrows(IOException.class, () -> window.require(2_900_000, 200_000));
                }
            });
        }
    }

    @Test
    void a_cut_gzip_of_several_mebibytes_gives_its_frames_and_says_where_it_ends() throws IOException {
        CaptureWriter writer = CaptureWriter.pcap(ByteOrder.LITTLE_ENDIAN, true, 1);
        Random random = new Random(4);
        for (int i = 0; i < 4000; i++) {
            byte[] frame = new byte[1000];
            random.nextBytes(frame);
            writer.frame(i, frame, frame.length);
        }
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(writer.bytes());
        }
        Path file = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(zipped.toByteArray(), 3_000_000));
        assertTimeoutPreemptively(SOON, () -> {
            if (CaptureFile.open(file) instanceof Outcome.Ok<FrameCursor>(var cursor)) {
                try (cursor) {
                    int frames = 0;
                    while (cursor.next()) {
                        frames++;
                    }
                    assertTrue(frames > 2800, "frames " + frames);
                    assertEquals(1, cursor.problems().size());
                }
            }
        });
    }
}
