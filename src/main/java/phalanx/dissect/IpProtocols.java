package phalanx.dissect;

import phalanx.net.Transport;

/** What an IP packet carries (IANA protocol numbers). */
final class IpProtocols {
    static final int HOP_BY_HOP = 0,
            IPV4 = 4,
            IPV6 = 41,
            ROUTING = 43,
            FRAGMENT = 44,
            GRE = 47,
            ESP = 50,
            AUTHENTICATION = 51,
            NO_NEXT = 59,
            DESTINATION = 60,
            SCTP = 132;
    private static final int ETHER_IP = 97, MPLS = 137;

    private IpProtocols() {}

    /** A packet whose version is in its first bits. */
    static void byVersion(Slice in, Layers layers) {
        if (in.wireLength() == 0) {
            return;
        }
        switch (in.u8(0) >>> 4) {
            case 4 -> Ipv4.dissect(in, layers);
            case 6 -> Ipv6.dissect(in, layers);
            default -> Data.dissect(in, layers);
        }
    }

    static void dissect(int protocol, Slice in, IpHeader ip, Layers layers) {
        if (in.wireLength() == 0 && protocol != Transport.PROTOCOL_TCP && protocol != Transport.PROTOCOL_UDP) {
            return;
        }
        if (ip.fragment()) {
            layers.fragmented();
        }
        switch (protocol) {
            case Transport.PROTOCOL_TCP -> Tcp.dissect(in, ip, layers);
            case Transport.PROTOCOL_UDP -> Udp.dissect(in, ip, layers);
            case Transport.PROTOCOL_ICMP -> Icmp.dissect(in, layers);
            case Transport.PROTOCOL_ICMPV6 -> Icmpv6.dissect(in, ip, layers);
            case IPV4, IPV6 -> byVersion(in, layers);
            case GRE -> Gre.dissect(in, layers);
            case SCTP -> Sctp.dissect(in, layers);
            case AUTHENTICATION -> Ipv6Extensions.dissect(protocol, in, ip, layers);
            case ESP -> {
                Branch esp = layers.begin("Encapsulating Security Payload", "esp", in);
                esp.hex("ESP SPI", "esp.spi", 0, 4);
                esp.number("ESP sequence", "esp.sequence", 4, 4);
            }
            case ETHER_IP -> Ethernet.dissect(in.from(2), layers);
            case MPLS -> Mpls.dissect(in, layers);
            default -> Data.dissect(in, layers);
        }
    }

    static String name(int protocol) {
        return switch (protocol) {
            case HOP_BY_HOP -> "IPv6 Hop-by-Hop Option";
            case Transport.PROTOCOL_ICMP -> "ICMP";
            case 2 -> "IGMP";
            case IPV4 -> "IPIP";
            case Transport.PROTOCOL_TCP -> "TCP";
            case Transport.PROTOCOL_UDP -> "UDP";
            case IPV6 -> "IPv6";
            case ROUTING -> "Routing Header for IPv6";
            case FRAGMENT -> "Fragment Header for IPv6";
            case GRE -> "GRE";
            case ESP -> "ESP";
            case AUTHENTICATION -> "Authentication Header";
            case Transport.PROTOCOL_ICMPV6 -> "ICMPv6";
            case NO_NEXT -> "IPv6 no next header";
            case DESTINATION -> "Destination Options for IPv6";
            case 88 -> "EIGRP";
            case 89 -> "OSPF";
            case ETHER_IP -> "EtherIP";
            case 103 -> "PIM";
            case 108 -> "IPComp";
            case 112 -> "VRRP";
            case 115 -> "L2TP";
            case SCTP -> "SCTP";
            case MPLS -> "MPLS";
            default -> "Unknown";
        };
    }

    static String told(long protocol) {
        return name((int) protocol) + " (" + protocol + ")";
    }
}
