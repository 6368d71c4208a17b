package phalanx.capture;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * pcapng (draft-ietf-opsawg-pcapng): several sections of either byte order, several interfaces, enhanced, simple and obsolete packet
 * blocks, interface statistics. Other blocks are stepped over. Interfaces of later sections are numbered on.
 */
final class PcapngCursor extends FrameCursor {
    static final int SECTION = 0x0A0D0D0A;

    private static final int INTERFACE = 1, PACKET = 2, SIMPLE = 3, STATISTICS = 5, ENHANCED = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int OPTION_NAME = 2, OPTION_RESOLUTION = 9, OPTION_OFFSET = 14, OPTION_DROPS = 5;

    /** A block larger than this is a lie; the largest real ones hold decryption secrets. */
    private static final long MOST_BLOCK = 1 << 26;

    private ValueLayout.OfInt word = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private ValueLayout.OfShort half = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private long position;
    private int firstInterface;

    PcapngCursor(ByteSource source, String name, String compression) {
        super(source, name, compression);
    }

    @Override
    String format() {
        return "pcapng";
    }

    @Override
    boolean advance() throws IOException {
        while (true) {
            recordOffset = position;
            long got = source.require(position, 12);
            if (got == 0) {
                return false;
            }
            if (got < 12) {
                damaged("ends inside a block header (needs 12 bytes, has " + got + ")");
                return false;
            }
            int type = source.segment().get(word, source.at(position));
            if (type == SECTION && !readByteOrder()) {
                return false;
            }
            long block = Integer.toUnsignedLong(source.segment().get(word, source.at(position) + 4));
            if (block < 12 || block > MOST_BLOCK || block % 4 != 0) {
                damaged("has a block of impossible length %,d".formatted(block));
                return false;
            }
            got = source.require(position, block);
            if (got < block) {
                damaged("ends inside a block (needs %,d bytes, has %,d)".formatted(block, got));
                return false;
            }
            long begin = position;
            position += block;
            if (readBlock(type, begin, block)) {
                return true;
            }
            if (!problems.isEmpty()) {
                return false;
            }
        }
    }

    /** @return true when the block is a frame */
    private boolean readBlock(int type, long begin, long block) {
        switch (type) {
            case SECTION -> firstInterface = interfaces.size();
            case INTERFACE -> readInterface(begin, block);
            case STATISTICS -> readStatistics(begin, block);
            case ENHANCED -> {
                return readFrame(begin, block, 20, integer(begin + 8));
            }
            case PACKET -> {
                return readFrame(begin, block, 20, integer(begin + 8) & 0xFFFF);
            }
            case SIMPLE -> {
                return readSimple(begin, block);
            }
            default -> {}
        }
        return false;
    }

    /** Section headers carry the byte order of all that follows (draft section 4.1). */
    private boolean readByteOrder() {
        int magic = source.segment().get(word, source.at(position) + 8);
        if (magic == Integer.reverseBytes(BYTE_ORDER_MAGIC)) {
            ByteOrder other = word.order() == ByteOrder.LITTLE_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            word = word.withOrder(other);
            half = half.withOrder(other);
        } else if (magic != BYTE_ORDER_MAGIC) {
            damaged("has a section header without a byte-order mark");
            return false;
        }
        return true;
    }

    private int integer(long offset) {
        return source.segment().get(word, source.at(offset));
    }

    private int unsignedShort(long offset) {
        return Short.toUnsignedInt(source.segment().get(half, source.at(offset)));
    }

    private void readInterface(long begin, long block) {
        InterfaceCount count = new InterfaceCount();
        if (block >= 20) {
            count.linkType = unsignedShort(begin + 8);
            count.snaplen = Math.max(0, integer(begin + 12));
            eachOption(begin + 16, begin + block - 4, (code, at, length) -> {
                if (code == OPTION_NAME) {
                    count.name = text(at, length);
                } else if (code == OPTION_RESOLUTION && length >= 1) {
                    count.ticksPerSecond = ticksPerSecond(source.segment().get(ValueLayout.JAVA_BYTE, source.at(at)));
                } else if (code == OPTION_OFFSET && length == 8) {
                    count.offsetSeconds = wide(at);
                }
            });
            interfaces.add(count);
        } else {
            damaged("has an interface description that is too short");
        }
    }

