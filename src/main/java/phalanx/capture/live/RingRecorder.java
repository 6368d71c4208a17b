package phalanx.capture.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phalanx.capture.PcapngWriter;

/**
 * Writes frames to pcapng files, a new one by size or time, and takes the oldest away. Each file is a whole capture from its first block
 * on, and lacks no more than what came since the last {@link #flush} when the process is killed. Any thread.
 */
final class RingRecorder implements FrameReceiver, AutoCloseable {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int LOOK_EVERY = 1 << 20;
    private static final int UNKNOWN = -1;

    /** The disk is as full as it may get. */
    static final class NoRoomException extends IOException {
        private static final long serialVersionUID = 1;

        NoRoomException(Path folder, long left) {
            super("%,d MB are free in %s".formatted(left >> 20, folder));
        }
    }

    private final RingOptions options;
    private final CaptureOptions captured;
    private final Path folder;
    private final Deque<Path> older = new ArrayDeque<>();
    private volatile Path file;
    private @Nullable PcapngWriter writer;
    private int[] interfaces = {};
    private int number;
    private long begunNanos;
    private long lookAt;
    private long lastNanos;
    private String remark = "";

    /** @throws java.nio.file.FileAlreadyExistsException when it would overwrite something */
    RingRecorder(RingOptions options, CaptureOptions captured) throws IOException {
        this.options = options;
        this.captured = captured;
        folder = Objects.requireNonNull(options.file().toAbsolutePath().getParent(), "a file is in a folder");
        file = begin();
    }

    private Path begin() throws IOException {
        Path next = options.rotates() ? numbered(++number) : options.file().toAbsolutePath();
        makeRoom();
        writer = new PcapngWriter(Files.newOutputStream(next, StandardOpenOption.CREATE_NEW), "");
        writer.flush();
        Arrays.fill(interfaces, UNKNOWN);
        begunNanos = System.nanoTime();
        lookAt = LOOK_EVERY;
        return next;
    }

    private Path numbered(int of) {
        String name = String.valueOf(options.file().getFileName());
        int dot = name.lastIndexOf('.');
        String base = dot > 0 ? name.substring(0, dot) : name;
        String ending = dot > 0 ? name.substring(dot) : ".pcapng";
        return folder.resolve("%s_%05d_%s%s".formatted(base, of, STAMP.format(Instant.now()), ending));
    }

    /** The file that is written now. */
    Path file() {
        return file;
    }

    /** Files before that one that are still there. */
    synchronized int older() {
        return older.size();
    }

    @Override
    public synchronized void frame(int linkType, long nanos, byte[] bytes, int start, int captured, int length)
            throws IOException {
        PcapngWriter out = writer;
        if (out == null) {
            throw new IOException("the file is closed");
        }
        out.packet(interfaceOf(linkType, out), nanos, bytes, start, captured, length, 0, remark);
        remark = "";
        if (lastNanos == 0) {
            begunNanos = System.nanoTime(); // it may have waited for others to begin
        }
        lastNanos = nanos;
        if (options.mostOctets() > 0 && out.written() >= options.mostOctets()) {
            rotate();
        } else if (out.written() >= lookAt) {
            lookAt = out.written() + LOOK_EVERY;
            makeRoom();
        }
    }

    /** Says something of the next frame, in a comment. */
    synchronized void remark(String text) {
        remark = remark.isEmpty() ? text : remark + "; " + text;
    }

    private int interfaceOf(int linkType, PcapngWriter out) throws IOException {
        if (linkType >= interfaces.length) {
            int from = interfaces.length;
            interfaces = Arrays.copyOf(interfaces, linkType + 1);
            Arrays.fill(interfaces, from, interfaces.length, UNKNOWN);
        }
        if (interfaces[linkType] == UNKNOWN) {
            interfaces[linkType] = out.addInterface(captured.device(), linkType, captured.snaplen());
        }
        return interfaces[linkType];
    }

    /** Hands what came to the operating system, and begins another file when its time has come; to be called some times a second. */
    synchronized void flush() throws IOException {
        PcapngWriter out = writer;
        if (out == null) {
            return;
        }
        out.flush();
        if (options.mostSeconds() > 0
                && System.nanoTime() - begunNanos >= options.mostSeconds() * 1_000_000_000L
                && lastNanos != 0) {
            rotate();
        }
    }

    private void rotate() throws IOException {
        end(-1);
        older.add(file);
        while (options.mostFiles() > 0 && older.size() >= options.mostFiles()) {
            Files.deleteIfExists(older.removeFirst());
        }
        file = begin();
    }

    /** Takes own old files away until the floor is kept. */
    private void makeRoom() throws IOException {
        while (free() < options.floorOctets()) {
            if (options.mostFiles() == 0 || older.isEmpty()) {
                throw new NoRoomException(folder, free());
            }
            Files.deleteIfExists(older.removeFirst());
        }
    }

    private long free() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    private void end(long dropped) throws IOException {
        PcapngWriter out = writer;
        writer = null;
        if (out != null) {
            try (out) {
                for (int id : interfaces) {
                    if (id != UNKNOWN && dropped >= 0) {
                        out.statistics(id, lastNanos, dropped);
                    }
                }
            }
        }
    }

    /** Ends the file. @param dropped frames that were lost before they came here, -1 for not known */
    synchronized void close(long dropped) throws IOException {
        end(dropped);
    }

    @Override
    public void close() throws IOException {
        close(-1);
    }
}
