package phalanx.dissect;

import phalanx.net.IpAddress;

/** IPv6 header (RFC 8200 section 3). */
final class Ipv6 {
    private static final int HEADER = 40;

    private Ipv6() {}

    static void dissect(Slice in, Layers layers) {
        if (!layers.deeper()) {
            return;
        }
        Branch ip = layers.begin("Internet Protocol Version 6", "ipv6", in).ends(Math.min(HEADER, in.length()));
        ip.bits("Version", "ipv6.version", 0, 1, 0xF0);
        Branch traffic = ip.bits("Traffic class", "ipv6.tclass", 0, 4, 0x0FF00000L, c -> Branch.hexadecimal(c, 1));
        traffic.bits(
                "Differentiated services codepoint",
                "ipv6.tclass.dscp",
                0,
                4,
                0x0FC00000L,
                code -> DifferentiatedServices.codepoint((int) code) + " (" + code + ")");
        traffic.bits(
                "Explicit congestion notification",
                "ipv6.tclass.ecn",
                0,
                4,
                0x00300000L,
                code -> DifferentiatedServices.congestion((int) code) + " (" + code + ")");
        ip.bits("Flow label", "ipv6.flow", 1, 3, 0x0FFFFF, label -> "0x%05x".formatted(label));
        int payload = in.u16(4);
        Branch length = ip.number("Payload length", "ipv6.plen", 4, 2);
        if (!in.holdsOnWire(HEADER, payload) && !layers.quoted()) {
            length.remark(Expert.ERROR, "Says more bytes than the frame had (" + in.wireLength() + ")");
        }
        ip.number("Next header", "ipv6.nxt", 6, 1, IpProtocols::told);
        ip.number("Hop limit", "ipv6.hlim", 7, 1);
        ip.ip6("Source address", "ipv6.src", 8);
        ip.ip6("Destination address", "ipv6.dst", 24);
        ip.says("Src: " + address(in, 8) + ", Dst: " + address(in, 24));
        Slice behind = payload == 0 ? in.from(HEADER) : in.of(HEADER, payload);
        Ipv6Extensions.dissect(in.u8(6), behind, new IpHeader(in.of(8, 32), false), layers);
    }

    private static IpAddress address(Slice in, int at) {
        return IpAddress.v6(in.i64(at), in.i64(at + 8));
    }
}
