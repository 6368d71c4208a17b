package phalanx.capture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes one pcapng section (draft-ietf-opsawg-pcapng): interfaces with their names, packets with nanosecond stamps and comments, and
 * blocks taken over as they are. Little endian; one thread.
 */
public final class PcapngWriter implements AutoCloseable {
    private static final int SECTION = 0x0A0D0D0A, INTERFACE = 1, STATISTICS = 5, ENHANCED = 6;
    private static final int COMMENT = 1, APPLICATION = 4, NAME = 2, RESOLUTION = 9, DROPS = 5, FLAGS = 2;
    private static final int LONGEST_OPTION = 0xFFFF;

    private final OutputStream out;
    private ByteBuffer block = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);
    private int interfaces;
    private long written;

    /** @param out closed with the writer  @param comment on the whole section, empty for none */
    public PcapngWriter(OutputStream out, String comment) throws IOException {
        this.out = new BufferedOutputStream(out, 1 << 16);
        begin(SECTION)
                .putInt(0x1A2B3C4D)
                .putShort((short) 1)
                .putShort((short) 0)
                .putLong(-1);
        option(COMMENT, comment);
        option(APPLICATION, "Phalanx");
        end();
    }

    /** @param linkType LINKTYPE number  @param snaplen 0 for no limit  @return the interface's id */
    public int addInterface(String name, int linkType, int snaplen) throws IOException {
        begin(INTERFACE).putShort((short) linkType).putShort((short) 0).putInt(snaplen);
        option(NAME, name);
        option(RESOLUTION, new byte[] {9});
        end();
        return interfaces++;
    }

    /**
     * Writes one frame.
     *
     * @param nanos epoch nanoseconds
     * @param start of its captured bytes in {@code bytes}
     * @param length bytes that it had on the wire
     * @param flags epb_flags (draft section 4.3.1), 0 for none
     * @param comment empty for none
     */
    public void packet(
            int interfaceId, long nanos, byte[] bytes, int start, int captured, int length, int flags, String comment)
            throws IOException {
        begin(ENHANCED)
                .putInt(interfaceId)
                .putInt((int) (nanos >>> 32))
                .putInt((int) nanos)
                .putInt(captured)
                .putInt(length);
        room(captured + 64);
        block.put(bytes, start, captured);
        pad();
        if (flags != 0) {
            block.putShort((short) FLAGS).putShort((short) 4).putInt(flags);
        }
        option(COMMENT, comment);
        end();
    }

    /** @param drops packets that the capturing machine lost */
    public void statistics(int interfaceId, long nanos, long drops) throws IOException {
        begin(STATISTICS).putInt(interfaceId).putInt((int) (nanos >>> 32)).putInt((int) nanos);
        option(
                DROPS,
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(drops)
                        .array());
        end();
    }

    private ByteBuffer begin(int type) {
        block.clear();
        return block.putInt(type).putInt(0);
    }

    private void option(int code, String text) {
        if (!text.isEmpty()) {
            option(code, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void option(int code, byte[] value) {
        int length = Math.min(value.length, LONGEST_OPTION);
        room(length + 16);
        block.putShort((short) code).putShort((short) length).put(value, 0, length);
        pad();
    }

    private void pad() {
        while (block.position() % 4 != 0) {
            block.put((byte) 0);
        }
    }

    private void room(int length) {
        if (block.remaining() < length + 16) {
            byte[] larger = Arrays.copyOf(block.array(), block.capacity() + length + (1 << 12));
            block = ByteBuffer.wrap(larger).order(ByteOrder.LITTLE_ENDIAN).position(block.position());
        }
    }

    private void end() throws IOException {
        room(8);
        block.putInt(0); // end of options
        int length = block.position() + 4;
        block.putInt(length).putInt(4, length);
        out.write(block.array(), 0, length);
        written += length;
    }

    /** Takes a block of another file over: its body between the two lengths, in this writer's byte order. */
    public void block(int type, byte[] body) throws IOException {
        begin(type);
        room(body.length + 8);
        block.put(body);
        int length = block.position() + 4;
        block.putInt(length).putInt(4, length);
        out.write(block.array(), 0, length);
        written += length;
    }

    /** Bytes written so far, those included that are not handed to the disk yet. */
    public long written() {
        return written;
    }

    /** Hands what was written to the operating system, so that who reads the file sees it. */
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
