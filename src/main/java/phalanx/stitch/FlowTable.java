package phalanx.stitch;

import java.util.Arrays;
import phalanx.decode.PacketTable;
import phalanx.net.Endpoint;
import phalanx.net.IpAddress;
import phalanx.net.Transport;

/**
 * The flows of one capture: rows grouped by 5-tuple, both directions together, a reused port opening a new flow. ICMP errors
 * belong to the flow that they quote. One thread while it is filled, then any.
 */
final class FlowTable {
    /** {@link #flowOf} of rows that do not travel between hosts: neighbour discovery, multicast. */
    static final int NONE = -1;

    private static final int SYN = 2, ACK = 16;
    private static final int NO_SYN = 0, CLIENT_SYN = 1;

    private final PacketTable packets;
    private final int[] flowOf;
    private final boolean[] fromOpener;

    private int flows;
    private int[] slots = filled(1024);
    private int[] next = new int[256];
    private int[] openerAddress = new int[256];
    private int[] otherAddress = new int[256];
    private int[] openerPort = new int[256];
    private int[] otherPort = new int[256];
    private int[] protocol = new int[256];
    private int[] initialSequence = new int[256];
    private byte[] opening = new byte[256];
    private int[] rows = new int[256];

    FlowTable(PacketTable packets) {
        this.packets = packets;
        flowOf = new int[packets.size()];
        fromOpener = new boolean[packets.size()];
        for (int row = 0; row < flowOf.length; row++) {
            flowOf[row] = travels(row) ? flowFor(row) : NONE;
            if (flowOf[row] >= 0) {
                rows[flowOf[row]]++;
            }
        }
    }

    int flows() {
        return flows;
    }

    int flowOf(int row) {
        return flowOf[row];
    }

    /** Whether the row travels away from the side that opened the flow, as far as this capture can tell. */
    boolean fromOpener(int row) {
        return fromOpener[row];
    }

    int rows(int flow) {
        return rows[flow];
    }

    Transport transport(int flow) {
        return Transport.ofProtocol(protocol[flow]);
    }

    Endpoint opener(int flow) {
        return new Endpoint(packets.address(openerAddress[flow]), openerPort[flow]);
    }

    Endpoint other(int flow) {
        return new Endpoint(packets.address(otherAddress[flow]), otherPort[flow]);
    }

    /** Whether the opening SYN (or its answer) was seen, so that the opener is certain. */
    boolean sawOpening(int flow) {
        return opening[flow] != NO_SYN;
    }

    /** Sequence number of the opening SYN; meaningless unless {@link #sawOpening}. */
    int initialSequence(int flow) {
        return initialSequence[flow];
    }

    /** Packets that one host sends to another through the network. */
    private boolean travels(int row) {
        IpAddress to = packets.address(packets.destination(row));
        IpAddress from = packets.address(packets.source(row));
        if (to.isMulticast() || from.isMulticast() || (to.isLinkLocal() && from.isLinkLocal())) {
            return false;
        }
        int type = packets.icmpType(row);
        boolean neighbourDiscovery = packets.protocol(row) == Transport.PROTOCOL_ICMPV6
                && (type >= 133 && type <= 137 || type >= 130 && type <= 132 || type == 143);
        return !neighbourDiscovery;
    }

