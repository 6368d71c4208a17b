package phalanx.inspect;

import phalanx.decode.TcpView;
import phalanx.net.SeqNumber;
import phalanx.net.TcpFlags;

/**
 * Says of each segment what it means to its stream, by the rules that Wireshark documents ("TCP Analysis" in its User's Guide), so that
 * who knows them from there can compare. It judges by what one capture point saw: a retransmission here is a segment that passed here
 * twice. One instance a pass, one thread; no call allocates but for the growth of a stream's own state.
 */
final class TcpAnalysis {
    /** A fast retransmission follows the ACK that asked for it within this time. */
    private static final long FAST_NANOS = 20_000_000;

    /** Overtaken segments arrive this soon after the one that overtook them, while the round trip is not known. */
    private static final long REORDERED_NANOS = 3_000_000;

    /** RFC 7323 section 2.3. */
    private static final int MOST_SHIFT = 14;

    private static final int SYN_FIN_RST = TcpFlags.SYN | TcpFlags.FIN | TcpFlags.RST;

    /** For segments that wait for their acknowledgment. */
    private static final long WAITING = 48L << 20;

    private final Allowance unacked = new Allowance(WAITING);
    private long ackTime = -1;

    /** From the data to the last segment's acknowledgment of it, nanoseconds; -1 when it acknowledges none to the byte. */
    long ackTime() {
        return ackTime;
    }

    /** A segment that is not analysed has none. */
    void forgetAckTime() {
        ackTime = -1;
    }

    /** @param length payload bytes  @return bits by {@link TcpFlag#bit()} */
    int segment(TcpStream stream, StreamSide sender, StreamSide receiver, TcpView tcp, int length, long now) {
        int control = tcp.flags();
        int sequence = tcp.sequence();
        int ack = tcp.acknowledgment();
        int window = tcp.window();
        ackTime = -1;
        handshake(stream, sender, control, now);
        setBases(sender, receiver, control, sequence, ack);
        int flags = classify(sender, receiver, control, sequence, ack, window, length);
        flags |= acknowledgesUnseen(receiver, control, ack);
        boolean advances = length > 0 || (control & (TcpFlags.SYN | TcpFlags.FIN)) != 0;
        if (advances && (flags & TcpFlag.KEEP_ALIVE.bit()) == 0) {
            flags |= repeated(stream, sender, receiver, control, sequence, length, now);
        }
        boolean probe = (flags & TcpFlag.ZERO_WINDOW_PROBE.bit()) != 0;
        advance(sender, control, sequence, length, now, advances, probe);
        remember(sender, tcp, control, ack, window, now, flags);
        if ((control & TcpFlags.ACK) != 0) {
            long sent = receiver.unacked.acknowledge(ack);
            if (sent != UnackedSegments.NONE) {
                ackTime = now - sent;
                sender.acknowledged(ackTime);
            }
            if (sender.flightKnown && sender.nextKnown && receiver.ackKnown) {
                sender.inFlight(Math.max(0, sender.next - receiver.lastAck));
            }
            receiver.flightKnown = true;
        }
        if (flags != 0) {
            sender.flagged(flags);
        }
        return flags;
    }

    /** From the last SYN to the ACK that completes the handshake, or to the reset that refuses it. */
    private static void handshake(TcpStream stream, StreamSide sender, int control, long now) {
        if ((control & TcpFlags.SYN) != 0) {
            stream.synAt = (control & TcpFlags.ACK) == 0 ? now : stream.synAt;
            return;
        }
        boolean acknowledges = (control & TcpFlags.ACK) != 0 && stream.synAt != Long.MIN_VALUE;
        boolean refuses = (control & TcpFlags.RST) != 0;
        if (acknowledges && stream.handshakeNanos() < 0 && (sender == stream.fromA() || refuses)) {
            stream.handshake(now - stream.synAt);
        }
    }

    private static void setBases(StreamSide sender, StreamSide receiver, int control, int sequence, int ack) {
        if (!sender.baseKnown) {
            sender.base = (control & TcpFlags.SYN) != 0 ? sequence : sequence - 1;
            sender.baseKnown = true;
        }
        if (!receiver.baseKnown && (control & TcpFlags.ACK) != 0) {
            receiver.base = ack - 1;
            receiver.baseKnown = true;
        }
    }

    /** Everything that the segment says by itself and by where the sender stood before it. */
    private static int classify(
            StreamSide sender, StreamSide receiver, int control, int sequence, int ack, int window, int length) {
        boolean plain = (control & SYN_FIN_RST) == 0;
        boolean expected = sender.nextKnown && sequence == sender.next;
        if (length == 1 && expected && receiver.windowKnown && receiver.window == 0) {
            return TcpFlag.ZERO_WINDOW_PROBE.bit();
        }
        int flags = window == 0 && plain ? TcpFlag.ZERO_WINDOW.bit() : 0;
        if (sender.nextKnown && SeqNumber.isBefore(sender.next, sequence) && (control & TcpFlags.RST) == 0) {
            flags |= TcpFlag.LOST_SEGMENT.bit();
            sender.flightKnown = false;
        }
        if (!plain) {
            return flags;
        }
        if (length <= 1 && sender.nextKnown && sequence == sender.next - 1) {
            flags |= TcpFlag.KEEP_ALIVE.bit();
        }
        if (length > 0) {
            return flags | (fillsWindow(sender, receiver, sequence + length) ? TcpFlag.WINDOW_FULL.bit() : 0);
        }
        boolean repeats = expected && sender.ackKnown && ack == sender.lastAck;
        if (window != 0 && window != sender.window && repeats) {
            flags |= TcpFlag.WINDOW_UPDATE.bit();
        }
        if (!expected || window != sender.window) {
            return flags;
        }
        if (repeats && window != 0 && (receiver.lastFlags & TcpFlag.KEEP_ALIVE.bit()) != 0) {
            return flags | TcpFlag.KEEP_ALIVE_ACK.bit();
        }
        boolean probed = (receiver.lastFlags & TcpFlag.ZERO_WINDOW_PROBE.bit()) != 0;
        if (window == 0 && probed && sender.ackKnown && (repeats || ack == sender.lastAck + 1)) {
            if (ack == sender.lastAck + 1) { // the receiver took the probe's byte after all
                receiver.next = ack;
                receiver.contiguous = ack;
            }
            return flags | TcpFlag.ZERO_WINDOW_PROBE_ACK.bit();
        }
        if (repeats && window != 0) {
            sender.duplicateAcks++;
            flags |= TcpFlag.DUPLICATE_ACK.bit();
        }
        return flags;
    }

