package phalanx.measure;

import java.util.ArrayList;
import java.util.List;
import phalanx.decode.PacketTable;
import phalanx.net.Direction;
import phalanx.net.SeqNumber;
import phalanx.net.Transport;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/**
 * The bytes of one direction of a TCP conversation that one capture holds, and the highest one that the receiver acknowledged.
 * Sequence numbers count from the first one seen, so that they do not wrap within 2 GiB.
 */
final class AckedBytes {
    private static final int ACK = 16;

    private final List<long[]> held = new ArrayList<>();
    private int origin;
    private boolean any;
    private int highestAck;
    private boolean acked;

    AckedBytes(Stitched stitched, int conversation, Direction direction, int capture) {
        PacketTable packets = stitched.captures().get(capture).packets();
        Journeys journeys = stitched.journeys();
        for (int journey : journeys.of(conversation)) {
            int row = journeys.row(journey, capture);
            if (row < 0 || packets.protocol(row) != Transport.PROTOCOL_TCP) {
                continue;
            }
            if (journeys.direction(journey) == direction) {
                hold(packets.sequence(row), packets.payloadLength(row));
            } else if ((packets.tcpFlags(row) & ACK) != 0) {
                int ack = packets.acknowledgment(row);
                highestAck = acked ? SeqNumber.later(highestAck, ack) : ack;
                acked = true;
            }
        }
        held.sort((a, b) -> Long.compare(a[0], b[0]));
        merge();
    }

    private void hold(int sequence, int length) {
        if (!any) {
            origin = sequence;
            any = true;
        }
        if (length > 0) {
            long start = (long) (sequence - origin);
            held.add(new long[] {start, start + length});
        }
    }

    private void merge() {
        List<long[]> merged = new ArrayList<>();
        for (long[] range : held) {
            if (!merged.isEmpty() && range[0] <= merged.getLast()[1]) {
                merged.getLast()[1] = Math.max(merged.getLast()[1], range[1]);
            } else {
                merged.add(range);
            }
        }
        held.clear();
        held.addAll(merged);
    }

    /** Whether the receiver acknowledged all of these bytes though the capture holds none of them. */
    boolean coversUnseen(int sequence, int length) {
        if (!any || !acked || SeqNumber.isBefore(highestAck, sequence + length)) {
            return false;
        }
        long start = (long) (sequence - origin);
        int low = 0;
        int high = held.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (held.get(middle)[1] <= start) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return low == held.size() || held.get(low)[0] >= start + length;
    }
}
