package phalanx.decode;

/**
 * TCP header over captured bytes (RFC 9293 section 3.1), options included. One instance a reader thread, re-aimed with
 * {@link #wrap}; no call allocates. After OK or OPTIONS_CUT every accessor is in bounds.
 */
public final class TcpView {
    /** Whether the header could be read. */
    public enum Fit {
        OK,
        /** The fixed part is there, options were cut by the snaplen. */
        OPTIONS_CUT,
        TRUNCATED,
        BAD_DATA_OFFSET
    }

    private static final int MIN_HEADER = 20;
    private static final int END = 0,
            NO_OPERATION = 1,
            MAXIMUM_SEGMENT_SIZE = 2,
            WINDOW_SCALE = 3,
            SACK_PERMITTED = 4,
            SACK = 5,
            TIMESTAMPS = 8,
            MULTIPATH = 30,
            FAST_OPEN = 34;

    private byte[] bytes = {};
    private int start;
    private int headerLength;
    private int maximumSegmentSize;
    private int windowScale;
    private boolean sackPermitted;
    private int sackBlocks;
    private int sackAt;
    private int timestampsAt;
    private boolean fastOpen;
    private boolean multipath;

    /** @param start offset of the header in {@code bytes}  @param available captured bytes from there to the end of the frame */
    public Fit wrap(byte[] bytes, int start, int available) {
        if (available < MIN_HEADER) {
            return Fit.TRUNCATED;
        }
        this.bytes = bytes;
        this.start = start;
        headerLength = (Bytes.u8(bytes, start + 12) & 0xF0) >>> 2; // 32-bit words in the high nibble
        if (headerLength < MIN_HEADER) {
            return Fit.BAD_DATA_OFFSET;
        }
        readOptions(Math.min(headerLength, available));
        return headerLength > available ? Fit.OPTIONS_CUT : Fit.OK;
    }

    /** Kinds: RFC 9293 section 3.1, RFC 7323 sections 2 and 3, RFC 2018. A malformed list ends the reading. */
    private void readOptions(int end) {
        maximumSegmentSize = -1;
        windowScale = -1;
        sackPermitted = false;
        sackBlocks = 0;
        timestampsAt = -1;
        fastOpen = false;
        multipath = false;
        int at = MIN_HEADER;
        while (at < end) {
            int kind = Bytes.u8(bytes, start + at);
            if (kind == END) {
                return;
            }
            if (kind == NO_OPERATION) {
                at++;
                continue;
            }
            if (at + 2 > end) {
                return;
            }
            int length = Bytes.u8(bytes, start + at + 1);
            if (length < 2 || at + length > end) {
                return;
            }
            if (kind == MAXIMUM_SEGMENT_SIZE && length == 4) {
                maximumSegmentSize = Bytes.u16(bytes, start + at + 2);
            } else if (kind == WINDOW_SCALE && length == 3) {
                windowScale = Bytes.u8(bytes, start + at + 2);
            } else if (kind == SACK_PERMITTED) {
                sackPermitted = true;
            } else if (kind == SACK && length >= 10) {
                sackBlocks = (length - 2) / 8;
                sackAt = start + at + 2;
            } else if (kind == TIMESTAMPS && length == 10) {
                timestampsAt = start + at + 2;
            } else if (kind == MULTIPATH) {
                multipath = true;
            } else if (kind == FAST_OPEN) {
                fastOpen = true;
            }
            at += length;
        }
    }

    public int sourcePort() {
        return Bytes.u16(bytes, start);
    }

    public int destinationPort() {
        return Bytes.u16(bytes, start + 2);
    }

    public int sequence() {
        return Bytes.i32(bytes, start + 4);
    }

    public int acknowledgment() {
        return Bytes.i32(bytes, start + 8);
    }

    /** Bytes, options included. */
    public int headerLength() {
        return headerLength;
    }

    /** FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128. */
    public int flags() {
        return Bytes.u8(bytes, start + 13);
    }

    /** As in the header, not scaled. */
    public int window() {
        return Bytes.u16(bytes, start + 14);
    }

    public int checksum() {
        return Bytes.u16(bytes, start + 16);
    }

    /** -1 without the option. */
    public int maximumSegmentSize() {
        return maximumSegmentSize;
    }

    /** Shift count, -1 without the option. */
    public int windowScale() {
        return windowScale;
    }

    public boolean sackPermitted() {
        return sackPermitted;
    }

    /** Number of SACK blocks, 0..4. */
    public int sackBlocks() {
        return sackBlocks;
    }

    /** @param block from 0 to one below {@link #sackBlocks()} */
    public int sackLeft(int block) {
        return Bytes.i32(bytes, sackAt + 8 * block);
    }

    /** The first number behind the block. */
    public int sackRight(int block) {
        return Bytes.i32(bytes, sackAt + 8 * block + 4);
    }

    /** Whether there is an option of TCP Fast Open (RFC 7413). */
    public boolean fastOpen() {
        return fastOpen;
    }

    /** Whether there is an option of Multipath TCP (RFC 8684). */
    public boolean multipath() {
        return multipath;
    }

    public boolean hasTimestamps() {
        return timestampsAt >= 0;
    }

    /** TSval; only with timestamps. */
    public int timestampValue() {
        return Bytes.i32(bytes, timestampsAt);
    }

    /** TSecr; only with timestamps. */
    public int timestampEcho() {
        return Bytes.i32(bytes, timestampsAt + 4);
    }
}
