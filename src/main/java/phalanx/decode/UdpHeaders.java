package phalanx.decode;

/** The UDP headers of one frame, those of tunnels first. Valid as long as the frame's bytes are. One thread. */
public final class UdpHeaders {
    private final byte[][] bytes;
    private final int[] at;
    private final int[] end;
    private int count;

    /** @param most headers kept; more of them are passed over */
    UdpHeaders(int most) {
        bytes = new byte[most][];
        at = new int[most];
        end = new int[most];
    }

    void clear() {
        count = 0;
    }

    /** Takes a header up when it is whole. @param to where the captured bytes of its datagram end */
    void add(byte[] in, int from, int to) {
        if (to - from >= 8 && count < at.length) {
            bytes[count] = in;
            at[count] = from;
            end[count++] = to;
        }
    }

    public int count() {
        return count;
    }

    /** What holds a header. @param depth 0 for the outermost */
    public byte[] bytes(int depth) {
        return bytes[depth];
    }

    /** Where a header begins in {@link #bytes}; eight bytes of it are there. @param depth 0 for the outermost */
    public int at(int depth) {
        return at[depth];
    }

    /** Where the captured bytes of its datagram end. @param depth 0 for the outermost */
    public int end(int depth) {
        return end[depth];
    }

    /** Of the innermost header; there must be one. */
    public int sourcePort() {
        return Bytes.u16(bytes[count - 1], at[count - 1]);
    }

    /** Of the innermost header; there must be one. */
    public int destinationPort() {
        return Bytes.u16(bytes[count - 1], at[count - 1] + 2);
    }
}
