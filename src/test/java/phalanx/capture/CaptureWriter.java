package phalanx.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes capture files for tests, in every variant that the readers know. */
public final class CaptureWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;
    private final boolean nanos;

    private CaptureWriter(ByteOrder order, boolean nanos) {
        this.order = order;
        this.nanos = nanos;
    }

    public static CaptureWriter pcap(ByteOrder order, boolean nanos, int linkType) {
        CaptureWriter writer = new CaptureWriter(order, nanos);
        writer.ints(
                nanos ? PcapCursor.NANOS : PcapCursor.MICROS,
                order == ByteOrder.LITTLE_ENDIAN ? 4 << 16 | 2 : 2 << 16 | 4,
                0,
                0,
                262144,
                linkType);
        return writer;
    }

    public static CaptureWriter pcapng(ByteOrder order) {
        CaptureWriter writer = new CaptureWriter(order, true);
        writer.section();
        return writer;
    }

    public CaptureWriter section() {
        ints(PcapngCursor.SECTION, 28, 0x1A2B3C4D, order == ByteOrder.LITTLE_ENDIAN ? 1 : 1 << 16, -1, -1, 28);
        return this;
    }

    /** @param resolution if_tsresol  @param offsetSeconds if_tsoffset */
    public CaptureWriter describe(int linkType, int snaplen, String name, int resolution, long offsetSeconds) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer options = ByteBuffer.allocate(64 + text.length).order(order);
        option(options, 2, text);
        option(options, 9, new byte[] {(byte) resolution});
        option(
                options,
                14,
                ByteBuffer.allocate(8).order(order).putLong(offsetSeconds).array());
        options.putInt(0);
        int length = 20 + options.position();
        ints(1, length, order == ByteOrder.LITTLE_ENDIAN ? linkType : linkType << 16, snaplen);
        out.write(options.array(), 0, options.position());
        ints(length);
        return this;
    }

    private void option(ByteBuffer into, int code, byte[] value) {
        into.putShort((short) code).putShort((short) value.length).put(value);
        while (into.position() % 4 != 0) {
            into.put((byte) 0);
        }
    }

    /** A record of pcap. */
    public CaptureWriter frame(long nanosOfEpoch, byte[] frame, int onWire) {
        long fraction = nanosOfEpoch % 1_000_000_000;
        ints((int) (nanosOfEpoch / 1_000_000_000), (int) (nanos ? fraction : fraction / 1000), frame.length, onWire);
        out.writeBytes(frame);
        return this;
    }

    /** An enhanced packet block. */
    public CaptureWriter packet(int interfaceId, long ticks, byte[] frame, int onWire) {
        int padded = (frame.length + 3) / 4 * 4;
        ints(6, 32 + padded, interfaceId, (int) (ticks >>> 32), (int) ticks, frame.length, onWire);
        out.writeBytes(frame);
        out.writeBytes(new byte[padded - frame.length]);
        ints(32 + padded);
        return this;
    }

    /** A simple packet block. */
    public CaptureWriter simple(byte[] frame) {
        int padded = (frame.length + 3) / 4 * 4;
        ints(3, 16 + padded, frame.length);
        out.writeBytes(frame);
        out.writeBytes(new byte[padded - frame.length]);
        ints(16 + padded);
        return this;
    }

    /** Interface statistics with a drop count. */
    public CaptureWriter drops(int interfaceId, long drops) {
        ints(5, 40, interfaceId, 0, 0, order == ByteOrder.LITTLE_ENDIAN ? 8 << 16 | 5 : 5 << 16 | 8);
        out.writeBytes(ByteBuffer.allocate(8).order(order).putLong(drops).array());
        ints(0, 40);
        return this;
    }

    /** A block of a type that nobody knows. */
    public CaptureWriter custom() {
        ints(0x0BAD, 16, 42, 16);
        return this;
    }

    private void ints(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(order);
        for (int value : values) {
            buffer.putInt(value);
        }
        out.writeBytes(buffer.array());
    }

    public byte[] bytes() {
        return out.toByteArray();
    }
}
