package phalanx.diagnose.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Investigation;
import phalanx.net.Endpoint;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;
import phalanx.stitch.Conversation;

/**
 * What became of the connections to one service, as the last capture point before it saw them: nothing can have happened to them
 * between any other two points.
 */
final class Attempts {
    /** No host sends a SYN or SYN-ACK again so soon (RFC 6298 section 2): what comes is a copy made by a mirror. */
    private static final long AGAIN_NANOS = 150_000_000;

    /** An answer may still be under way when a capture ends. */
    private static final long PATIENCE_NANOS = 1_000_000_000;

    /** Address and port at that point. */
    final Endpoint service;

    /** The point that saw them. */
    final int capture;

    /** Shortest time from a SYN to its SYN-ACK. */
    long turnaround = Long.MAX_VALUE;

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

    private Attempts(Endpoint service, int capture) {
        this.service = service;
        this.capture = capture;
    }

    /** Of each service at the point that saw it. */
    static List<Attempts> of(Investigation investigation) {
        return investigation.once(All.class, All::of).services;
    }

    private record All(List<Attempts> services) {
        static All of(Investigation investigation) {
            Map<String, Attempts> services = new TreeMap<>();
            for (Conversation conversation : investigation.stitched().conversations()) {
                int capture = conversation.nearestToServer();
                if (conversation.transport() == Transport.TCP
                        && investigation.endsPath(capture, conversation.clientDirection())) {
                    Endpoint service = conversation.leg(capture).orElseThrow().server();
                    services.computeIfAbsent(service + " " + capture, _ -> new Attempts(service, capture))
                            .add(investigation, conversation);
                }
            }
            return new All(List.copyOf(services.values()));
        }
    }

    private void add(Investigation investigation, Conversation conversation) {
        PacketTable packets = investigation.packets(capture);
        List<Integer> open = new ArrayList<>();
        boolean[] seen = new boolean[4]; // a SYN-ACK, its ACK, a refusal, data of the client
        long[] last = {Long.MIN_VALUE, Long.MIN_VALUE}; // SYN, SYN-ACK
        investigation.walk(conversation, capture, (journey, row, fromClient) -> {
            int flags = packets.tcpFlags(row) & (TcpFlags.SYN | TcpFlags.ACK | TcpFlags.RST);
            long now = packets.timeNanos(row);
            if (fromClient && flags == TcpFlags.SYN && packets.checksum(row) != PacketTable.Checksum.BAD) {
                if (now - last[0] >= AGAIN_NANOS || last[0] == Long.MIN_VALUE) {
                    open.add(journey);
                }
                last[0] = now;
            } else if (!fromClient && flags == (TcpFlags.SYN | TcpFlags.ACK)) {
                boolean copy = last[1] != Long.MIN_VALUE && now - last[1] < AGAIN_NANOS;
                last[1] = now;
                if (seen[0] && seen[1] && seen[3]
                        && !copy) { // without data, the server may wait for it (TCP_DEFER_ACCEPT)
                    ignored.add(journey);
                }
                if (!open.isEmpty()) {
                    open.removeLast();
                    turnaround = Math.min(turnaround, Math.max(0, now - last[0]));
                }
                seen[0] = true;
            } else if (fromClient && flags == TcpFlags.ACK) {
                open.clear(); // it was answered, whether the answer was captured or not
                seen[1] = seen[0];
                seen[3] |= packets.payloadLength(row) > 0;
            } else if (!fromClient && !seen[0] && Answers.isRefusal(investigation, journey) && !open.isEmpty()) {
                refusals.add(journey);
                refused.add(open.removeLast());
                seen[2] = true;
            }
        });
        long end = packets.timeNanos(packets.size() - 1);
        boolean again = open.size() > 1;
        open.removeIf(journey ->
                !again && end - packets.timeNanos(investigation.journeys().row(journey, capture)) < PATIENCE_NANOS);
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
