package phalanx.diagnose.loss;

import phalanx.decode.PacketTable;
import phalanx.diagnose.Investigation;
import phalanx.net.Direction;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;
import phalanx.stitch.Conversation;

/** Tells a capture on a host from one on the way: a host answers its own SYN or SYN-ACK at once. */
final class HostTurnaround {
    /** A kernel answers in tens of microseconds; a cable and another machine's interrupts add more. */
    private static final long AT_ONCE_NANOS = 150_000;

    private HostTurnaround() {}

    /** @param towards direction of the packets that the host receives */
    static boolean isAtHost(Investigation investigation, int capture, Direction towards) {
        return shortest(investigation, capture, towards) <= AT_ONCE_NANOS;
    }

    private static long shortest(Investigation investigation, int capture, Direction towards) {
        PacketTable packets = investigation.packets(capture);
        long[] shortest = {Long.MAX_VALUE};
        for (Conversation conversation : investigation.stitched().conversations()) {
            if (conversation.transport() == Transport.TCP
                    && conversation.leg(capture).isPresent()) {
                long[] asked = {Long.MIN_VALUE};
                investigation.walk(conversation, capture, (journey, row, _) -> {
                    boolean syn = (packets.tcpFlags(row) & TcpFlags.SYN) != 0;
                    boolean received = investigation.journeys().direction(journey) == towards;
                    if (received && syn) {
                        asked[0] = packets.timeNanos(row);
                    } else if (!received && asked[0] != Long.MIN_VALUE) {
                        shortest[0] = Math.min(shortest[0], packets.timeNanos(row) - asked[0]);
                        asked[0] = Long.MIN_VALUE;
                    }
                });
            }
        }
        return shortest[0] < 0 ? Long.MAX_VALUE : shortest[0];
    }
}