    private int flowFor(int row) {
        if (packets.hasQuote(row)) {
            // The quoted packet travelled away from its source; the error travels back to it.
            int flow = find(
                    packets.quotedProtocol(row),
                    packets.quotedSource(row),
                    packets.quotedDestination(row),
                    packets.quotedSourcePort(row),
                    packets.quotedDestinationPort(row));
            if (flow < 0) {
                flow = add(
                        packets.quotedProtocol(row),
                        packets.quotedSource(row),
                        packets.quotedDestination(row),
                        packets.quotedSourcePort(row),
                        packets.quotedDestinationPort(row));
            }
            boolean quotedFromOpener = isOpener(flow, packets.quotedSource(row), packets.quotedSourcePort(row));
            fromOpener[row] = !quotedFromOpener;
            return flow;
        }
        int flow = find(
                packets.protocol(row),
                packets.source(row),
                packets.destination(row),
                packets.sourcePort(row),
                packets.destinationPort(row));
        int flags = packets.tcpFlags(row);
        boolean syn = (flags & SYN) != 0;
        if (syn && (flags & ACK) == 0 && flow >= 0 && startsAnew(flow, row)) {
            flow = -1;
        }
        if (flow < 0) {
            boolean answer = syn && (flags & ACK) != 0;
            flow = answer
                    ? add(
                            packets.protocol(row),
                            packets.destination(row),
                            packets.source(row),
                            packets.destinationPort(row),
                            packets.sourcePort(row))
                    : add(
                            packets.protocol(row),
                            packets.source(row),
                            packets.destination(row),
                            packets.sourcePort(row),
                            packets.destinationPort(row));
        }
        if (syn && opening[flow] == NO_SYN) {
            opening[flow] = CLIENT_SYN;
            initialSequence[flow] = (flags & ACK) == 0 ? packets.sequence(row) : packets.acknowledgment(row) - 1;
        }
        fromOpener[row] = isOpener(flow, packets.source(row), packets.sourcePort(row));
        return flow;
    }

    /** A SYN with another initial sequence number on known ports is a new connection (RFC 9293 section 3.6.1). */
    private boolean startsAnew(int flow, int row) {
        return opening[flow] != NO_SYN ? initialSequence[flow] != packets.sequence(row) : rows[flow] > 0;
    }

    private boolean isOpener(int flow, int address, int port) {
        return openerAddress[flow] == address
                && (openerPort[flow] == port || openerAddress[flow] != otherAddress[flow]);
    }

    private int find(int proto, int from, int to, int fromPort, int toPort) {
        int flow = slots[slot(proto, from, to, fromPort, toPort)];
        while (flow >= 0) {
            boolean forward = openerAddress[flow] == from
                    && otherAddress[flow] == to
                    && openerPort[flow] == fromPort
                    && otherPort[flow] == toPort;
            boolean backward = openerAddress[flow] == to
                    && otherAddress[flow] == from
                    && openerPort[flow] == toPort
                    && otherPort[flow] == fromPort;
            if (protocol[flow] == proto && (forward || backward)) {
                return flow;
            }
            flow = next[flow];
        }
        return -1;
    }

    /** The newest flow of a tuple shadows older ones, as it stands first in its chain. */
    private int add(int proto, int from, int to, int fromPort, int toPort) {
        if (flows == next.length) {
            grow();
        }
        int flow = flows++;
        protocol[flow] = proto;
        openerAddress[flow] = from;
        otherAddress[flow] = to;
        openerPort[flow] = fromPort;
        otherPort[flow] = toPort;
        int slot = slot(proto, from, to, fromPort, toPort);
        next[flow] = slots[slot];
        slots[slot] = flow;
        return flow;
    }

    private int slot(int proto, int from, int to, int fromPort, int toPort) {
        long a = (long) from << 16 | fromPort;
        long b = (long) to << 16 | toPort;
        long hash = PacketKeys.mix(Math.min(a, b) * 31 + Math.max(a, b) * 17 + proto);
        return (int) (hash >>> 40) & (slots.length - 1);
    }

    private void grow() {
        int size = flows * 2;
        next = Arrays.copyOf(next, size);
        openerAddress = Arrays.copyOf(openerAddress, size);
        otherAddress = Arrays.copyOf(otherAddress, size);
        openerPort = Arrays.copyOf(openerPort, size);
        otherPort = Arrays.copyOf(otherPort, size);
        protocol = Arrays.copyOf(protocol, size);
        initialSequence = Arrays.copyOf(initialSequence, size);
        opening = Arrays.copyOf(opening, size);
        rows = Arrays.copyOf(rows, size);
        slots = filled(Math.min(1 << 22, slots.length * 2));
        for (int flow = 0; flow < flows; flow++) {
            int slot = slot(protocol[flow], openerAddress[flow], otherAddress[flow], openerPort[flow], otherPort[flow]);
            next[flow] = slots[slot];
            slots[slot] = flow;
        }
    }

    private static int[] filled(int length) {
        int[] array = new int[length];
        Arrays.fill(array, -1);
        return array;
    }
}
