package phalanx.dissect;

import phalanx.decode.LinkLayer;

/** The first header of a frame, by the file's LINKTYPE (www.tcpdump.org/linktypes.html). */
final class LinkTypes {
    private static final int NULL = 0,
            ETHERNET = 1,
            PPP = 9,
            RAW_BSD = 12,
            RAW_OPENBSD = 14,
            PPP_ETHER = 51,
            RAW = 101,
            LOOP = 108,
            COOKED = 113,
            IPV4 = 228,
            IPV6 = 229,
            COOKED_2 = 276;

    private LinkTypes() {}

    static void dissect(int linkType, Slice in, Layers layers) {
        switch (linkType) {
            case ETHERNET -> Ethernet.dissect(in, layers);
            case COOKED -> LinuxCooked.dissect(in, layers);
            case COOKED_2 -> LinuxCooked.dissectSecond(in, layers);
            case NULL, LOOP -> Loopback.dissect(in, linkType == LOOP, layers);
            case RAW, RAW_BSD, RAW_OPENBSD, IPV4, IPV6 -> IpProtocols.byVersion(in, layers);
            case PPP -> Pppoe.ppp(in, layers);
            case PPP_ETHER -> Pppoe.dissect(in, layers);
            default -> other(linkType, in, layers);
        }
    }

    /** Headers that are only stepped over to the packet behind them. */
    private static void other(int linkType, Slice in, Layers layers) {
        LinkLayer link = new LinkLayer();
        LinkLayer.Fit fit = link.wrap(linkType, in.bytes(), in.start(), in.length());
        Branch header = layers.begin("Link layer header", "", in).says(name(linkType));
        if (fit == LinkLayer.Fit.IP) {
            int length = link.network() - in.start();
            header.ends(length);
            IpProtocols.byVersion(in.from(length), layers);
        } else {
            header.remark(Expert.NOTE, "Not taken apart: link type " + name(linkType));
        }
    }

    static String name(int linkType) {
        String word = switch (linkType) {
            case NULL -> "BSD loopback";
            case ETHERNET -> "Ethernet";
            case PPP -> "PPP";
            case RAW_BSD, RAW_OPENBSD, RAW -> "Raw IP";
            case PPP_ETHER -> "PPPoE";
            case LOOP -> "OpenBSD loopback";
            case 105 -> "IEEE 802.11";
            case 107 -> "Frame Relay";
            case COOKED -> "Linux cooked v1";
            case 127 -> "IEEE 802.11 with radiotap";
            case IPV4 -> "Raw IPv4";
            case IPV6 -> "Raw IPv6";
            case COOKED_2 -> "Linux cooked v2";
            default -> "";
        };
        return word.isEmpty() ? Integer.toString(linkType) : word + " (" + linkType + ")";
    }
}
