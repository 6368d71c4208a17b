package phalanx.dissect;

/** What follows an EtherType (IEEE 802 numbers, IANA). */
final class EtherTypes {
    /** Smaller numbers are lengths. */
    static final int SMALLEST = 0x0600;

    static final int IPV4 = 0x0800, IPV6 = 0x86DD, TRANSPARENT_ETHERNET = 0x6558;
    private static final int ARP = 0x0806,
            VLAN = 0x8100,
            SERVICE_VLAN = 0x88A8,
            OLD_VLAN = 0x9100,
            MPLS = 0x8847,
            MPLS_MULTICAST = 0x8848,
            PPPOE_DISCOVERY = 0x8863,
            PPPOE_SESSION = 0x8864,
            PPP = 0x880B;

    private EtherTypes() {}

    static void field(Branch of, String filterName, int at) {
        int type = of.in().u16(at);
        of.hex("Type", filterName, at, 2, name(type));
    }

    static void dissect(int type, Slice in, Layers layers) {
        switch (type) {
            case IPV4, IPV6 -> IpProtocols.byVersion(in, layers);
            case ARP -> Arp.dissect(in, layers);
            case VLAN, SERVICE_VLAN, OLD_VLAN -> Vlan.dissect(type, in, layers);
            case MPLS, MPLS_MULTICAST -> Mpls.dissect(in, layers);
            case PPPOE_SESSION, PPPOE_DISCOVERY -> Pppoe.dissect(in, layers);
            case PPP -> Pppoe.ppp(in, layers);
            case TRANSPARENT_ETHERNET -> Ethernet.dissect(in, layers);
            default -> Data.dissect(in, layers);
        }
    }

    static String name(int type) {
        return switch (type) {
            case IPV4 -> "IPv4";
            case IPV6 -> "IPv6";
            case ARP -> "ARP";
            case VLAN -> "802.1Q Virtual LAN";
            case SERVICE_VLAN -> "802.1ad Provider Bridge";
            case OLD_VLAN -> "Q-in-Q";
            case MPLS -> "MPLS label switched packet";
            case MPLS_MULTICAST -> "MPLS multicast";
            case PPPOE_DISCOVERY -> "PPPoE Discovery";
            case PPPOE_SESSION -> "PPPoE Session";
            case PPP -> "PPP";
            case TRANSPARENT_ETHERNET -> "Transparent Ethernet bridging";
            case 0x8809 -> "Slow Protocols";
            case 0x88CC -> "LLDP";
            case 0x888E -> "802.1X Authentication";
            case 0x88E5 -> "802.1AE (MACsec)";
            case 0x88BE -> "ERSPAN";
            case 0x22EB -> "ERSPAN type III";
            case 0x9000 -> "Loopback";
            default -> "Unknown";
        };
    }
}
