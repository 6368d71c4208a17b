package phalanx.capture;

import java.io.IOException;

/** Solaris snoop (RFC 1761). */
final class SnoopCursor extends FrameCursor {
    static final int MAGIC = 0x736E6F6F;

    private static final int FILE_HEADER = 16, RECORD_HEADER = 24;

    /** LINKTYPE numbers of RFC 1761's datalink types 0 to 9; -1 for those that have none. */
    private static final int[] LINK_TYPES = {1, -1, 6, -1, 1, -1, -1, -1, 10, -1};

    private long position = FILE_HEADER;

    SnoopCursor(ByteWindow source, Origin origin) throws IOException {
        super(source, origin);
        if (source.require(0, FILE_HEADER) == FILE_HEADER) {
            InterfaceCount only = new InterfaceCount();
            int type = integer(12);
            only.linkType = type >= 0 && type < LINK_TYPES.length ? LINK_TYPES[type] : -1;
            interfaces.add(only);
        } else {
            damaged("ends inside its file header");
        }
    }

    @Override
    String format() {
        return "snoop";
    }

    private int integer(long offset) {
        return source.i32(offset, false);
    }

    @Override
    long position() {
        return position;
    }

    @Override
    void position(long next) {
        position = next;
    }

    @Override
    boolean advance() throws IOException {
        recordOffset = position;
        long got = source.require(position, RECORD_HEADER);
        if (got == 0 || interfaces.isEmpty()) {
            return false;
        }
        if (got < RECORD_HEADER) {
            damaged("ends inside a record header (needs 24 bytes, has " + got + ")");
            return false;
        }
        int onWire = integer(position);
        int inFile = integer(position + 4);
        int record = integer(position + 8); // header and padding included
        if (inFile < 0
                || onWire < 0
                || onWire > MOST_ON_WIRE
                || record < RECORD_HEADER
                || inFile > record - RECORD_HEADER
                || inFile > MOST_CAPTURED) {
            damaged("has a record of impossible length %,d".formatted(Integer.toUnsignedLong(record)));
            return false;
        }
        got = source.require(position, RECORD_HEADER + (long) inFile);
        if (got < RECORD_HEADER + inFile) {
            damaged("ends inside frame %,d (needs %,d bytes, has %,d)"
                    .formatted(frame() + 1, inFile, got - RECORD_HEADER));
            return false;
        }
        timeNanos = Integer.toUnsignedLong(integer(position + 16)) * 1_000_000_000L
                + Integer.toUnsignedLong(integer(position + 20)) * 1000L;
        captured = inFile;
        length = Math.max(onWire, inFile);
        dataOffset = position + RECORD_HEADER;
        position += record;
        return true;
    }
}
