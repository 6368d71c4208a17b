package phalanx.diagnose.loss;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Investigation;
import phalanx.net.Direction;
import phalanx.net.SeqNumber;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;
import phalanx.stitch.Conversation;

/**
 * TCP segments whose loss shows at one capture point though it did not happen between two: a receiver asks three times for bytes (RFC 5681
 * section 3.2) that had passed the point, so that they were lost behind it; or that had not, while later ones had, so that they were lost
 * before it. After the tests of tcpanaly (Paxson 1997). One thread.
 */
final class MissingSegments {
    private static final int ASKED = 3;

    private final PacketTable packets;

    /** Segments that passed and did not reach the receiver. */
    final List<Integer> behind = new ArrayList<>();

    /** Segments sent again of which no first copy passed. */
    final List<Integer> before = new ArrayList<>();

    private final Map<Integer, Integer> passed = new HashMap<>();
    private final Map<Integer, Integer> asked = new HashMap<>();
    private int highest;
    private boolean any;
    private int acknowledged;
    private boolean anyAck;

    /** @param sent direction of the data */
    MissingSegments(Investigation investigation, Conversation conversation, int capture, Direction sent) {
        packets = investigation.packets(capture);
        investigation.walk(conversation, capture, (journey, row, _) -> {
            if (packets.protocol(row) != Transport.PROTOCOL_TCP) {
                return;
            }
            if (investigation.journeys().direction(journey) == sent) {
                data(journey, row);
            } else {
                acknowledgment(row);
            }
        });
    }

    private void data(int journey, int row) {
        int length = packets.payloadLength(row);
        int start = packets.sequence(row);
        if (length <= 1 || packets.checksum(row) == PacketTable.Checksum.BAD) {
            return; // a probe or a keep-alive is no loss
        }
        int end = start + length;
        if (!any || SeqNumber.isBefore(highest, end) && !SeqNumber.isBefore(start, highest)) {
            highest = end;
            any = true;
        } else if (asked.getOrDefault(start, 0) >= ASKED) {
            Integer first = passed.get(start);
            if (first == null) {
                before.add(journey);
            } else {
                behind.add(first);
            }
        }
        highest = SeqNumber.later(highest, end);
        passed.put(start, journey);
        asked.remove(start);
    }

    /** Counts how often the receiver asks for the same bytes while later ones are under way. */
    private void acknowledgment(int row) {
        int flags = packets.tcpFlags(row) & (TcpFlags.ACK | TcpFlags.SYN | TcpFlags.RST);
        if (flags != TcpFlags.ACK) {
            return;
        }
        int ack = packets.acknowledgment(row);
        if (anyAck && ack == acknowledged && packets.payloadLength(row) == 0 && SeqNumber.isBefore(ack, highest)) {
            asked.merge(ack, 1, Integer::sum);
        } else if (!anyAck || SeqNumber.isBefore(acknowledged, ack)) {
            passed.keySet().removeIf(start -> SeqNumber.isBefore(start, ack));
            asked.clear();
            acknowledged = ack;
            anyAck = true;
        }
    }
}
