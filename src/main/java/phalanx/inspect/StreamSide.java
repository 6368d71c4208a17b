package phalanx.inspect;

import phalanx.decode.TcpView;
import phalanx.net.TcpFlags;

/** What one side of a TCP stream sent, and where its sequence numbers stand. One thread while it is filled, then any. */
public final class StreamSide {
    static final int UNKNOWN = -1;
    private static final int[] NONE = {};
    private static final int FLAGS = TcpFlag.values().length;
    private static final int MOST_SACK_BLOCKS = 4;

    private long packets;
    private long bytes;
    private long payload;
    private int syn;
    private int fin;
    private int rst;
    private int mss = UNKNOWN;
    private int windowScale = UNKNOWN;
    private boolean sackPermitted;
    private boolean timestamps;
    private int[] counts = NONE;
    private final Durations ackTimes = new Durations();
    private int largestPayload;
    private long mostInFlight;
    private int duplicateSacks;

    // Where the analysis stands, as RFC 9293 section 3.3.1 names it where it has a name.
    boolean baseKnown;
    int base;
    boolean nextKnown;
    int next;
    long nextAt;
    boolean contiguousKnown;
    int contiguous;
    boolean unseenTold;
    boolean windowKnown;
    int window;
    boolean windowScaled;
    boolean ackKnown;
    int lastAck;
    long lastAckAt;
    int duplicateAcks;
    int lastFlags;
    boolean flightKnown;
    final UnackedSegments unacked = new UnackedSegments();
    int sackBlocks;
    int[] sackLeft = NONE;
    int[] sackRight = NONE;

    void count(TcpView tcp, int frameLength, int payloadLength) {
        packets++;
        bytes += frameLength;
        payload += payloadLength;
        largestPayload = Math.max(largestPayload, payloadLength);
        int flags = tcp.flags();
        if ((flags & (TcpFlags.SYN | TcpFlags.FIN | TcpFlags.RST)) == 0) {
            return;
        }
        fin += flags & TcpFlags.FIN;
        rst += (flags & TcpFlags.RST) >>> 2;
        if ((flags & TcpFlags.SYN) != 0) {
            syn++;
            mss = tcp.maximumSegmentSize() >= 0 ? tcp.maximumSegmentSize() : mss;
            windowScale = tcp.windowScale() >= 0 ? tcp.windowScale() : windowScale;
            sackPermitted = tcp.sackPermitted();
            timestamps = tcp.hasTimestamps();
        }
    }

    void flagged(int flags) {
        if (counts.length == 0) {
            counts = new int[FLAGS];
        }
        for (int left = flags; left != 0; left &= left - 1) {
            counts[Integer.numberOfTrailingZeros(left)]++;
        }
    }

    void acknowledged(long nanos) {
        ackTimes.add(nanos);
    }

    /** Room for the blocks of one ACK; streams without loss never need it. */
    void makeRoomForSack() {
        if (sackLeft.length == 0) {
            sackLeft = new int[MOST_SACK_BLOCKS];
            sackRight = new int[MOST_SACK_BLOCKS];
        }
    }

    void inFlight(long sent) {
        mostInFlight = Math.max(mostInFlight, sent);
    }

    void duplicateSack() {
        duplicateSacks++;
    }

    public long packets() {
        return packets;
    }

    /** Sum of the frames' lengths on the wire. */
    public long bytes() {
        return bytes;
    }

    /** Bytes behind the TCP headers, retransmitted ones included. */
    public long payload() {
        return payload;
    }

    public int syn() {
        return syn;
    }

    public int fin() {
        return fin;
    }

    public int rst() {
        return rst;
    }

    /** Of its SYN, -1 when it was not seen or had none. */
    public int mss() {
        return mss;
    }

    /** Shift count of its SYN, -1 when it was not seen or had none. */
    public int windowScale() {
        return windowScale;
    }

    /** Of its last SYN. */
    public boolean sackPermitted() {
        return sackPermitted;
    }

    /** Of its last SYN. */
    public boolean timestamps() {
        return timestamps;
    }

    public int count(TcpFlag flag) {
        return counts.length == 0 ? 0 : counts[flag.ordinal()];
    }

    /** From the other side's data to the ACKs that this side sent. */
    public Durations ackTimes() {
        return ackTimes;
    }

    /** Bytes; more than the MSS says that the network card of the capturing machine joins or cuts segments (offload). */
    public int largestPayload() {
        return largestPayload;
    }

    /** Most bytes sent and not acknowledged yet, as seen here. */
    public long mostInFlight() {
        return mostInFlight;
    }

    /** SACK blocks that tell of data received twice (RFC 2883). */
    public int duplicateSacks() {
        return duplicateSacks;
    }
}
