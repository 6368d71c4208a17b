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
    /** Segments waiting for their acknowledgment, as a ring; more in flight than this and the oldest go without a sample. */
    private static final int RING = 4096;

    private final LongList roundTrips = new LongList();
    private final IntList acknowledgedAt = new IntList();
    private final int[] pendingEnd = new int[RING];
    private final long[] pendingSent = new long[RING];
    private int oldest;
    private int newest;
    private final IntList sentAgain = new IntList();
    private boolean any;
    private int highest;

    TcpSide(Stitched stitched, Conversation conversation, int capture, boolean client) {
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
            } else if ((packets.tcpFlags(row) & TcpFlags.ACK) != 0) {
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
            pendingEnd[newest % RING] = end;
            pendingSent[newest++ % RING] = packets.timeNanos(row);
            oldest = Math.max(oldest, newest - RING);
            highest = end;
            any = true;
        }
    }

    private void acknowledged(int ack, long when, int row) {
        long sent = -1;
        while (oldest < newest && !SeqNumber.isBefore(ack, pendingEnd[oldest % RING])) {
            sent = pendingEnd[oldest % RING] == ack ? pendingSent[oldest % RING] : -1;
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
