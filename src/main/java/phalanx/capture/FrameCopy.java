package phalanx.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes frames of one capture file into a new pcapng file, with their interfaces, notes and what else the file held. One thread. */
public final class FrameCopy implements AutoCloseable {
    private static final int UNKNOWN = -1;

    private final OutputStream out;
    private final String comment;
    private @Nullable PcapngWriter writer;
    private int[] interfaces = {};
    private int keptBlocks;
    private int leftBlocks;
    private long frames;

    /** @param out closed with the copy  @param comment on the whole file, empty for none; what was redacted is said before it */
    public FrameCopy(OutputStream out, String comment) {
        this.out = out;
        this.comment = comment;
    }

    private PcapngWriter writer(FrameCursor cursor) throws IOException {
        PcapngWriter begun = writer;
        if (begun == null) {
            begun = new PcapngWriter(out, (cursor.summary().redaction() + " " + comment).strip());
            writer = begun;
        }
        return begun;
    }

    /** @param note added to what is noted on the frame already, empty for nothing */
    public void add(FrameCursor cursor, String note) throws IOException {
        PcapngWriter to = writer(cursor);
        takeOverBlocks(cursor, to);
        int id = cursor.interfaceId();
        if (id >= interfaces.length) {
            int from = interfaces.length;
            interfaces = Arrays.copyOf(interfaces, id + 8);
            Arrays.fill(interfaces, from, interfaces.length, UNKNOWN);
        }
        if (interfaces[id] == UNKNOWN) {
            CaptureSummary.Interface one = cursor.interfaceInfo(id);
            interfaces[id] = to.addInterface(one.name(), one.linkType(), one.snaplen());
        }
        String before = cursor.comment();
        to.packet(
                interfaces[id],
                cursor.timeNanos(),
                cursor.bytes(),
                cursor.start(),
                cursor.captured(),
                cursor.length(),
                cursor.frameFlags(),
                before.isEmpty() || note.isEmpty() ? before + note : before + "\n" + note);
        frames++;
    }

    /** Names and secrets come before the frames that they are for. */
    private void takeOverBlocks(FrameCursor cursor, PcapngWriter to) throws IOException {
        while (keptBlocks < cursor.keptBlocks().size()) {
            FrameCursor.KeptBlock block = cursor.keptBlocks().get(keptBlocks++);
            if (block.littleEndian()) {
                to.block(block.type(), block.body());
            } else {
                leftBlocks++;
            }
        }
    }

    /** Writes what the capturing machine said it lost, once the file is read to its end. */
    public void finish(FrameCursor cursor) throws IOException {
        PcapngWriter to = writer(cursor);
        takeOverBlocks(cursor, to);
        for (CaptureSummary.Interface one : cursor.summary().interfaces()) {
            if (one.drops() >= 0 && one.id() < interfaces.length && interfaces[one.id()] != UNKNOWN) {
                to.statistics(interfaces[one.id()], cursor.timeNanos(), one.drops());
            }
        }
    }

    public long frames() {
        return frames;
    }

    /** Blocks of the other byte order, which cannot be taken over as they are. */
    public int leftBlocks() {
        return leftBlocks;
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        } else {
            out.close();
        }
    }
}
