package phalanx.capture;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * Classic pcap (draft-ietf-opsawg-pcap sections 4 and 5): either byte order, stamps in microseconds or nanoseconds, the record headers of
 * Kuznetzov's patched libpcap, and the swapped lengths of versions before 2.3.
 */
final class PcapCursor extends FrameCursor {
    static final int MICROS = 0xA1B2C3D4, NANOS = 0xA1B23C4D, MODIFIED = 0xA1B2CD34;
    private static final int FILE_HEADER = 24, RECORD_HEADER = 16, MODIFIED_HEADER = 24;
    private static final int FRAME_CHECK_BITS = 0xFC00_0000;

    /** Records that must fit one behind the other before a place in a damaged file is believed to be one. */
    private static final int CHAIN = 3;

    /** A record found behind damage may be this much away in time. */
    private static final long NEAR_SECONDS = 7 * 86_400;

    private static final int LIKELY_LENGTH = 1 << 18;

    private final boolean littleEndian;
    private final int nanosPerFraction;
    private final int header;
    private boolean swapped;
    private boolean maybeSwapped;
    private long position = FILE_HEADER;

    PcapCursor(ByteWindow source, Origin origin, ByteOrder order, int magic) throws IOException {
        super(source, origin);
        littleEndian = order == ByteOrder.LITTLE_ENDIAN;
        nanosPerFraction = magic == NANOS ? 1 : 1000;
        header = magic == MODIFIED ? MODIFIED_HEADER : RECORD_HEADER;
        if (source.require(0, FILE_HEADER) == FILE_HEADER) {
            int minor = source.u16(6, littleEndian);
            swapped = minor < 3;
            maybeSwapped = minor == 3;
            InterfaceCount only = new InterfaceCount();
            only.snaplen = Math.max(0, integer(16));
            int link = integer(20);
            only.linkType = (link & FRAME_CHECK_BITS) == 0 ? link : link & 0xFFFF;
            interfaces.add(only);
        } else {
            damaged("ends inside its file header");
        }
    }

    @Override
    String format() {
        return "pcap";
    }

    private int integer(long offset) {
        return source.i32(offset, littleEndian);
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
        while (true) {
            recordOffset = position;
            long got = source.require(position, header);
            if (got == 0 || interfaces.isEmpty()) {
                return false;
            }
            if (got < header) {
                cutShort("ends inside a record header (needs " + header + " bytes, has " + got + ")");
                return false;
            }
            int inFile = integer(position + 8);
            int onWire = integer(position + 12);
            if (swapped || maybeSwapped && Integer.compareUnsigned(inFile, onWire) > 0) {
                int first = inFile;
                inFile = onWire;
                onWire = first;
            }
            if (inFile < 0 || inFile > MOST_CAPTURED) {
                String how = "has a record of impossible length %,d".formatted(Integer.toUnsignedLong(inFile));
                if (recovered(how)) {
                    continue;
                }
                return false;
            }
            got = source.require(position, header + (long) inFile);
            if (got < header + inFile) {
                String how =
                        "ends inside frame %,d (needs %,d bytes, has %,d)".formatted(frame() + 1, inFile, got - header);
                if (!isGrowing() && inFile > LIKELY_LENGTH && recovered(how)) {
                    continue;
                }
                if (inFile <= LIKELY_LENGTH) {
                    cutShort(how);
                }
                return false;
            }
            if (onWire < 0 || onWire > MOST_ON_WIRE) {
                lied(Integer.toUnsignedLong(onWire));
                onWire = inFile;
            }
            timeNanos = stamp(position);
            captured = inFile;
            length = Math.max(onWire, inFile);
            dataOffset = position + header;
            position = dataOffset + inFile;
            return true;
        }
    }

    private long stamp(long record) {
        long seconds = Integer.toUnsignedLong(integer(record));
        long fraction = Integer.toUnsignedLong(integer(record + 4));
        return seconds * 1_000_000_000L + fraction * nanosPerFraction;
    }

    /** Looks for the next record behind damage, byte by byte: it is one when the records behind it fit, too. */
    private boolean recovered(String how) throws IOException {
        long at = position + 1;
        while (source.require(at, header) == header && !tooFar(position, at)) {
            if (fits(at, 0)) {
                stepped(how, at - position);
                position = at;
                return true;
            }
            at++;
        }
        damaged(how);
        return false;
    }

    private boolean fits(long first, int links) throws IOException {
        long at = first;
        for (int link = links; link < CHAIN; link++) {
            long got = source.require(first, at - first + header) - (at - first);
            if (got == 0 && link > 0) {
                return true;
            }
            if (got < header) {
                return false;
            }
            int inFile = integer(at + 8);
            int onWire = integer(at + 12);
            long seconds = Integer.toUnsignedLong(integer(at));
            long fraction = Integer.toUnsignedLong(integer(at + 4));
            boolean inTime = frame() == 0 || Math.abs(seconds - timeNanos / 1_000_000_000L) <= NEAR_SECONDS;
            boolean likely = inFile > 0
                    && inFile <= LIKELY_LENGTH
                    && onWire >= inFile
                    && onWire <= LIKELY_LENGTH
                    && fraction * nanosPerFraction < 1_000_000_000L
                    && inTime;
            if (!likely) {
                return false;
            }
            at += header + inFile;
        }
        return true;
    }
}
