package phalanx.decode;

/**
 * IEEE 802.11 frames, bare or behind a radiotap or Prism header. Finds where a data frame's LLC begins; encrypted, control and
 * management frames have none. One instance a reader thread; no call allocates.
 */
final class Radio {
    private static final int PRISM = 119, RADIOTAP = 127, PRISM_HEADER = 144;
    private static final int FLAGS_PRESENT = 2, TIMER_PRESENT = 1, FRAME_CHECK_AT_END = 0x10, PADDED = 0x20;
    private static final int DATA = 2, NO_DATA = 4, QUALITY_OF_SERVICE = 8;

    private int end;

    /** Where the frame ends, its check sequence left off. */
    int end() {
        return end;
    }

    /** @return bytes from {@code start} to the LLC header, 0 when the frame has none, -1 when it was cut */
    int wrap(int linkType, byte[] bytes, int start, int available) {
        end = available;
        int header = 0;
        int flags = 0;
        if (linkType == RADIOTAP) {
            if (start + 8 > end) {
                return -1;
            }
            header = Bytes.u8(bytes, start + 2) | Bytes.u8(bytes, start + 3) << 8;
            if (start + header > end) {
                return -1;
            }
            flags = header >= 8 ? radiotapFlags(bytes, start, header) : 0;
        } else if (linkType == PRISM) {
            header = PRISM_HEADER;
        }
        int at = start + header;
        if (at + 24 > end) {
            return -1;
        }
        int control = Bytes.u8(bytes, at);
        int directions = Bytes.u8(bytes, at + 1);
        int subtype = control >>> 4;
        boolean encrypted = (directions & 0x40) != 0;
        if ((control >>> 2 & 3) != DATA || (subtype & NO_DATA) != 0 || encrypted) {
            return 0;
        }
        end -= (flags & FRAME_CHECK_AT_END) != 0 ? 4 : 0;
        int length = 24 + ((directions & 3) == 3 ? 6 : 0);
        if ((subtype & QUALITY_OF_SERVICE) != 0) {
            length += 2 + ((directions & 0x80) != 0 ? 4 : 0);
        }
        int padded = (flags & PADDED) != 0 ? length + 3 & ~3 : length;
        return header + padded;
    }

    /** The flags field (radiotap.org, fields in bit order, each naturally aligned): second, behind the 8 bytes of TSFT. */
    private static int radiotapFlags(byte[] bytes, int start, int header) {
        int present = Bytes.u8(bytes, start + 4);
        int words = 1;
        while (8 + 4 * words <= header && (Bytes.u8(bytes, start + 4 * words + 3) & 0x80) != 0) {
            words++;
        }
        int at = 4 + 4 * words;
        if ((present & TIMER_PRESENT) != 0) {
            at = (at + 7 & ~7) + 8;
        }
        return (present & FLAGS_PRESENT) != 0 && at < header ? Bytes.u8(bytes, start + at) : 0;
    }
}
