package phalanx.inspect;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phalanx.capture.FrameCursor;
import phalanx.decode.FrameView;
import phalanx.decode.TcpView;
import phalanx.net.TcpFlags;

/** All TCP streams of a capture, told apart by their endpoints and, where ports are used again, by their SYNs. One thread. */
final class TcpStreams {
    private final FlowIndex<TcpStream> index;
    private final FlowKeyView key = new FlowKeyView();
    private final TcpAnalysis analysis = new TcpAnalysis();
    private @Nullable TcpStream stream;
    private boolean fromA;
    private int flags;
    private long sincePrevious;

    TcpStreams(int limit) {
        index = new FlowIndex<>(limit);
    }

    /** Takes the segment that the view stands at. @return false when there are too many streams already */
    boolean segment(FrameCursor cursor, FrameView view) {
        TcpView tcp = view.tcp();
        int control = tcp.flags();
        long now = cursor.timeNanos();
        key.aim(view.ip(), tcp.sourcePort(), tcp.destinationPort());
        TcpStream known = index.find(key);
        boolean anew = known != null && opensAnew(known, control, tcp.sequence());
        if (known == null || anew) {
            if (!index.hasRoom()) {
                nothingToSay(null);
                return false;
            }
            boolean answer = (control & (TcpFlags.SYN | TcpFlags.ACK)) == (TcpFlags.SYN | TcpFlags.ACK);
            TcpStream fresh = new TcpStream(index.flows().size(), key, answer, now, cursor.frame());
            index.add(fresh, known);
            known = fresh;
        }
        TcpStream current = known;
        stream = current;
        fromA = current.isForward(key);
        StreamSide sender = current.side(fromA);
        StreamSide receiver = current.side(!fromA);
        boolean syn = (control & TcpFlags.SYN) != 0;
        int length = Math.max(0, view.payloadLength());
        sincePrevious = now - current.lastNanos();
        current.seen(now, syn);
        sender.count(tcp, cursor.length(), length);
        if (length > receiver.mss() && receiver.mss() > 0) {
            current.largerThanMss();
        }
        if (view.beyondFrame()) {
            current.beyondFrame(cursor.frame());
        }
        if (tcp.multipath()) {
            current.multipathSeen();
        }
        if (syn && tcp.fastOpen()) {
            current.fastOpenSeen();
        }
        flags = analysis.segment(current, sender, receiver, tcp, length, now);
        if (anew) {
            flags |= TcpFlag.REUSED_PORTS.bit();
            sender.flagged(TcpFlag.REUSED_PORTS.bit());
        }
        return true;
    }

    /** Takes the second copy of a segment, of which only its frame is kept; but the handshake is timed from the last SYN seen. */
    void copy(FrameCursor cursor, FrameView view) {
        TcpView tcp = view.tcp();
        key.aim(view.ip(), tcp.sourcePort(), tcp.destinationPort());
        TcpStream known = index.find(key);
        nothingToSay(known);
        if (known == null) {
            return;
        }
        sincePrevious = cursor.timeNanos() - known.lastNanos();
        fromA = known.isForward(key);
        boolean advances = (tcp.flags() & (TcpFlags.SYN | TcpFlags.FIN)) != 0;
        known.copied(advances || view.payloadLength() > 0, cursor.frame());
        boolean opens = (tcp.flags() & (TcpFlags.SYN | TcpFlags.ACK)) == TcpFlags.SYN;
        if (opens && known.handshakeNanos() < 0) {
            known.synAt = cursor.timeNanos();
        }
    }

    private void nothingToSay(@Nullable TcpStream of) {
        stream = of;
        flags = 0;
        sincePrevious = 0;
        analysis.forgetAckTime();
    }

    /** A SYN with another initial sequence number opens a new connection (RFC 9293 section 3.6.1). */
    private boolean opensAnew(TcpStream known, int control, int sequence) {
        StreamSide sender = known.side(known.isForward(key));
        return (control & (TcpFlags.SYN | TcpFlags.ACK)) == TcpFlags.SYN && sender.baseKnown && sender.base != sequence;
    }

    /** The stream of the last segment, null when there was no room for it. */
    @Nullable
    TcpStream stream() {
        return stream;
    }

    /** Whether {@link TcpStream#a()} sent the last segment. */
    boolean fromA() {
        return fromA;
    }

    /** Of the last segment, bits by {@link TcpFlag#bit()}. */
    int flags() {
        return flags;
    }

    /** As {@link TcpAnalysis#ackTime()}, of the last segment. */
    long ackTime() {
        return analysis.ackTime();
    }

    /** Since the segment of the same stream before the last one, nanoseconds; 0 for its first. */
    long sincePrevious() {
        return sincePrevious;
    }

    List<TcpStream> all() {
        return index.flows();
    }

    /** Segments of streams that there was no room for. */
    long turnedAway() {
        return index.turnedAway();
    }
}
