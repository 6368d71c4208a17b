package phalanx.capture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import phalanx.run.ForeignText;

/**
 * pcapng (draft-ietf-opsawg-pcapng): several sections of either byte order, several interfaces, enhanced, simple and obsolete packet
 * blocks, interface statistics. Other blocks are stepped over. Interfaces of later sections are numbered on.
 */
final class PcapngCursor extends FrameCursor {
    static final int SECTION = 0x0A0D0D0A;

    private static final int INTERFACE = 1, PACKET = 2, SIMPLE = 3, STATISTICS = 5, ENHANCED = 6, SECRETS = 10;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int OPTION_NAME = 2,
            OPTION_RESOLUTION = 9,
            OPTION_OFFSET = 14,
            OPTION_DROPS = 5,
            OPTION_COMMENT = 1,
            OPTION_DROP_COUNT = 4,
            OPTION_FLAGS = 2;

    /** A block larger than this is a lie; the largest real ones hold decryption secrets. */
    private static final long MOST_BLOCK = 1 << 26;

    /** Names and secrets are kept up to this many bytes, for writing them out again. */
    private static final long MOST_KEPT = 16 << 20;

    private static final int MOST_KEPT_BLOCKS = 10_000;
    /** Of no frame that could be decoded. */
    private static final int NO_LINK_TYPE = 0xFFFF;

    private static final int MOST_INTERFACES = 1 << 16;

    private static final int MOST_COMMENTS = 8;

    private boolean littleEndian = true;
    private long position;
    private int firstInterface;
    private boolean unknownVersion;
    private final List<KeptBlock> kept = new ArrayList<>();
    private long keptBytes;
    private final List<String> comments = new ArrayList<>();
    private long optionsAt;
    private long optionsEnd;

    PcapngCursor(ByteWindow source, Origin origin) {
        super(source, origin);
    }

