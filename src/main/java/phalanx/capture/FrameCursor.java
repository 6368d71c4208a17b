package phalanx.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import phalanx.run.Problem;

/**
 * Goes through the frames of a capture file once, in file order. What {@link #bytes()} gives is valid until the next
 * {@link #next()}; no call allocates per frame. Damage is stepped over where the next record can be found, and
 * {@link #problems()} says where and what. One thread.
 */
public abstract sealed class FrameCursor implements AutoCloseable permits PcapCursor, PcapngCursor, SnoopCursor {
    /** No link carries larger frames; a record that says so is damaged. */
    static final int MOST_CAPTURED = 1 << 22;

    /** Larger than any packet that segmentation offload joins; a frame that says it was larger lies. */
    static final int MOST_ON_WIRE = 1 << 24;

    /** A file with more faults than this is told by the first ones and their number. */
    private static final int MOST_PROBLEMS = 8;

    /** Captures do not compress better than this; more, beyond {@link #HARMLESS} bytes, is a bomb. */
    private static final long MOST_RATIO = 200;

    private static final long HARMLESS = 1L << 30;
    private static final int LOOK_EVERY = 1 << 12;

    final ByteWindow source;
    private final List<Problem> problems = new ArrayList<>();
    final List<InterfaceCount> interfaces = new ArrayList<>();

    long recordOffset;
    long dataOffset;
    int captured;
    int length;
    long timeNanos;
    int interfaceId;
    boolean stamped = true;

    private final Origin origin;
    private boolean growing;
    private int faults;
    private boolean given;
    private long frames;
    private long bytes;
    private long capturedBytes;
    private long truncated;
    private long firstNanos;
    private boolean anyStamp;

    FrameCursor(ByteWindow source, Origin origin) {
        this.source = source;
        this.origin = origin;
    }

    /**
     * Where the bytes come from.
     *
     * @param name of the file, for people
     * @param compression that was unwrapped, empty for none
     * @param disk the file as it lies there
     */
    record Origin(String name, String compression, Disk disk) {}

    /** What is known of an interface while the file is read. */
    static final class InterfaceCount {
        String name = "";
        int linkType;
        int snaplen;
        long frames;
        long drops = -1;
        long ticksPerSecond = 1_000_000;
        long offsetSeconds;

        /** The same interface with no frame of it seen. */
        InterfaceCount anew() {
            InterfaceCount same = new InterfaceCount();
            same.name = name;
            same.linkType = linkType;
            same.snaplen = snaplen;
            same.drops = drops;
            same.ticksPerSecond = ticksPerSecond;
            same.offsetSeconds = offsetSeconds;
            return same;
        }
    }

    /**
     * Where a cursor stands between two frames: enough for another cursor of the same file to go on from there.
     *
     * @param frames gone through
     * @param position of the next record
     * @param nanos stamp of the frame before
     * @param interfaces known so far
     * @param section what holds for the rest of a pcapng section
     */
    record Place(long frames, long position, long nanos, int interfaces, Section section) {}

    /**
     * What a pcapng section header says of all that follows.
     *
     * @param firstInterface number of the section's first interface in the file
     * @param unknownVersion whether it is left out
     */
    record Section(boolean littleEndian, int firstInterface, boolean unknownVersion) {
        static final Section NONE = new Section(false, 0, false);
    }

    /** Between two frames, before the next one. */
    abstract long position();

    abstract void position(long next);

    /** Of pcapng files. */
    Section section() {
        return Section.NONE;
    }

    /** Of pcapng files. */
    void section(Section now) {}

    final Place place() {
        return new Place(frames, position(), timeNanos, interfaces.size(), section());
    }

    /** Whether {@link #seek} is possible: not in what has to be unwrapped from its beginning. */
    final boolean seekable() {
        return origin.compression.isEmpty();
    }

    /** Goes on from a place in the same file; before the first frame. @param known the file's interfaces, at least up to that place */
    final void seek(Place place, List<InterfaceCount> known) throws IOException {
        source.seek(origin.disk, place.position);
        frames = place.frames;
        timeNanos = place.nanos;
        interfaces.clear();
        known.subList(0, place.interfaces).forEach(one -> interfaces.add(one.anew()));
        section(place.section);
        position(place.position);
    }

    /** The file is still written: what it ends inside of is no damage. */
    final void grows() {
        growing = true;
    }

    /** Notes that the file ends inside a record, unless the rest of it is still to come. */
    final void cutShort(String how) {
        if (!growing) {
            damaged(how);
        }
    }

    final boolean isGrowing() {
        return growing;
    }

    /** Finds the next frame; the subclass sets the fields above. */
    abstract boolean advance() throws IOException;

    abstract String format();

    /** @return false at the end of the file, and at damage that ends it */
    public final boolean next() {
        try {
            if (given || !advance()) {
                return false;
            }
        } catch (IOException e) {
            damaged("cannot be read on (" + e.getMessage() + ")");
            given = true;
            return false;
        }
        if (frames % LOOK_EVERY == 0 && endsAsBomb()) {
            return false;
        }
        if (stamped && !anyStamp) {
            firstNanos = timeNanos;
            anyStamp = true;
        }
        frames++;
        bytes += length;
        capturedBytes += captured;
        truncated += captured < length ? 1 : 0;
        interfaces.get(interfaceId).frames++;
        return true;
    }

