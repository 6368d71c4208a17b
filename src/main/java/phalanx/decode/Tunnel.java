package phalanx.decode;

/** How one packet is carried inside another. */
public enum Tunnel {
    /** IPv4 or IPv6 in IP (RFC 2003, RFC 2473). */
    IP_IN_IP("IP-in-IP"),
    /** IPv6 in IPv4 (RFC 4213). */
    SIX_IN_FOUR("6in4"),
    /** RFC 2784, RFC 2890, and PPTP's version 1 (RFC 2637). */
    GRE("GRE"),
    /** Mirrored frames in GRE (draft-foschiano-erspan). */
    ERSPAN("ERSPAN"),
    /** RFC 7348. */
    VXLAN("VXLAN"),
    /** RFC 8926. */
    GENEVE("GENEVE"),
    /** 3GPP TS 29.281. */
    GTP_U("GTP-U"),
    /** RFC 4380. */
    TEREDO("Teredo"),
    /** RFC 2661. */
    L2TP("L2TP"),
    /** RFC 3032, also in IP and UDP (RFC 4023, RFC 7510). */
    MPLS("MPLS"),
    /** RFC 2516. */
    PPPOE("PPPoE"),
    /** Ethernet in IP (RFC 3378). */
    ETHER_IP("EtherIP"),
    /** An IPsec authentication header, which leaves the packet readable (RFC 4302). */
    AH("AH");

    private final String word;

    Tunnel(String word) {
        this.word = word;
    }

    /** As people write it. */
    public String word() {
        return word;
    }
}
