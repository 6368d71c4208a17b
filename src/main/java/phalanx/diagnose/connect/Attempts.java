package phalanx.diagnose.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Investigation;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;
import phalanx.stitch.Conversation;

/**
 * What became of the connections to one service, as the last capture point before it saw them: nothing can have happened to them
 * between any other two points.
 */
final class Attempts {
    /** The point that saw them. */
    final int capture;

    /** Conversations whose SYN was answered by a SYN-ACK. */
    final List<Conversation> accepted = new ArrayList<>();

    /** SYNs to which nothing came back before the next one, and SYN-ACKs sent again though they had been acknowledged. */
    final List<Integer> ignored = new ArrayList<>();

    /** Conversations with such SYNs that were never accepted. */
    final List<Conversation> unanswered = new ArrayList<>();

    /** The resets, and ICMP errors, that answered SYNs. */
    final List<Integer> refusals = new ArrayList<>();

    /** SYNs that were refused. */
    final List<Integer> refused = new ArrayList<>();

    private Attempts(int capture) {
        this.capture = capture;
    }

    /** By service, as address and port at that point. */
    static Map<String, Attempts> toServices(Investigation investigation) {
        Map<String, Attempts> services = new TreeMap<>();
        for (Conversation conversation : investigation.stitched().conversations()) {
            int capture = conversation.nearestToServer();
            if (conversation.transport() == Transport.TCP
                    && investigation.endsPath(capture, conversation.clientDirection())) {
                String service =
                        conversation.leg(capture).orElseThrow().server().toString();
                services.computeIfAbsent(service, _ -> new Attempts(capture)).add(investigation, conversation);
            }
        }
        return services;
    }

    private void add(Investigation investigation, Conversation conversation) {
        PacketTable packets = investigation.packets(capture);
        List<Integer> open = new ArrayList<>();
        boolean[] seen = new boolean[3]; // a SYN-ACK, its ACK, a refusal
        investigation.walk(conversation, capture, (journey, row, fromClient) -> {
            int flags = packets.tcpFlags(row) & (TcpFlags.SYN | TcpFlags.ACK | TcpFlags.RST);
            if (fromClient && flags == TcpFlags.SYN && packets.checksum(row) != PacketTable.Checksum.BAD) {
                open.add(journey);
            } else if (!fromClient && flags == (TcpFlags.SYN | TcpFlags.ACK)) {
                if (seen[0] && seen[1]) {
                    ignored.add(journey);
                }
                if (!open.isEmpty()) {
                    open.removeLast();
                }
                seen[0] = true;
            } else if (fromClient && flags == TcpFlags.ACK) {
                seen[1] = seen[0];
            } else if (!fromClient && !seen[0] && Answers.isRefusal(investigation, journey) && !open.isEmpty()) {
                refusals.add(journey);
                refused.add(open.removeLast());
                seen[2] = true;
            }
        });
        ignored.addAll(open);
        if (seen[0]) {
            accepted.add(conversation);
        } else if (!seen[2] && !open.isEmpty()) {
            unanswered.add(conversation);
        }
    }

    static int[] array(List<Integer> journeys) {
        return journeys.stream().mapToInt(Integer::intValue).toArray();
    }
}
