package phalanx.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Writes frames of one capture file into a new pcapng file, with their interfaces, notes and what else the file held. One thread. */
public final class FrameCopy implements AutoCloseable {
    private static final int UNKNOWN = -1;

    private final PcapngWriter writer;
    private int[] interfaces = {};
    private int keptBlocks;
    private int leftBlocks;
    private long frames;

    /** @param out closed with the copy  @param comment on the whole file, empty for none */
    public FrameCopy(OutputStream out, String comment) throws IOException {
        writer = new PcapngWriter(out, comment);
    }

    /** @param note added to what is noted on the frame already, empty for nothing */
    public void add(FrameCursor cursor, String note) throws IOException {
        takeOverBlocks(cursor);
        int id = cursor.interfaceId();
        if (id >= interfaces.length) {
            int from = interfaces.length;
            interfaces = Arrays.copyOf(interfaces, id + 8);
            Arrays.fill(interfaces, from, interfaces.length, UNKNOWN);
        }
        if (interfaces[id] == UNKNOWN) {
            CaptureSummary.Interface one = cursor.interfaceInfo(id);
            interfaces[id] = writer.addInterface(one.name(), one.linkType(), one.snaplen());
        }
        String before = cursor.comment();
        writer.packet(
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
    private void takeOverBlocks(FrameCursor cursor) throws IOException {
        while (keptBlocks < cursor.keptBlocks().size()) {
            FrameCursor.KeptBlock block = cursor.keptBlocks().get(keptBlocks++);
            if (block.littleEndian()) {
                writer.block(block.type(), block.body());
            } else {
                leftBlocks++;
            }
        }
    }

    /** Writes what the capturing machine said it lost, once the file is read to its end. */
    public void finish(FrameCursor cursor) throws IOException {
        takeOverBlocks(cursor);
        for (CaptureSummary.Interface one : cursor.summary().interfaces()) {
            if (one.drops() >= 0 && one.id() < interfaces.length && interfaces[one.id()] != UNKNOWN) {
                writer.statistics(interfaces[one.id()], cursor.timeNanos(), one.drops());
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
        writer.close();
    }
}
