package phalanx.stitch;

import java.util.List;
import java.util.Optional;
import phalanx.net.Direction;
import phalanx.net.Endpoint;
import phalanx.net.Transport;

/**
 * One exchange between two hosts, seen at one or more capture points, possibly under other addresses at each (NAT).
 *
 * @param id index in {@link Stitched#conversations()}
 * @param client the side that opened it, as the capture point nearest to it saw it; without a SYN the first sender
 * @param server the other side, as the capture point nearest to the client saw it
 * @param opened true when the opening (SYN, first datagram after the capture's begin) was seen, so that the roles are certain
 * @param againstTheStream true when the client sits at the far end of the main path, so that its packets travel server to client
 * @param legs one for each capture point that saw it, nearest to the path's client first
 */
public record Conversation(
        int id,
        Transport transport,
        Endpoint client,
        Endpoint server,
        boolean opened,
        boolean againstTheStream,
        List<Leg> legs) {
    /**
     * The conversation at one capture point.
     *
     * @param capture index into {@link Stitched#captures()}
     * @param client the client's address and port at this point
     * @param server the server's
     * @param clientPackets IP packets from the client, ICMP errors about the conversation included
     * @param serverPackets the other way
     */
    public record Leg(int capture, Endpoint client, Endpoint server, long clientPackets, long serverPackets) {}

    public Conversation {
        legs = List.copyOf(legs);
    }

    /** As that capture point saw it, empty when it did not. */
    public Optional<Leg> leg(int capture) {
        return legs.stream().filter(leg -> leg.capture() == capture).findFirst();
    }

    /** The direction in which this conversation's client sends. */
    public Direction clientDirection() {
        return againstTheStream ? Direction.SERVER_TO_CLIENT : Direction.CLIENT_TO_SERVER;
    }

    /** The capture point nearest to this conversation's client that saw it. */
    public int nearestToClient() {
        return (againstTheStream ? legs.getLast() : legs.getFirst()).capture();
    }

    /** The capture point nearest to this conversation's server that saw it. */
    public int nearestToServer() {
        return (againstTheStream ? legs.getFirst() : legs.getLast()).capture();
    }
}
