package phalanx.inspect;

import org.jspecify.annotations.Nullable;

/** One TCP connection as this capture shows it. One thread while it is filled, then any. */
public final class TcpStream extends Flow {
    private final int number;
    private final long firstNanos;
    private final StreamSide sideA = new StreamSide();
    private final StreamSide sideB = new StreamSide();
    private final long firstFrame;
    private long lastNanos;
    private boolean sawSyn;

    long synAt = Long.MIN_VALUE;
    private long handshakeNanos = -1;
    private final StreamContent content = new StreamContent();
    private @Nullable TransactionClock clock;
    private boolean fastOpen;
    private boolean multipath;
    private int oversized;
    private final FrameList beyondFrame = new FrameList();
    private final FrameList copiedData = new FrameList();
    private final FrameList copiedAcks = new FrameList();

    /** @param answer whether its first packet is a SYN-ACK, so that the receiver opened it */
    TcpStream(int number, FlowKeyView key, boolean answer, long nanos, long frame) {
        super(key, answer);
        this.number = number;
        firstNanos = nanos;
        lastNanos = nanos;
        firstFrame = frame;
    }

    StreamSide side(boolean fromA) {
        return fromA ? sideA : sideB;
    }

    /** Null before the first data. */
    @Nullable
    TransactionClock clock() {
        return clock;
    }

    TransactionClock startClock() {
        TransactionClock started = new TransactionClock(this);
        clock = started;
        return started;
    }

    StreamContent content() {
        return content;
    }

    void seen(long nanos, boolean syn) {
        lastNanos = nanos;
        sawSyn |= syn;
    }

    void handshake(long nanos) {
        handshakeNanos = nanos;
    }

    void fastOpenSeen() {
        fastOpen = true;
    }

    void multipathSeen() {
        multipath = true;
    }

    void largerThanMss() {
        oversized++;
    }

    void beyondFrame(long frame) {
        beyondFrame.add(frame);
    }

    void copied(boolean data, long frame) {
        (data ? copiedData : copiedAcks).add(frame);
    }

    /** Segments larger than the receiver's MSS. */
    public int oversized() {
        return oversized;
    }

    /** Frames that are shorter by the file's word than their IP header says. */
    public FrameList beyondFrame() {
        return beyondFrame;
    }

    /** Second copies of segments with data, SYN or FIN, which would pass for retransmissions. */
    public FrameList copiedData() {
        return copiedData;
    }

    /** Second copies of bare ACKs, which would pass for duplicate ACKs. */
    public FrameList copiedAcks() {
        return copiedAcks;
    }

    /** 0-based, in the order in which streams began. */
    public int number() {
        return number;
    }

    /** What {@link #a()} sent. */
    public StreamSide fromA() {
        return sideA;
    }

    /** What {@link #b()} sent. */
    public StreamSide fromB() {
        return sideB;
    }

    /** Stamp of the first packet, epoch nanoseconds. */
    public long firstNanos() {
        return firstNanos;
    }

    /** Stamp of the last packet in the file. */
    public long lastNanos() {
        return lastNanos;
    }

    public long firstFrame() {
        return firstFrame;
    }

    /** Whether a SYN or SYN-ACK was seen. */
    public boolean sawSyn() {
        return sawSyn;
    }

    /** From the last SYN to the ACK that completes the handshake, nanoseconds; -1 when it was not seen whole. */
    public long handshakeNanos() {
        return handshakeNanos;
    }

    /** Whether a SYN asked for or carried a TCP Fast Open cookie (RFC 7413). */
    public boolean fastOpen() {
        return fastOpen;
    }

    /** Whether a multipath option was seen (RFC 8684). */
    public boolean multipath() {
        return multipath;
    }
}
