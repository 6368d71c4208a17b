package phalanx.show.packets;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import phalanx.decode.PacketTable;
import phalanx.measure.PacketFates;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;
import phalanx.stitch.PacketLabel;

/** What a packet says in one line, from what is kept of every packet: at hand for each row at once. Any thread. */
final class PacketInfo {
    private static final String[] FLAGS = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};

    private PacketInfo() {}

    /** @param fates null as long as they are not counted: sequence numbers are as in the header then */
    static String of(PacketTable packets, int row, int journey, @Nullable PacketFates fates) {
        return switch (Transport.ofProtocol(packets.protocol(row))) {
            case TCP -> tcp(packets, row, journey, fates);
            case UDP ->
                packets.isDns(row)
                        ? (packets.isDnsResponse(row) ? "response " : "query ") + packets.dnsName(row)
                        : ports(packets, row) + " Len=" + Math.max(0, packets.payloadLength(row));
            case ICMP, OTHER -> PacketLabel.of(packets, row);
        };
    }

    static String protocol(PacketTable packets, int row) {
        return switch (Transport.ofProtocol(packets.protocol(row))) {
            case TCP -> "TCP";
            case UDP -> packets.isDns(row) ? "DNS" : "UDP";
            case ICMP -> packets.isV6(row) ? "ICMPv6" : "ICMP";
            case OTHER -> packets.isV6(row) ? "IPv6" : "IPv4";
        };
    }

    private static String ports(PacketTable packets, int row) {
        return packets.sourcePort(row) + " → " + packets.destinationPort(row);
    }

    private static String tcp(PacketTable packets, int row, int journey, @Nullable PacketFates fates) {
        StringJoiner flags = new StringJoiner(", ", "[", "]");
        for (int bit = 0; bit < FLAGS.length; bit++) {
            if ((packets.tcpFlags(row) >>> bit & 1) != 0) {
                flags.add(FLAGS[bit]);
            }
        }
        int base = 0;
        int ackBase = 0;
        if (fates != null && journey >= 0) {
            boolean toServer = (fates.of(journey) & PacketFates.TO_SERVER) != 0;
            base = fates.firstSequence(journey, toServer);
            ackBase = fates.firstSequence(journey, !toServer);
        }
        StringBuilder info = new StringBuilder(ports(packets, row)).append(' ').append(flags);
        info.append(" Seq=").append(Integer.toUnsignedString(packets.sequence(row) - base));
        if ((packets.tcpFlags(row) & TcpFlags.ACK) != 0) {
            info.append(" Ack=").append(Integer.toUnsignedString(packets.acknowledgment(row) - ackBase));
        }
        info.append(" Win=")
                .append(packets.window(row))
                .append(" Len=")
                .append(Math.max(0, packets.payloadLength(row)));
        if (packets.maximumSegmentSize(row) >= 0) {
            info.append(" MSS=").append(packets.maximumSegmentSize(row));
        }
        if (packets.windowScale(row) >= 0) {
            info.append(" WS=").append(1L << Math.min(14, packets.windowScale(row)));
        }
        return info.toString();
    }
}
