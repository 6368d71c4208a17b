package phalanx.measure;

import phalanx.decode.PacketTable;
import phalanx.net.Direction;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;
import phalanx.stitch.Conversation;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/** Follows one direction of a TCP conversation packet by packet. One use, one thread. */
final class TcpTraceMeter {
    private static final int MOST_SHIFT = 14; // RFC 7323 section 2.3
    private static final int UNSEEN = -2;
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final Stitched stitched;
    private final int capture;
    private final PacketTable packets;
    private final int[] own;
    private final Direction data;
    private final int[] retransmitted;
    private int nextRetransmitted;

    private final IntList sent;
    private final LongList begin;
    private final LongList end;
    private final LongList inFlight;
    private final IntList again;
    private final IntList received;
    private final LongList acknowledged;
    private final LongList window;
    private final IntList duplicates;

    private boolean anchored;
    private int lastNumber;
    private long lastUnwrapped;
    private long highest;
    private long lastAck = UNKNOWN;
    private long lastWindow = -1;
    private int repeated;
    private int senderScale = UNSEEN;
    private int receiverScale = UNSEEN;

    TcpTraceMeter(Stitched stitched, Conversation conversation, boolean fromClient) {
        this.stitched = stitched;
        capture = fromClient ? conversation.nearestToClient() : conversation.nearestToServer();
        packets = stitched.captures().get(capture).packets();
        own = stitched.journeys().of(conversation.id(), capture);
        data = fromClient
                ? conversation.clientDirection()
                : conversation.clientDirection().reversed();
        retransmitted = new TcpSide(stitched, conversation, capture, fromClient, false).sentAgain();
        Journeys journeys = stitched.journeys();
        int carrying = 2; // the begin and the end of the stream
        int answers = 0;
        for (int journey : own) {
            boolean ours = journeys.direction(journey) == data;
            carrying += ours && packets.payloadLength(journeys.row(journey, capture)) > 0 ? 1 : 0;
            answers += ours ? 0 : 1;
        }
        sent = new IntList(carrying);
        begin = new LongList(carrying);
        end = new LongList(carrying);
        inFlight = new LongList(carrying);
        again = new IntList(carrying);
        received = new IntList(answers);
        acknowledged = new LongList(answers);
        window = new LongList(answers);
        duplicates = new IntList(answers);
    }

    TcpTrace trace() {
        Journeys journeys = stitched.journeys();
        for (int journey : own) {
            int row = journeys.row(journey, capture);
            if (packets.protocol(row) != Transport.PROTOCOL_TCP || (packets.tcpFlags(row) & TcpFlags.RST) != 0) {
                continue;
            }
            if (journeys.direction(journey) == data) {
                send(journey, row);
            } else {
                receive(journey, row);
            }
        }
        int[] segments = sent.toArray();
        int[] acknowledgments = received.toArray();
        return new TcpTrace(
                capture,
                receiverScale != UNSEEN,
                new TcpTrace.Segments(
                        segments,
                        times(segments),
                        begin.toArray(),
                        end.toArray(),
                        flags(again.toArray()),
                        inFlight.toArray()),
                new TcpTrace.Acknowledgments(
                        acknowledgments,
                        times(acknowledgments),
                        acknowledged.toArray(),
                        window.toArray(),
                        duplicates.toArray()));
    }

    private void send(int journey, int row) {
        int flags = packets.tcpFlags(row);
        boolean syn = (flags & TcpFlags.SYN) != 0;
        if (syn) {
            senderScale = packets.windowScale(row);
        }
        int length = Math.max(0, packets.payloadLength(row)) + (syn || (flags & TcpFlags.FIN) != 0 ? 1 : 0);
        if (length == 0) {
            return;
        }
        while (nextRetransmitted < retransmitted.length && retransmitted[nextRetransmitted] < row) {
            nextRetransmitted++;
        }
        boolean repeats = nextRetransmitted < retransmitted.length && retransmitted[nextRetransmitted] == row;
        long from = unwrapped(packets.sequence(row), syn);
        highest = Math.max(highest, from + length);
        lastAck = lastAck == UNKNOWN ? from : lastAck;
        sent.add(journey);
        begin.add(from);
        end.add(from + length);
        again.add(repeats ? 1 : 0);
        inFlight.add(Math.max(0, highest - lastAck));
    }

    private void receive(int journey, int row) {
        int flags = packets.tcpFlags(row);
        boolean syn = (flags & TcpFlags.SYN) != 0;
        if (syn) {
            receiverScale = packets.windowScale(row);
        }
        if ((flags & TcpFlags.ACK) == 0) {
            return;
        }
        long ack = unwrapped(packets.acknowledgment(row), false);
        long room = (long) packets.window(row) << (syn ? 0 : shift());
        boolean pure = packets.payloadLength(row) == 0 && (flags & (TcpFlags.SYN | TcpFlags.FIN)) == 0;
        boolean duplicate = pure && ack == lastAck && room == lastWindow && highest > ack;
        repeated = duplicate ? repeated + 1 : ack == lastAck ? repeated : 0;
        lastAck = Math.max(lastAck, ack);
        lastWindow = room;
        received.add(journey);
        acknowledged.add(ack);
        window.add(room);
        duplicates.add(duplicate ? repeated : 0);
    }

    /** Windows are scaled only when both sides offered it (RFC 7323 section 2.2). */
    private int shift() {
        return receiverScale < 0 || senderScale == -1 ? 0 : Math.min(receiverScale, MOST_SHIFT);
    }

    /** A sequence number without wraps, near the one before. */
    private long unwrapped(int number, boolean syn) {
        if (!anchored) {
            anchored = true;
            lastUnwrapped = syn ? 0 : 1;
        } else {
            lastUnwrapped += number - lastNumber;
        }
        lastNumber = number;
        return lastUnwrapped;
    }

    private long[] times(int[] journeys) {
        long[] times = new long[journeys.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = stitched.commonNanos(capture, stitched.journeys().row(journeys[i], capture));
        }
        return times;
    }

    private static boolean[] flags(int[] ones) {
        boolean[] flags = new boolean[ones.length];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = ones[i] != 0;
        }
        return flags;
    }
}
