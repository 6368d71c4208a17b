package phalanx.capture;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import phalanx.run.Problem;

/**
 * Goes through the frames of a capture file once, in file order. What {@link #bytes()} gives is valid until the next
 * {@link #next()}; no call allocates per frame. Damage ends the reading: what came before it has been delivered, and
 * {@link #problems()} says where and why. One thread.
 */
public abstract sealed class FrameCursor implements AutoCloseable permits PcapCursor, PcapngCursor {
    /** No link carries larger frames (the limit that libpcap sets, too); a record that says so is damaged. */
    static final int MOST_CAPTURED = 1 << 18 << 4;

    final ByteSource source;
    final String name;
    final List<Problem> problems = new ArrayList<>();
    final List<InterfaceCount> interfaces = new ArrayList<>();

    long recordOffset;
    long dataOffset;
    int captured;
    int length;
    long timeNanos;
    int interfaceId;

    private final String compression;
    private long frames;
    private long bytes;
    private long capturedBytes;
    private long truncated;
    private long firstNanos;

    FrameCursor(ByteSource source, String name, String compression) {
        this.source = source;
        this.name = name;
        this.compression = compression;
    }

    /** What is known of an interface while the file is read. */
    static final class InterfaceCount {
        String name = "";
        int linkType;
        int snaplen;
        long frames;
        long drops = -1;
        long ticksPerSecond = 1_000_000;
        long offsetSeconds;
    }

    /** Finds the next frame; the subclass sets the fields above. */
    abstract boolean advance() throws IOException;

    abstract String format();

    /** @return false at the end of the file, and at damage that ends it */
    public final boolean next() {
        boolean found;
        try {
            found = advance();
        } catch (IOException e) {
            damaged("cannot be read on (" + e.getMessage() + ")");
            found = false;
        }
        if (!found) {
            return false;
        }
        if (frames == 0) {
            firstNanos = timeNanos;
        }
        frames++;
        bytes += length;
        capturedBytes += captured;
        truncated += captured < length ? 1 : 0;
        interfaces.get(interfaceId).frames++;
        return true;
    }

    /** The window that holds the frame. */
    public final MemorySegment bytes() {
        return source.segment();
    }

    /** Offset of the frame's first byte in {@link #bytes()}. */
    public final long start() {
        return source.at(dataOffset);
    }

    /** Bytes of the frame that are in the file. */
    public final int captured() {
        return captured;
    }

    /** Bytes that the frame had on the wire. */
    public final int length() {
        return length;
    }

    /** Epoch nanoseconds. */
    public final long timeNanos() {
        return timeNanos;
    }

    /** LINKTYPE number of the interface that captured the frame. */
    public final int linkType() {
        return interfaces.get(interfaceId).linkType;
    }

    public final int interfaceId() {
        return interfaceId;
    }

    /** 1-based number of the frame in the file. */
    public final long frame() {
        return frames;
    }

    /** Byte offset of the frame's record in the uncompressed file. */
    public final long offset() {
        return recordOffset;
    }

    /** Share of the file on disk gone through, for progress. */
    public final long consumed() {
        return source.consumed();
    }

    /** Bytes of the file on disk. */
    public final long size() {
        return source.size();
    }

    /** What was wrong with the file; complete once {@link #next()} has returned false. */
    public final List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** What was counted so far. */
    public final CaptureSummary summary() {
        List<CaptureSummary.Interface> list = new ArrayList<>();
        for (InterfaceCount i : interfaces) {
            list.add(new CaptureSummary.Interface(list.size(), i.name, i.linkType, i.snaplen, i.frames, i.drops));
        }
        return new CaptureSummary(
                format(),
                compression,
                frames,
                bytes,
                capturedBytes,
                firstNanos,
                frames == 0 ? 0 : timeNanos,
                truncated,
                list);
    }

    /** Notes damage at the current record; frames before it stay. */
    final void damaged(String how) {
        problems.add(new Problem(
                CaptureFile.DAMAGED,
                "%s %s at byte %,d.".formatted(name, how, recordOffset),
                frames == 0
                        ? "No frame could be read; copy the file again from where it was taken."
                        : "The %,d frames before it are loaded; copy the file again if more are expected."
                                .formatted(frames),
                recordOffset,
                frames == 0 ? -1 : frames));
    }

    @Override
    public final void close() {
        source.close();
    }
}
