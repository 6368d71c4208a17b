package phalanx.stitch;

import phalanx.decode.PacketTable;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;

/** A packet in a few words, as on a ladder: {@code SYN}, {@code PSH ACK len 1448}, {@code ICMP 3/4}. Any thread. */
public final class PacketLabel {
    private static final String[] FLAGS = {"FIN", "SYN", "RST", "PSH", "ACK", "URG"};

    private PacketLabel() {}

    public static String of(PacketTable packets, int row) {
        int protocol = packets.protocol(row);
        String length = packets.payloadLength(row) > 0 ? " len " + packets.payloadLength(row) : "";
        return switch (Transport.ofProtocol(protocol)) {
            case TCP -> flags(packets.tcpFlags(row)) + length;
            case UDP -> "UDP" + length;
            case ICMP -> "ICMP " + packets.icmpType(row) + "/" + packets.icmpCode(row);
            case OTHER -> "IP protocol " + protocol + length;
        };
    }

    private static String flags(int flags) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < FLAGS.length; bit++) {
            // An ACK rides on nearly every segment; it is worth a word only when it is alone or answers a SYN.
            boolean worth = 1 << bit != TcpFlags.ACK
                    || (flags & (TcpFlags.SYN | TcpFlags.PSH)) != 0
                    || (flags & 0x3F) == TcpFlags.ACK;
            if ((flags & 1 << bit) != 0 && worth) {
                text.append(text.isEmpty() ? "" : " ").append(FLAGS[bit]);
            }
        }
        return text.isEmpty() ? "no flags" : text.toString();
    }
}
