package phalanx.diagnose.loss;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Investigation;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;
import phalanx.stitch.Conversation;

/** Tells a capture on a host from one on the way: a host answers its own SYN or SYN-ACK at once. */
final class HostTurnaround {
    /** A kernel answers in tens of microseconds; a cable and another machine's interrupts add more. */
    private static final long AT_ONCE_NANOS = 150_000;

    private HostTurnaround() {}

    /** Whether each host that these packets are for answers at that capture as if the capture were on it. */
    static boolean isAtHost(Investigation investigation, int capture, int[] received) {
        PacketTable packets = investigation.packets(capture);
        Map<Integer, Long> shortest = shortest(investigation, capture);
        return Arrays.stream(received)
                .map(journey -> packets.destination(investigation.journeys().row(journey, capture)))
                .allMatch(host -> shortest.getOrDefault(host, Long.MAX_VALUE) <= AT_ONCE_NANOS);
    }

    /** By the host's address: nanoseconds from a SYN or SYN-ACK for it to what it said next. */
    private static Map<Integer, Long> shortest(Investigation investigation, int capture) {
        PacketTable packets = investigation.packets(capture);
        Map<Integer, Long> shortest = new HashMap<>();
        for (Conversation conversation : investigation.stitched().conversations()) {
            if (conversation.transport() != Transport.TCP
                    || conversation.leg(capture).isEmpty()) {
                continue;
            }
            int[] asked = {-1}; // row of the SYN or SYN-ACK that waits for an answer
            investigation.walk(conversation, capture, (_, row, _) -> {
                if (asked[0] >= 0 && packets.source(row) == packets.destination(asked[0])) {
                    long took = packets.timeNanos(row) - packets.timeNanos(asked[0]);
                    if (took >= 0) {
                        shortest.merge(packets.source(row), took, Math::min);
                    }
                    asked[0] = -1;
                }
                if ((packets.tcpFlags(row) & TcpFlags.SYN) != 0) {
                    asked[0] = row;
                }
            });
        }
        return shortest;
    }
}