    /** Whether it is compressed, and how much of it was read can be told. */
    private boolean isWrapped() {
        return !origin.compression.isEmpty() && consumed() > 0;
    }

    /** Whether it unpacks to more than any capture does; then no frame is found any more. */
    final boolean endsAsBomb() {
        if (!isWrapped() || recordOffset <= HARMLESS || recordOffset / MOST_RATIO <= consumed()) {
            return false;
        }
        damaged("unpacks to more than %,d times its size: a decompression bomb".formatted(MOST_RATIO));
        given = true;
        return true;
    }

    /** @return whether the search for the next record should be given up */
    final boolean tooFar(long from, long at) {
        return at - from > HARMLESS / 4 && isWrapped() && at / MOST_RATIO > consumed();
    }

    /** The window that holds the frame. */
    public final byte[] bytes() {
        return source.bytes();
    }

    /** Offset of the frame's first byte in {@link #bytes()}. */
    public final int start() {
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

    /** What someone noted on the frame, empty for nothing; several notes are joined by a line break. */
    public String comment() {
        return "";
    }

    /** Whether someone noted anything on the frame. */
    public boolean isCommented() {
        return false;
    }

    /** What someone noted on the file, of sections with different notes all; empty for nothing. */
    String fileComment() {
        return "";
    }

    /** Direction and reception of the frame as pcapng keeps them (epb_flags, draft section 4.3.1), 0 for not said. */
    public int frameFlags() {
        return 0;
    }

    /** Blocks that are neither frames nor interfaces, met so far: names, secrets, what others defined. */
    public List<KeptBlock> keptBlocks() {
        return List.of();
    }

    /**
     * A pcapng block that was not needed to read the frames.
     *
     * @param type of the block, draft section 11.1
     * @param body between its two lengths
     * @param littleEndian the order of the numbers in it
     */
    public record KeptBlock(int type, byte[] body, boolean littleEndian) {}

    /** 1-based number of the frame in the file. */
    public final long frame() {
        return frames;
    }

    /** Byte offset of the frame's record in the uncompressed file. */
    public final long offset() {
        return recordOffset;
    }

    /** Bytes of the file on disk gone through, for progress. */
    public final long consumed() {
        return origin.disk.count();
    }

    /** Bytes of the file on disk, 0 for a pipe. */
    public final long size() {
        return origin.disk.size();
    }

    /** What was wrong with the file; complete once {@link #next()} has returned false. */
    public final List<Problem> problems() {
        List<Problem> all = new ArrayList<>(problems);
        if (faults > MOST_PROBLEMS) {
            all.add(new Problem(
                    CaptureFile.DAMAGED,
                    "%s has %,d more faults of such kinds.".formatted(origin.name, faults - MOST_PROBLEMS),
                    "All frames that could be found are loaded."));
        }
        return all;
    }

    /** What is known of an interface so far. @param id of a frame of this file */
    public final CaptureSummary.Interface interfaceInfo(int id) {
        InterfaceCount one = interfaces.get(id);
        return new CaptureSummary.Interface(id, one.name, one.linkType, one.snaplen, one.frames, one.drops);
    }

    /** What was counted so far. */
    public final CaptureSummary summary() {
        List<CaptureSummary.Interface> list = new ArrayList<>();
        for (int id = 0; id < interfaces.size(); id++) {
            list.add(interfaceInfo(id));
        }
        return new CaptureSummary(
                format(),
                origin.compression,
                frames,
                bytes,
                capturedBytes,
                firstNanos,
                frames == 0 ? 0 : timeNanos,
                truncated,
                list,
                fileComment());
    }

    /** Notes damage at the current record; frames before it stay. */
    final void damaged(String how) {
        fault(
                how,
                frames == 0
                        ? "No frame before it could be read; copy the file again from where it was taken."
                        : "The %,d frames before it are loaded; copy the file again if more are expected."
                                .formatted(frames));
    }

    /** Notes damage at the current record that reading goes on behind. */
    final void stepped(String how, long skipped) {
        fault(
                how,
                "%,d bytes were skipped, and reading went on behind them; frames in them are missing."
                        .formatted(skipped));
    }

    /** Notes a frame that says it was impossibly long on the wire; it counts with the bytes that are there. */
    final void lied(long onWire) {
        fault(
                "says that a frame had %,d bytes on the wire".formatted(onWire),
                "It counts with the bytes that the file holds.");
    }

    private void fault(String how, String remedy) {
        if (faults++ < MOST_PROBLEMS) {
            problems.add(new Problem(
                    CaptureFile.DAMAGED,
                    "%s %s at byte %,d.".formatted(origin.name, how, recordOffset),
                    remedy,
                    recordOffset,
                    frames == 0 ? -1 : frames));
        }
    }

    @Override
    public final void close() {
        try {
            source.close();
            origin.disk.close();
        } catch (IOException e) {
            System.getLogger("phalanx.capture").log(System.Logger.Level.DEBUG, "closing a capture", e);
        }
    }
}
