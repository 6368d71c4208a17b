package phalanx.capture;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Classic pcap (draft-ietf-opsawg-pcap sections 4 and 5), either byte order, stamps in microseconds or nanoseconds. */
final class PcapCursor extends FrameCursor {
    static final int MICROS = 0xA1B2C3D4, NANOS = 0xA1B23C4D;
    private static final int FILE_HEADER = 24, RECORD_HEADER = 16;

    private final ValueLayout.OfInt word;
    private final int nanosPerFraction;
    private long position = FILE_HEADER;

    PcapCursor(ByteSource source, String name, String compression, ByteOrder order, boolean nanos) throws IOException {
        super(source, name, compression);
        word = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
        nanosPerFraction = nanos ? 1 : 1000;
        if (source.require(0, FILE_HEADER) == FILE_HEADER) {
            InterfaceCount only = new InterfaceCount();
            only.snaplen = Math.max(0, source.segment().get(word, source.at(16)));
            only.linkType = source.segment().get(word, source.at(20)) & 0xFFFF;
            interfaces.add(only);
        } else {
            damaged("ends inside its file header");
        }
    }

    @Override
    String format() {
        return "pcap";
    }

    @Override
    boolean advance() throws IOException {
        recordOffset = position;
        long got = source.require(position, RECORD_HEADER);
        if (got == 0 || interfaces.isEmpty()) {
            return false;
        }
        if (got < RECORD_HEADER) {
            damaged("ends inside a record header (needs 16 bytes, has " + got + ")");
            return false;
        }
        long at = source.at(position);
        long seconds = Integer.toUnsignedLong(source.segment().get(word, at));
        long fraction = Integer.toUnsignedLong(source.segment().get(word, at + 4));
        int inFile = source.segment().get(word, at + 8);
        int onWire = source.segment().get(word, at + 12);
        if (inFile < 0 || inFile > MOST_CAPTURED || onWire < 0) {
            damaged("has a record of impossible length %,d"
                    .formatted(Integer.toUnsignedLong(inFile < 0 || inFile > MOST_CAPTURED ? inFile : onWire)));
            return false;
        }
        got = source.require(position, RECORD_HEADER + (long) inFile);
        if (got < RECORD_HEADER + inFile) {
            damaged("ends inside frame %,d (needs %,d bytes, has %,d)"
                    .formatted(frame() + 1, inFile, got - RECORD_HEADER));
            return false;
        }
        timeNanos = seconds * 1_000_000_000L + fraction * nanosPerFraction;
        captured = inFile;
        length = Math.max(onWire, inFile);
        dataOffset = position + RECORD_HEADER;
        position = dataOffset + inFile;
        return true;
    }
}
