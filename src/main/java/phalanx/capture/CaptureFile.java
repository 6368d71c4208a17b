package phalanx.capture;

import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Opens capture files by what they contain, whatever they are called. Any thread; the cursor belongs to one. */
public final class CaptureFile {
    /** No such file. */
    public static final String MISSING = "PHX-1001";
    /** A folder, a device, not a file. */
    public static final String NOT_A_FILE = "PHX-1002";
    /** The file may not be read. */
    public static final String FORBIDDEN = "PHX-1003";
    /** The file has no bytes. */
    public static final String EMPTY = "PHX-1004";
    /** The file is something else than a capture. */
    public static final String NOT_A_CAPTURE = "PHX-1005";
    /** A capture in a format that is not read yet. */
    public static final String OTHER_FORMAT = "PHX-1006";
    /** The disk or the compression failed. */
    public static final String UNREADABLE = "PHX-1007";
    /** The file ends early or contradicts itself; what could be read around that is. */
    public static final String DAMAGED = "PHX-1010";

    /** The name that stands for the standard input. */
    public static final Path STANDARD_INPUT = Path.of("-");

    private static final int NETMON_1 = 0x52545353, NETMON_2 = 0x474D4255, ZIP = 0x504B0304;
    private static final String READS = "Phalanx reads pcap, pcapng and snoop, plain or in gzip, zstd or lz4.";

    /** First bytes that tell what a file is. */
    private static final int PEEKED = 4;

    private CaptureFile() {}

    private static int number(byte[] first) {
        int number = 0;
        for (int i = 0; i < PEEKED; i++) {
            number = number << 8 | (i < first.length ? first[i] & 0xFF : 0);
        }
        return number;
    }

    /** @return a cursor before the first frame, to be closed by the caller */
    public static Outcome<FrameCursor> open(Path file) {
        return open(file, () -> false);
    }

    /**
     * As {@link #open(Path)}, of a file that is still written.
     *
     * @param follow asked ten times a second at the end of the file whether more is to be waited for; from the reader's thread
     */
    public static Outcome<FrameCursor> open(Path file, BooleanSupplier follow) {
        boolean stream = file.equals(STANDARD_INPUT);
        String name = stream ? "The standard input" : String.valueOf(file.getFileName());
        try {
            if (!stream && !Files.exists(file)) {
                return failed(MISSING, file + " does not exist.", "Check the path; the other files are not affected.");
            }
            if (!stream && Files.isDirectory(file)) {
                return failed(
                        NOT_A_FILE,
                        file + " is a folder without captures.",
                        "Name captures, or a folder that holds some.");
            }
            while (!stream && Files.isRegularFile(file) && Files.size(file) < PEEKED && follow.getAsBoolean()) {
                LockSupport.parkNanos(ByteWindow.LOOK_AGAIN_NANOS);
            }
            if (!stream && Files.isRegularFile(file) && Files.size(file) == 0) {
                return empty(name);
            }
            FileChannel channel = stream ? standardInput() : FileChannel.open(file, StandardOpenOption.READ);
            boolean mayGrow = !stream && Files.isRegularFile(file); // a pipe that ends has ended
            return open(name, new Disk(channel), mayGrow ? follow : () -> false, !mayGrow);
        } catch (AccessDeniedException e) {
            return failed(FORBIDDEN, name + " may not be read by you.", "Change its permissions or copy it.");
        } catch (IOException e) {
            return unreadable(name, e);
        }
    }

    /**
     * As {@link #open(Path)}, of what somebody sends: frames are there as soon as they have come. Waits for the first bytes.
     *
     * @param name for people, at the beginning of a sentence
     * @param stream closed with the cursor
     */
    public static Outcome<FrameCursor> open(String name, ReadableByteChannel stream) {
        try {
            return open(name, new Disk(stream), () -> false, true);
        } catch (IOException e) {
            return unreadable(name, e);
        }
    }

    @SuppressWarnings("resource") // belongs to the process
    private static FileChannel standardInput() {
        return new FileInputStream(FileDescriptor.in).getChannel();
    }

    private static Outcome<FrameCursor> open(String name, Disk disk, BooleanSupplier follow, boolean live)
            throws IOException {
        try {
            byte[] first = Channels.newInputStream(disk).readNBytes(PEEKED);
            if (first.length == 0) {
                disk.close();
                return empty(name);
            }
            Compression compression = Compression.of(number(first));
            ReadableByteChannel channel = disk;
            if (compression != Compression.NONE) {
                channel = Channels.newChannel(compression.unwrap(rewound(disk, first)));
                first = Channels.newInputStream(channel).readNBytes(PEEKED);
            }
            return cursor(
                    new ByteWindow(channel, first, follow, live),
                    new FrameCursor.Origin(name, compression.word(), disk),
                    first);
        } catch (IOException e) {
            disk.close();
            return unreadable(name, e);
        }
    }

    /** The stream from its beginning, the bytes peeked at included. */
    private static InputStream rewound(Disk disk, byte[] first) {
        return new SequenceInputStream(new ByteArrayInputStream(first), Channels.newInputStream(disk));
    }

    private static Outcome<FrameCursor> cursor(ByteWindow window, FrameCursor.Origin origin, byte[] first)
            throws IOException {
        int magic = number(first);
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            int word = order == ByteOrder.BIG_ENDIAN ? magic : Integer.reverseBytes(magic);
            if (word == PcapCursor.MICROS || word == PcapCursor.NANOS || word == PcapCursor.MODIFIED) {
                return Outcome.ok(new PcapCursor(window, origin, order, word));
            }
        }
        if (magic == PcapngCursor.SECTION) {
            return Outcome.ok(new PcapngCursor(window, origin));
        }
        if (magic == SnoopCursor.MAGIC) {
            return Outcome.ok(new SnoopCursor(window, origin));
        }
        window.close();
        Problem known = foreign(origin.name(), magic);
        String wrapped = origin.compression().isEmpty() ? "" : " inside its " + origin.compression() + " wrapping";
        return known != null
                ? Outcome.failed(known)
                : failed(NOT_A_CAPTURE, origin.name() + " is no packet capture" + wrapped + ".", READS);
    }

    /** A name for content that is known and none of ours. */
    private static @Nullable Problem foreign(String name, int magic) {
        return switch (magic) {
            case NETMON_1, NETMON_2 ->
                new Problem(
                        OTHER_FORMAT,
                        name + " is a Network Monitor capture.",
                        "Convert it: editcap -F pcapng IN OUT. " + READS);
            case ZIP ->
                new Problem(
                        NOT_A_CAPTURE, name + " is a zip archive.", "Unpack it and open the captures in it. " + READS);
            default -> null;
        };
    }

    private static Outcome<FrameCursor> empty(String name) {
        return failed(
                EMPTY, name + " is empty (0 bytes).", "Copy it again; the capture may not have been written out yet.");
    }

    private static Outcome<FrameCursor> unreadable(String name, IOException e) {
        return failed(
                UNREADABLE,
                name + " cannot be read (" + e.getMessage() + ").",
                "Copy it again from where it was taken, or check the disk it lies on.");
    }

    private static Outcome<FrameCursor> failed(String code, String what, String remedy) {
        return Outcome.failed(new Problem(code, what, remedy));
    }
}
