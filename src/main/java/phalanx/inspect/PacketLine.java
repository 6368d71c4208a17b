package phalanx.inspect;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import phalanx.capture.FrameCursor;
import phalanx.decode.FrameView;
import phalanx.decode.IpView;
import phalanx.decode.TcpView;
import phalanx.net.IpAddress;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;
import phalanx.run.ForeignText;

/**
 * A frame in a packet list. Texts from packets are fit for a terminal.
 *
 * @param info what the packet says, the TCP analysis in brackets
 */
public record PacketLine(String source, String destination, String protocol, String info) {
    private static final String[] FLAGS = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};

    static PacketLine of(
            @Nullable FrameCursor cursor, FrameView.Fit fit, FrameView view, TcpStreams streams, FrameEvents events) {
        if (cursor == null || fit != FrameView.Fit.IP && fit != FrameView.Fit.FRAGMENT) {
            return notIp(fit, view);
        }
        IpView ip = view.ip();
        String from = address(ip.isV6(), ip.sourceHigh(), ip.sourceLow());
        String to = address(ip.isV6(), ip.destinationHigh(), ip.destinationLow());
        if (fit == FrameView.Fit.FRAGMENT || !view.hasTransport()) {
            String info = fit == FrameView.Fit.FRAGMENT
                    ? "fragment of protocol %d, offset %d, id 0x%04x"
                            .formatted(ip.protocol(), ip.fragmentOffset(), ip.identification())
                    : "protocol " + ip.protocol();
            return new PacketLine(from, to, ip.isV6() ? "IPv6" : "IPv4", info);
        }
        return switch (Transport.ofProtocol(ip.protocol())) {
            case TCP -> new PacketLine(from, to, content(events, "TCP"), tcp(view, streams, events));
            case UDP ->
                new PacketLine(
                        from,
                        to,
                        udpProtocol(view, events),
                        "%d > %d, %d bytes".formatted(view.sourcePort(), view.destinationPort(), view.payloadLength()));
            case ICMP ->
                new PacketLine(
                        from,
                        to,
                        ip.isV6() ? "ICMPv6" : "ICMP",
                        "type %d code %d"
                                .formatted(view.icmp().type(), view.icmp().code()));
            case OTHER -> new PacketLine(from, to, "IP", "protocol " + ip.protocol());
        };
    }

    private static PacketLine notIp(FrameView.Fit fit, FrameView view) {
        String info = switch (fit) {
            case UNKNOWN_LINK_TYPE -> "link type not decoded";
            case TRUNCATED -> "cut before its IP header ends";
            case MALFORMED -> "its IP header contradicts itself";
            case NOT_IP, IP, FRAGMENT ->
                view.etherType() == 0x0806 ? "" : "EtherType 0x%04x".formatted(view.etherType());
        };
        return new PacketLine("", "", view.etherType() == 0x0806 && fit == FrameView.Fit.NOT_IP ? "ARP" : "-", info);
    }

    private static String address(boolean v6, long high, long low) {
        return (v6 ? IpAddress.v6(high, low) : IpAddress.v4((int) low)).toString();
    }

    private static String content(FrameEvents events, String otherwise) {
        return !events.http().isEmpty() ? "HTTP" : !events.tlsRecords().isEmpty() ? "TLS" : otherwise;
    }

    private static String udpProtocol(FrameView view, FrameEvents events) {
        int from = view.sourcePort();
        int to = view.destinationPort();
        boolean dns = DnsTraffic.isPort(from) || DnsTraffic.isPort(to);
        return dns ? "DNS" : events.quic() ? "QUIC" : "UDP";
    }

    private static String tcp(FrameView view, TcpStreams streams, FrameEvents events) {
        TcpView tcp = view.tcp();
        StringJoiner flags = new StringJoiner(", ", "[", "]");
        for (int bit = 0; bit < FLAGS.length; bit++) {
            if ((tcp.flags() >>> bit & 1) != 0) {
                flags.add(FLAGS[bit]);
            }
        }
        StringBuilder info = new StringBuilder();
        for (TcpFlag flag : TcpFlag.values()) {
            if ((streams.flags() & flag.bit()) != 0) {
                info.append('[').append(flag.word().replace('_', ' ')).append("] ");
            }
        }
        for (FrameEvents.HttpMessage message : events.http()) {
            info.append(
                    message.method().isEmpty()
                            ? "HTTP " + message.code() + " "
                            : ForeignText.name(message.method() + " " + message.target()) + " ");
        }
        TcpStream stream = streams.stream();
        long base = stream == null ? 0 : stream.side(streams.fromA()).base;
        long ackBase = stream == null ? 0 : stream.side(!streams.fromA()).base;
        info.append(tcp.sourcePort())
                .append(" > ")
                .append(tcp.destinationPort())
                .append(' ')
                .append(flags);
        info.append(" Seq=").append(tcp.sequence() - base & 0xFFFF_FFFFL);
        if ((tcp.flags() & TcpFlags.ACK) != 0) {
            info.append(" Ack=").append(tcp.acknowledgment() - ackBase & 0xFFFF_FFFFL);
        }
        info.append(" Win=").append(tcp.window()).append(" Len=").append(Math.max(0, view.payloadLength()));
        return info.toString();
    }
}
