package phalanx.measure;

import java.util.Arrays;
import java.util.stream.LongStream;
import phalanx.decode.PacketTable;
import phalanx.net.Direction;
import phalanx.net.SeqNumber;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;
import phalanx.stitch.Conversation;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/** What one side of a TCP conversation sent and how long its acknowledgments took, seen at the capture next to it. */
final class TcpSide {
    /** Most segments that wait for their acknowledgment; more in flight than this and the oldest go without a sample. */
    private static final int MOST_PENDING = 4096;

    private final LongList roundTrips = new LongList();
    private final IntList acknowledgedAt = new IntList();
    /** Rings of a power of two. */
    private int[] pendingEnd = new int[16];

    private long[] pendingSent = new long[16];
    private int oldest;
    private int newest;
    private final IntList sentAgain = new IntList();
    private boolean any;
    private int highest;

    /** @param timed whether round trips are wanted, else only what was sent again */
    TcpSide(Stitched stitched, Conversation conversation, int capture, boolean client, boolean timed) {
        PacketTable packets = stitched.captures().get(capture).packets();
        Journeys journeys = stitched.journeys();
        Direction ours = client
                ? conversation.clientDirection()
                : conversation.clientDirection().reversed();
        for (int journey : journeys.of(conversation.id(), capture)) {
            int row = journeys.row(journey, capture);
            if (packets.protocol(row) != Transport.PROTOCOL_TCP) {
                continue;
            }
            if (journeys.direction(journey) == ours) {
                sent(packets, row);
            } else if (timed && (packets.tcpFlags(row) & TcpFlags.ACK) != 0) {
                acknowledged(packets.acknowledgment(row), packets.timeNanos(row), row);
            }
        }
    }

    private void sent(PacketTable packets, int row) {
        int flags = packets.tcpFlags(row);
        boolean counts = (flags & (TcpFlags.SYN | TcpFlags.FIN)) != 0;
        int length = Math.max(0, packets.payloadLength(row)) + (counts ? 1 : 0);
        if (length == 0 || (flags & TcpFlags.RST) != 0) {
            return;
        }
        int end = packets.sequence(row) + length;
        boolean again = any && !SeqNumber.isBefore(highest, end);
        // A keep-alive sends the last byte again on purpose (RFC 9293 section 3.8.4).
        boolean keepAlive = again && length <= 1 && packets.sequence(row) == highest - 1 && !counts;
        if (again && !keepAlive) {
            sentAgain.add(row);
            oldest = newest; // Karn: no samples across a retransmission (RFC 6298 section 3)
        } else if (!again) {
            await(end, packets.timeNanos(row));
            highest = end;
            any = true;
        }
    }

    private void await(int end, long when) {
        if (newest - oldest == pendingEnd.length) {
            if (pendingEnd.length < MOST_PENDING) {
                grow();
            } else {
                oldest++;
            }
        }
        int at = place(newest++);
        pendingEnd[at] = end;
        pendingSent[at] = when;
    }

    private int place(int pending) {
        return pending & (pendingEnd.length - 1);
    }

    private void grow() {
        int[] ends = new int[2 * pendingEnd.length];
        long[] times = new long[ends.length];
        for (int i = oldest; i < newest; i++) {
            ends[i & (ends.length - 1)] = pendingEnd[place(i)];
            times[i & (ends.length - 1)] = pendingSent[place(i)];
        }
        pendingEnd = ends;
        pendingSent = times;
    }

    private void acknowledged(int ack, long when, int row) {
        long sent = -1;
        while (oldest < newest && !SeqNumber.isBefore(ack, pendingEnd[place(oldest)])) {
            sent = pendingEnd[place(oldest)] == ack ? pendingSent[place(oldest)] : -1;
            oldest++;
        }
        if (sent >= 0) {
            roundTrips.add(when - sent);
            acknowledgedAt.add(row);
        }
    }

    /** SYN and FIN sent again included, keep-alives not. */
    long retransmissions() {
        return sentAgain.size();
    }

    /** The rows of the segments counted by {@link #retransmissions()}, in the order of the file. */
    int[] sentAgain() {
        return sentAgain.toArray();
    }

    LongStream roundTrips() {
        return Arrays.stream(roundTrips.toArray());
    }

    /** The row of the acknowledgment of each round trip. */
    int[] acknowledgedAt() {
        return acknowledgedAt.toArray();
    }
}