    private static boolean fillsWindow(StreamSide sender, StreamSide receiver, int end) {
        int scale = receiver.windowScale();
        boolean refused = receiver.syn() > 0 && scale < 0 || sender.syn() > 0 && sender.windowScale() < 0;
        if (!receiver.ackKnown || scale < 0 && !refused) {
            return false;
        }
        int shift = receiver.windowScaled && !refused ? Math.min(scale, MOST_SHIFT) : 0;
        return end == receiver.lastAck + (receiver.window << shift);
    }

    private static int acknowledgesUnseen(StreamSide receiver, int control, int ack) {
        boolean unseen = receiver.contiguousKnown
                && (control & TcpFlags.ACK) != 0
                && SeqNumber.isBefore(receiver.contiguous, ack)
                && !receiver.unseenTold;
        if (!unseen) {
            return 0;
        }
        receiver.unseenTold = true; // once, until there is something new to acknowledge
        receiver.contiguous = receiver.next;
        return TcpFlag.ACK_LOST_SEGMENT.bit();
    }

    /** Whether a segment that brings nothing new is a retransmission, and of which kind, or was overtaken. */
    private static int repeated(
            TcpStream stream, StreamSide sender, StreamSide receiver, int control, int sequence, int length, long now) {
        boolean old = sender.nextKnown
                && SeqNumber.isBefore(sequence, sender.next)
                && !(length > 1 && sequence == sender.next - 1); // what a probe's byte is continued by
        if (length > 0 && receiver.ackKnown && !SeqNumber.isBefore(receiver.lastAck, sequence + length)) {
            return TcpFlag.SPURIOUS_RETRANSMISSION.bit() | TcpFlag.RETRANSMISSION.bit();
        }
        if (!old) {
            return 0;
        }
        boolean asked = receiver.duplicateAcks >= 2 && now - receiver.lastAckAt < FAST_NANOS;
        if (asked && (receiver.lastAck == sequence || receiver.sackBlocks > 0 && !sacked(receiver, sequence))) {
            return TcpFlag.FAST_RETRANSMISSION.bit() | TcpFlag.RETRANSMISSION.bit();
        }
        long soon = stream.handshakeNanos() > 0 ? stream.handshakeNanos() : REORDERED_NANOS;
        int end = sequence + length + ((control & (TcpFlags.SYN | TcpFlags.FIN)) != 0 ? 1 : 0);
        if (now - sender.nextAt < soon && sender.next != end) {
            return TcpFlag.OUT_OF_ORDER.bit();
        }
        return TcpFlag.RETRANSMISSION.bit();
    }

    private static boolean sacked(StreamSide receiver, int sequence) {
        for (int i = 0; i < receiver.sackBlocks; i++) {
            if (!SeqNumber.isBefore(sequence, receiver.sackLeft[i])
                    && SeqNumber.isBefore(sequence, receiver.sackRight[i])) {
                return true;
            }
        }
        return false;
    }

    private void advance(
            StreamSide sender, int control, int sequence, int length, long now, boolean advances, boolean probe) {
        int end = sequence + length + ((control & (TcpFlags.SYN | TcpFlags.FIN)) != 0 ? 1 : 0);
        if (advances) {
            sender.unacked.add(end, now, unacked);
        }
        if (probe) {
            return;
        }
        if (!sender.nextKnown || SeqNumber.isBefore(sender.next, end)) {
            sender.next = end;
            sender.nextKnown = true;
            sender.nextAt = now;
            sender.unseenTold = false;
        }
        if (!sender.contiguousKnown || sequence == sender.contiguous) {
            sender.contiguous = sender.next;
            sender.contiguousKnown = true;
        }
    }

    private static void remember(
            StreamSide sender, TcpView tcp, int control, int ack, int window, long now, int flags) {
        if (sender.ackKnown && ack != sender.lastAck) {
            sender.duplicateAcks = 0;
        }
        sender.window = window;
        sender.windowKnown = true;
        sender.windowScaled = (control & TcpFlags.SYN) == 0;
        sender.lastFlags = flags;
        sender.lastAckAt = now;
        sender.lastAck = ack;
        sender.ackKnown = (control & TcpFlags.ACK) != 0;
        sender.sackBlocks = tcp.sackBlocks();
        if (sender.sackBlocks == 0) {
            return;
        }
        sender.makeRoomForSack();
        sender.sackBlocks = Math.min(sender.sackLeft.length, sender.sackBlocks);
        for (int i = 0; i < sender.sackBlocks; i++) {
            sender.sackLeft[i] = tcp.sackLeft(i);
            sender.sackRight[i] = tcp.sackRight(i);
        }
        if (!SeqNumber.isBefore(ack, sender.sackRight[0])) {
            sender.duplicateSack();
        }
    }
}