    private void readStatistics(long begin, long block) {
        long id = block >= 24 ? firstInterface + Integer.toUnsignedLong(integer(begin + 8)) : -1;
        if (id >= 0 && id < interfaces.size()) {
            InterfaceCount count = interfaces.get((int) id);
            eachOption(begin + 20, begin + block - 4, (code, at, length) -> {
                if (code == OPTION_DROPS && length == 8) {
                    count.drops = wide(at);
                }
            });
        }
    }

    /** Told of each option of a block. */
    @FunctionalInterface
    private interface OptionReader {
        void read(int code, long offset, int length);
    }

    private void eachOption(long begin, long end, OptionReader reader) {
        long at = begin;
        while (at + 4 <= end) {
            int code = unsignedShort(at);
            int length = unsignedShort(at + 2);
            if (code == 0 || at + 4 + length > end) {
                return;
            }
            reader.read(code, at + 4, length);
            at += 4 + (length + 3L) / 4 * 4;
        }
    }

    private String text(long offset, int length) {
        byte[] bytes = new byte[Math.min(length, 256)];
        MemorySegment.copy(source.segment(), ValueLayout.JAVA_BYTE, source.at(offset), bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "");
    }

    private long wide(long offset) {
        long first = Integer.toUnsignedLong(integer(offset));
        long second = Integer.toUnsignedLong(integer(offset + 4));
        return word.order() == ByteOrder.LITTLE_ENDIAN ? second << 32 | first : first << 32 | second;
    }

    /** if_tsresol (draft section 4.2): a power of 10, or of 2 when the high bit is set; unusable ones read as microseconds. */
    private static long ticksPerSecond(byte resolution) {
        int exponent = resolution & 0x7F;
        if (resolution < 0) {
            return exponent <= 62 ? 1L << exponent : 1_000_000;
        }
        return exponent <= 18 ? (long) Math.pow(10, exponent) : 1_000_000;
    }

    private boolean readFrame(long begin, long block, int header, int localInterface) {
        long id = firstInterface + Integer.toUnsignedLong(localInterface);
        if (block < header + 12 || id >= interfaces.size()) {
            damaged("has a packet of an interface that it does not describe");
            return false;
        }
        InterfaceCount count = interfaces.get((int) id);
        long ticks = Integer.toUnsignedLong(integer(begin + 12)) << 32 | Integer.toUnsignedLong(integer(begin + 16));
        return frame(begin, block, 28, (int) id, integer(begin + 20), integer(begin + 24), nanos(ticks, count));
    }

    /** A simple packet block has neither interface nor stamp (draft section 4.4); it keeps the stamp before it. */
    private boolean readSimple(long begin, long block) {
        if (firstInterface >= interfaces.size() || block < 16) {
            damaged("has a packet of an interface that it does not describe");
            return false;
        }
        int onWire = integer(begin + 8);
        int snaplen = interfaces.get(firstInterface).snaplen;
        long room = Math.min(block - 16, snaplen > 0 ? snaplen : Long.MAX_VALUE);
        return frame(
                begin,
                block,
                12,
                firstInterface,
                (int) Math.min(Integer.toUnsignedLong(onWire), room),
                onWire,
                timeNanos);
    }

    private boolean frame(long begin, long block, int header, int id, int inFile, int onWire, long nanos) {
        if (inFile < 0 || inFile > MOST_CAPTURED || inFile > block - header - 4 || onWire < 0) {
            damaged("has a packet that is longer than its block");
            return false;
        }
        interfaceId = id;
        timeNanos = nanos;
        captured = inFile;
        length = Math.max(onWire, inFile);
        dataOffset = begin + header;
        return true;
    }

    private static long nanos(long ticks, InterfaceCount count) {
        long perSecond = count.ticksPerSecond;
        long seconds = Long.divideUnsigned(ticks, perSecond);
        long rest = Long.remainderUnsigned(ticks, perSecond);
        long nanos = perSecond <= 1_000_000_000L
                ? rest * (1_000_000_000L / perSecond) + rest * (1_000_000_000L % perSecond) / perSecond
                : (long) (rest * (1e9 / perSecond));
        return (seconds + count.offsetSeconds) * 1_000_000_000L + nanos;
    }
}
