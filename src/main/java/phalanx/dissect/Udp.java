package phalanx.dissect;

import phalanx.net.Transport;

/** UDP header (RFC 768). */
final class Udp {
    private static final int HEADER = 8;

    private Udp() {}

    static void dissect(Slice in, IpHeader ip, Layers layers) {
        Branch udp = layers.begin("User Datagram Protocol", "udp", in).ends(Math.min(HEADER, in.length()));
        udp.number("Source port", "udp.srcport", 0, 2);
        udp.number("Destination port", "udp.dstport", 2, 2);
        udp.says("Src port: " + in.u16(0) + ", Dst port: " + in.u16(2));
        int length = in.u16(4);
        Branch field = udp.number("Length", "udp.length", 4, 2);
        boolean lies = length != 0 && (length < HEADER || !in.holdsOnWire(0, length) && !ip.fragment());
        if (lies && !layers.quoted()) {
            field.remark(Expert.ERROR, "Its length does not fit the packet (" + in.wireLength() + " bytes)");
        }
        Slice datagram = length == 0 || lies ? in : in.of(0, length);
        if (in.u16(6) == 0) {
            udp.hex("Checksum", "udp.checksum", 6, 2).says("0x0000 [none]");
        } else {
            ChecksumField.transport(datagram, Transport.PROTOCOL_UDP, ip, udp, "udp.checksum", 6, layers);
        }
        if (!layers.quoted() && datagram.wireLength() > HEADER) {
            Slice behind = datagram.from(HEADER);
            behind.need(0, 1);
            Applications.overUdp(in.u16(0), in.u16(2), behind, layers);
        }
    }
}