    @Override
    String format() {
        return "pcapng";
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
    Section section() {
        return new Section(littleEndian, firstInterface, unknownVersion);
    }

    @Override
    void section(Section now) {
        littleEndian = now.littleEndian();
        firstInterface = now.firstInterface();
        unknownVersion = now.unknownVersion();
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
                cutShort("ends inside a block header (needs 12 bytes, has " + got + ")");
                return false;
            }
            int type = integer(position);
            if (type == SECTION && !readByteOrder()) {
                if (recovered("has a section header without a byte-order mark")) {
                    continue;
                }
                return false;
            }
            long stated = Integer.toUnsignedLong(integer(position + 4));
            long block = stated + 3 & ~3L; // some writers leave the padding out of the length
            if (stated < 12 || block > MOST_BLOCK) {
                if (recovered("has a block of impossible length %,d".formatted(stated))) {
                    continue;
                }
                return false;
            }
            got = source.require(position, block);
            if (got < stated) {
                String how = "ends inside a block (needs %,d bytes, has %,d)".formatted(stated, got);
                if (!isGrowing() && recovered(how)) {
                    continue;
                }
                return false;
            }
            if (Integer.toUnsignedLong(integer(position + stated - 4)) != stated) {
                if (recovered("has a block whose two lengths differ")) {
                    continue;
                }
                return false;
            }
            long begin = position;
            position += block;
            if (readBlock(type, begin, stated)) {
                return true;
            }
            if (endsAsBomb()) { // of blocks that are no frames
                return false;
            }
        }
    }

    /** Looks for the next block behind damage, byte by byte: one of a known type whose two lengths agree. */
    private boolean recovered(String how) throws IOException {
        long at = position + 4;
        while (source.require(at, 12) == 12 && !tooFar(position, at)) {
            if (isBlock(at)) {
                stepped(how, at - position);
                position = at;
                return true;
            }
            at++;
        }
        damaged(how);
        return false;
    }

    private boolean isBlock(long at) throws IOException {
        int type = integer(at);
        boolean known = type == SECTION || type >= INTERFACE && type <= ENHANCED || type == SECRETS;
        if (!known) {
            return false;
        }
        boolean order = littleEndian;
        if (type == SECTION) {
            int magic = integer(at + 8);
            if (magic != BYTE_ORDER_MAGIC && magic != Integer.reverseBytes(BYTE_ORDER_MAGIC)) {
                return false;
            }
            order ^= magic != BYTE_ORDER_MAGIC;
        }
        long block = Integer.toUnsignedLong(source.i32(at + 4, order));
        return block >= 12
                && block % 4 == 0
                && block <= MOST_CAPTURED
                && source.require(at, block) == block
                && Integer.toUnsignedLong(source.i32(at + block - 4, order)) == block;
    }

    /** @return true when the block is a frame */
    private boolean readBlock(int type, long begin, long block) {
        optionsAt = 0;
        if (type == SECTION) {
            readSection(begin, block);
            return false;
        }
        if (unknownVersion) {
            return false;
        }
        switch (type) {
            case INTERFACE -> readInterface(begin, block);
            case STATISTICS -> readStatistics(begin, block);
            case ENHANCED -> {
                return readFrame(begin, block, integer(begin + 8));
            }
            case PACKET -> {
                return readFrame(begin, block, unsignedShort(begin + 8));
            }
            case SIMPLE -> {
                return readSimple(begin, block);
            }
            default -> keep(type, begin, block);
        }
        return false;
    }

    private void keep(int type, long begin, long block) {
        if (keptBytes + block <= MOST_KEPT && kept.size() < MOST_KEPT_BLOCKS) {
            int from = source.at(begin + 8);
            kept.add(new KeptBlock(
                    type, Arrays.copyOfRange(source.bytes(), from, from + (int) block - 12), littleEndian));
            keptBytes += block;
        }
    }

    @Override
    public List<KeptBlock> keptBlocks() {
        return Collections.unmodifiableList(kept);
    }

    @Override
    public String comment() {
        StringJoiner all = new StringJoiner("\n");
        if (optionsAt > 0) {
            eachOption(optionsAt, optionsEnd, (code, at, length) -> {
                if (code == OPTION_COMMENT) {
                    all.add(new String(source.bytes(), source.at(at), length, StandardCharsets.UTF_8));
                }
            });
        }
        return all.toString();
    }

    @Override
    public boolean isCommented() {
        return option(OPTION_COMMENT) >= 0;
    }

    @Override
    String fileComment() {
        return String.join("\n", comments);
    }

    @Override
    public int frameFlags() {
        long at = option(OPTION_FLAGS);
        return at >= 0 && unsignedShort(at - 2) == 4 ? integer(at) : 0;
    }

    /** Where the value of the frame's first option of a kind stands, -1 for none. Without allocation, for every frame. */
    private long option(int wanted) {
        long at = optionsAt;
        while (optionsAt > 0 && at + 4 <= optionsEnd) {
            int code = unsignedShort(at);
            int length = unsignedShort(at + 2);
            if (code == 0 || at + 4 + length > optionsEnd) {
                return -1;
            }
            if (code == wanted) {
                return at + 4;
            }
            at += 4 + (length + 3L) / 4 * 4;
        }
        return -1;
    }

    private void readSection(long begin, long block) {
        firstInterface = interfaces.size();
        int major = block >= 28 ? unsignedShort(begin + 12) : 1;
        unknownVersion = major != 1;
        if (unknownVersion) {
            damaged("has a section of version %d, which nobody has defined yet; the section is left out"
                    .formatted(major));
        }
        String[] note = {""};
        eachOption(begin + 24, begin + block - 4, (code, at, length) -> {
            if (code == OPTION_COMMENT) {
                note[0] = text(at, length);
            }
        });
        if (comments.size() < MOST_COMMENTS && !comments.contains(note[0])) {
            comments.add(note[0]);
        }
    }

    /** Section headers carry the byte order of all that follows (draft section 4.1). */
    private boolean readByteOrder() {
        int magic = integer(position + 8);
        boolean other = magic == Integer.reverseBytes(BYTE_ORDER_MAGIC);
        littleEndian ^= other;
        return other || magic == BYTE_ORDER_MAGIC;
    }

    private int integer(long offset) {
        return source.i32(offset, littleEndian);
    }

    private int unsignedShort(long offset) {
        return source.u16(offset, littleEndian);
    }

    private void readInterface(long begin, long block) {
        InterfaceCount count = new InterfaceCount();
        if (interfaces.size() >= MOST_INTERFACES) {
            damaged("describes more than %,d interfaces".formatted(MOST_INTERFACES));
        } else if (block >= 20) {
            count.linkType = unsignedShort(begin + 8);
            count.snaplen = Math.max(0, integer(begin + 12));
            eachOption(begin + 16, begin + block - 4, (code, at, length) -> {
                if (code == OPTION_NAME) {
                    count.name = text(at, length);
                } else if (code == OPTION_RESOLUTION && length >= 1) {
                    count.ticksPerSecond = ticksPerSecond(source.bytes()[source.at(at)]);
                } else if (code == OPTION_OFFSET && length == 8) {
                    count.offsetSeconds = wide(at);
                }
            });
            interfaces.add(count);
        } else {
            damaged("has an interface description that is too short");
            count.linkType = NO_LINK_TYPE;
            interfaces.add(count); // the ones behind it keep their numbers
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
        return ForeignText.name(
                new String(source.bytes(), source.at(offset), Math.min(length, 1024), StandardCharsets.UTF_8));
    }

    private long wide(long offset) {
        long first = Integer.toUnsignedLong(integer(offset));
        long second = Integer.toUnsignedLong(integer(offset + 4));
        return littleEndian ? second << 32 | first : first << 32 | second;
    }

    /** if_tsresol (draft section 4.2): a power of 10, or of 2 when the high bit is set; unusable ones read as microseconds. */
    private static long ticksPerSecond(byte resolution) {
        int exponent = resolution & 0x7F;
        if (resolution < 0) {
            return exponent <= 62 ? 1L << exponent : 1_000_000;
        }
        return exponent <= 18 ? (long) Math.pow(10, exponent) : 1_000_000;
    }

    private boolean readFrame(long begin, long block, int localInterface) {
        long id = firstInterface + Integer.toUnsignedLong(localInterface);
        if (block < 32 || id >= interfaces.size()) {
            damaged("has a packet of an interface that it does not describe");
            return false;
        }
        InterfaceCount count = interfaces.get((int) id);
        long ticks = Integer.toUnsignedLong(integer(begin + 12)) << 32 | Integer.toUnsignedLong(integer(begin + 16));
        int inFile = integer(begin + 20);
        if (!frame(begin, block, 28, (int) id, inFile, integer(begin + 24), nanos(ticks, count))) {
            return false;
        }
        stamped = true;
        optionsAt = begin + 28 + (inFile + 3L & ~3L);
        optionsEnd = begin + block - 4;
        if (optionsAt + 4 <= optionsEnd) {
            countDrops(count);
        }
        return true;
    }

    /** epb_dropcount (draft section 4.3): packets lost between this one and the one before it. */
    private void countDrops(InterfaceCount count) {
        eachOption(optionsAt, optionsEnd, (code, at, length) -> {
            if (code == OPTION_DROP_COUNT && length == 8) {
                count.drops = Math.max(0, count.drops) + Math.max(0, wide(at));
            }
        });
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
        int inFile = (int) Math.min(Integer.toUnsignedLong(onWire), room);
        stamped = false;
        return frame(begin, block, 12, firstInterface, inFile, onWire, timeNanos);
    }

    private boolean frame(long begin, long block, int header, int id, int inFile, int onWire, long nanos) {
        if (inFile < 0 || inFile > MOST_CAPTURED || inFile > block - header - 4) {
            damaged("has a packet that is longer than its block");
            return false;
        }
        if (onWire < 0 || onWire > MOST_ON_WIRE) {
            lied(Integer.toUnsignedLong(onWire));
        }
        interfaceId = id;
        timeNanos = nanos;
        captured = inFile;
        length = onWire > MOST_ON_WIRE ? inFile : Math.max(onWire, inFile);
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
