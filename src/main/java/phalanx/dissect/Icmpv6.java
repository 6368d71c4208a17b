package phalanx.dissect;

import phalanx.net.Transport;

/** ICMPv6 (RFC 4443) with neighbour discovery's addresses (RFC 4861) and the packet that an error quotes. */
final class Icmpv6 {
    private static final int HEADER = 8;

    private Icmpv6() {}

    static void dissect(Slice in, IpHeader ip, Layers layers) {
        Branch icmp = layers.begin("Internet Control Message Protocol v6", "icmpv6", in);
        int type = in.u8(0);
        icmp.number("Type", "icmpv6.type", 0, 1, _ -> type(type) + " (" + type + ")");
        icmp.number("Code", "icmpv6.code", 1, 1);
        icmp.says(type(type));
        ChecksumField.transport(in, Transport.PROTOCOL_ICMPV6, ip, icmp, "icmpv6.checksum", 2, layers);
        switch (type) {
            case 1, 2, 3, 4 -> error(icmp, in, type, layers);
            case 128, 129 -> {
                icmp.hex("Identifier", "icmpv6.echo.identifier", 4, 2);
                icmp.number("Sequence", "icmpv6.echo.sequence_number", 6, 2);
                rest(icmp, in, HEADER);
            }
            case 133 -> layers.part(icmp, () -> options(icmp, in, HEADER));
            case 134 -> {
                icmp.number("Cur hop limit", "icmpv6.nd.ra.cur_hop_limit", 4, 1);
                icmp.number("Router lifetime (s)", "icmpv6.nd.ra.router_lifetime", 6, 2);
                icmp.number("Reachable time (ms)", "icmpv6.nd.ra.reachable_time", 8, 4);
                icmp.number("Retrans timer (ms)", "icmpv6.nd.ra.retrans_timer", 12, 4);
                layers.part(icmp, () -> options(icmp, in, 16));
            }
            case 135, 136 -> {
                if (type == 136) {
                    icmp.flag("Router", "icmpv6.nd.na.flag.r", 4, 4, 0x8000_0000L);
                    icmp.flag("Solicited", "icmpv6.nd.na.flag.s", 4, 4, 0x4000_0000L);
                    icmp.flag("Override", "icmpv6.nd.na.flag.o", 4, 4, 0x2000_0000L);
                }
                icmp.ip6(
                        "Target address",
                        type == 135 ? "icmpv6.nd.ns.target_address" : "icmpv6.nd.na.target_address",
                        8);
                layers.part(icmp, () -> options(icmp, in, 24));
            }
            default -> rest(icmp, in, 4);
        }
    }

    private static void error(Branch icmp, Slice in, int type, Layers layers) {
        if (type == 2) {
            icmp.number("MTU", "icmpv6.mtu", 4, 4);
        } else if (type == 4) {
            icmp.number("Pointer", "icmpv6.pointer", 4, 4);
        }
        in.need(0, HEADER);
        layers.quotedIn(icmp);
        IpProtocols.byVersion(in.from(HEADER), layers);
    }

    private static void rest(Branch icmp, Slice in, int at) {
        if (in.length() > at) {
            icmp.octets("Data", "data.data", at, in.length() - at);
        }
    }

    private static void options(Branch icmp, Slice in, int begin) {
        int at = begin;
        while (at < in.wireLength()) {
            int kind = in.u8(at);
            int length = in.u8(at + 1) * 8;
            if (length == 0) {
                icmp.remark(Expert.ERROR, "Malformed: an option of length 0");
                return;
            }
            in.need(at, length);
            Branch option = icmp.part(option(kind), "icmpv6.opt", at, length);
            option.number("Type", "icmpv6.opt.type", at, 1);
            option.number("Length", "icmpv6.opt.length", at + 1, 1, units -> units + " (" + length + " bytes)");
            if ((kind == 1 || kind == 2) && length == 8) {
                option.mac("Link-layer address", "icmpv6.opt.linkaddr", at + 2);
            } else if (kind == 5 && length == 8) {
                option.number("MTU", "icmpv6.opt.mtu", at + 4, 4);
            } else if (kind == 3 && length == 32) {
                option.number("Prefix length", "icmpv6.opt.prefix.length", at + 2, 1);
                option.ip6("Prefix", "icmpv6.opt.prefix", at + 16);
            } else {
                option.octets("Value", "", at + 2, length - 2);
            }
            at += length;
        }
    }

    private static String option(int kind) {
        return switch (kind) {
            case 1 -> "Source link-layer address";
            case 2 -> "Target link-layer address";
            case 3 -> "Prefix information";
            case 4 -> "Redirected header";
            case 5 -> "MTU";
            case 25 -> "Recursive DNS server";
            default -> "Option " + kind;
        };
    }

    private static String type(int type) {
        return switch (type) {
            case 1 -> "Destination unreachable";
            case 2 -> "Packet too big";
            case 3 -> "Time exceeded";
            case 4 -> "Parameter problem";
            case 128 -> "Echo (ping) request";
            case 129 -> "Echo (ping) reply";
            case 130 -> "Multicast listener query";
            case 131 -> "Multicast listener report";
            case 132 -> "Multicast listener done";
            case 133 -> "Router solicitation";
            case 134 -> "Router advertisement";
            case 135 -> "Neighbor solicitation";
            case 136 -> "Neighbor advertisement";
            case 137 -> "Redirect";
            case 143 -> "Multicast listener report v2";
            default -> "Type " + type;
        };
    }
}
