package phalanx.capture;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
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
    /** The file ends early or contradicts itself; what comes before is read. */
    public static final String DAMAGED = "PHX-1010";

    private static final long SNOOP = 0x736E6F6F_70000000L;
    private static final int NETMON_1 = 0x52545353, NETMON_2 = 0x474D4255;
    private static final int ZSTD = 0x28B52FFD, LZ4 = 0x04224D18, ZIP = 0x504B0304;
    private static final String READS = "Phalanx reads pcap and pcapng, plain or gzip.";

    private CaptureFile() {}

    /** @return a cursor before the first frame, to be closed by the caller */
    public static Outcome<FrameCursor> open(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            if (!Files.exists(file)) {
                return failed(MISSING, file + " does not exist.", "Check the path; the other files are not affected.");
            }
            if (!Files.isRegularFile(file)) {
                return failed(NOT_A_FILE, file + " is not a file.", "Name the capture files in it.");
            }
            if (Files.size(file) == 0) {
                return failed(
                        EMPTY,
                        name + " is empty (0 bytes).",
                        "Copy it again; the capture may not have been written out yet.");
            }
            return open(file, name);
        } catch (AccessDeniedException e) {
            return failed(FORBIDDEN, name + " may not be read by you.", "Change its permissions or copy it.");
        } catch (ZipException e) {
            return failed(
                    UNREADABLE,
                    name + " is no valid gzip file (" + e.getMessage() + ").",
                    "Copy it again, or gunzip what can be saved.");
        } catch (IOException e) {
            return failed(
                    UNREADABLE,
                    name + " cannot be read (" + e.getMessage() + ").",
                    "Check the disk or share it lies on.");
        }
    }

    private static Outcome<FrameCursor> open(Path file, String name) throws IOException {
        byte[] first;
        try (InputStream stream = Files.newInputStream(file)) {
            first = stream.readNBytes(16);
        }
        boolean gzip = first.length >= 2 && first[0] == 0x1F && first[1] == (byte) 0x8B;
        if (!gzip) {
            Problem problem = foreign(name, first);
            return problem == null ? cursor(new MappedBytes(file), name, "") : Outcome.failed(problem);
        }
        return cursor(new InflatedBytes(file), name, "gzip");
    }

    private static Outcome<FrameCursor> cursor(ByteSource source, String name, String compression) throws IOException {
        try {
            if (source.require(0, 4) == 4) {
                ByteBuffer bytes = ByteBuffer.allocate(4);
                for (int i = 0; i < 4; i++) {
                    bytes.put(i, source.segment().get(ValueLayout.JAVA_BYTE, source.at(i)));
                }
                for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                    int magic = bytes.order(order).getInt(0);
                    if (magic == PcapCursor.MICROS || magic == PcapCursor.NANOS) {
                        return Outcome.ok(new PcapCursor(source, name, compression, order, magic == PcapCursor.NANOS));
                    }
                }
                if (bytes.getInt(0) == PcapngCursor.SECTION) {
                    return Outcome.ok(new PcapngCursor(source, name, compression));
                }
            }
            source.close();
            return failed(
                    NOT_A_CAPTURE,
                    name + " is no packet capture"
                            + (compression.isEmpty() ? "" : " inside its " + compression + " wrapping") + ".",
                    READS);
        } catch (IOException e) {
            source.close();
            throw e;
        }
    }

    /** A name for content that is known and no pcap; null when it may be one. */
    private static @Nullable Problem foreign(String name, byte[] first) {
        long head = 0;
        for (int i = 0; i < 8; i++) {
            head = head << 8 | (i < first.length ? first[i] & 0xFF : 0);
        }
        int magic = (int) (head >>> 32);
        if (head == SNOOP) {
            return other(name, "a snoop capture");
        }
        if (magic == NETMON_1 || magic == NETMON_2) {
            return other(name, "a Network Monitor capture");
        }
        if (magic == ZSTD || magic == LZ4) {
            return new Problem(
                    OTHER_FORMAT,
                    name + " is compressed by " + (magic == ZSTD ? "zstd" : "lz4") + ".",
                    "Decompress it first. " + READS);
        }
        if (magic == ZIP) {
            return new Problem(
                    NOT_A_CAPTURE, name + " is a zip archive.", "Unpack it and open the captures in it. " + READS);
        }
        return null;
    }

    private static Problem other(String name, String what) {
        return new Problem(OTHER_FORMAT, name + " is " + what + ".", "Convert it: editcap -F pcapng IN OUT. " + READS);
    }

    private static Outcome<FrameCursor> failed(String code, String what, String remedy) {
        return Outcome.failed(new Problem(code, what, remedy));
    }
}
