package phalanx.decode;

/**
 * Steps over the link layer to the IP header: the frame formats of the LINKTYPE registry that carry IP, with VLAN tags, LLC/SNAP,
 * MPLS labels, PPP and PPPoE between. One instance a reader thread, re-aimed with {@link #wrap}; no call allocates.
 */
public final class LinkLayer {
    /** What was found. */
    public enum Fit {
        /** {@link #network()} points at an IP header's first byte. */
        IP,
        /** Another protocol; {@link #etherType()} says which. */
        NOT_IP,
        /** The frame was cut before its network header. */
        TRUNCATED,
        /** A link type that is not decoded. */
        UNKNOWN_LINK_TYPE
    }

    static final int ETHERNET = 1, IEEE_802_11 = 105;
    static final int IPV4 = 0x0800, IPV6 = 0x86DD, MPLS = 0x8847;
    private static final int NULL = 0, TOKEN_RING = 6, ARCNET = 7, PPP = 9, FDDI = 10, RAW_BSD = 12, RAW_OPENBSD = 14;
    private static final int PPP_HDLC = 50, PPP_ETHER = 51, ATM_LLC = 100, RAW = 101, CISCO_HDLC = 104;
    private static final int FRAME_RELAY = 107,
            LOOP = 108,
            COOKED = 113,
            PRISM = 119,
            RADIOTAP = 127,
            ARCNET_LINUX = 129;
    private static final int PPP_PPPD = 166, PPI = 192, PPP_WITH_DIRECTION = 204, IPNET = 226;
    private static final int IPV4_ONLY = 228, IPV6_ONLY = 229, PKTAP = 258;
    private static final int NFLOG = 239, IPOIB = 242, COOKED_2 = 276;
    private static final int VLAN = 0x8100, SERVICE_VLAN = 0x88A8, OLD_VLAN = 0x9100, OLD_VLAN_2 = 0x9200;
    private static final int CISCO_METADATA = 0x8909;
    private static final int MPLS_MULTICAST = 0x8848, PPPOE_SESSION = 0x8864, SMALLEST_ETHER_TYPE = 0x0600;
    private static final int SNAP = 0xAA, LLC_IP = 0x06;
    private static final int MOST_LABELS = 16, MOST_TAGS = 4;

    private final Radio radio = new Radio();
    private byte[] bytes = {};
    private int end;
    private int network;
    private int etherType;
    private final int[] vlans = new int[MOST_TAGS];
    private int tags;
    private int labels;
    private boolean pppoe;

    /** @param start offset of the frame in {@code bytes}  @param available captured bytes of it */
    public Fit wrap(int linkType, byte[] bytes, int start, int available) {
        reset(bytes, start + available);
        return link(linkType, start);
    }

    /** As {@link #wrap} for what a tunnel carries, of which the EtherType is known. */
    Fit wrapEtherType(int type, byte[] bytes, int start, int end) {
        reset(bytes, end);
        return payload(type, start);
    }

    /** As {@link #wrap} for PPP frames in a tunnel. */
    Fit wrapPpp(byte[] bytes, int start, int end) {
        reset(bytes, end);
        return ppp(start);
    }

    /** As {@link #wrap} for an IP packet in a tunnel. */
    Fit wrapIp(byte[] bytes, int start, int end) {
        reset(bytes, end);
        return byVersion(start);
    }

    private void reset(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
        network = 0;
        etherType = 0;
        tags = 0;
        labels = 0;
        pppoe = false;
    }

    private Fit link(int linkType, int at) {
        return switch (linkType) {
            case ETHERNET -> ethernet(at);
            case COOKED -> has(at, 16) ? payload(Bytes.u16(bytes, at + 14), at + 16) : Fit.TRUNCATED;
            case COOKED_2 -> has(at, 20) ? payload(Bytes.u16(bytes, at), at + 20) : Fit.TRUNCATED;
            case RAW, RAW_BSD, RAW_OPENBSD -> byVersion(at);
            case IPV4_ONLY -> byVersion(at) == Fit.IP && etherType == IPV4 ? Fit.IP : Fit.NOT_IP;
            case IPV6_ONLY -> byVersion(at) == Fit.IP && etherType == IPV6 ? Fit.IP : Fit.NOT_IP;
            // The address family in front is in the capturing machine's byte order and numbers; the IP version says
            // enough.
            case NULL, LOOP -> byVersion(at + 4);
            case PPP, PPP_HDLC, PPP_WITH_DIRECTION -> linkPpp(linkType, at);
            case PPP_PPPD -> ppp(at + 2); // the direction in the address's place, and the control field
            case PPP_ETHER -> payload(PPPOE_SESSION, at);
            case CISCO_HDLC -> has(at, 4) ? payload(Bytes.u16(bytes, at + 2), at + 4) : Fit.TRUNCATED;
            case FRAME_RELAY -> frameRelay(at);
            case IEEE_802_11, RADIOTAP, PRISM -> wireless(linkType, at);
            case PPI -> has(at, 8) ? wrapped(little(at + 2, 2), little(at + 4, 4), at) : Fit.TRUNCATED;
            case PKTAP -> has(at, 12) ? wrapped(little(at, 4), little(at + 8, 4), at) : Fit.TRUNCATED;
            case IPNET -> byVersion(at + 24);
            case TOKEN_RING -> tokenRing(at);
            case FDDI -> llc(at + 13);
            case ATM_LLC -> llc(at);
            case ARCNET -> arcnet(at + 2);
            case ARCNET_LINUX -> arcnet(at + 4);
            case NFLOG -> nflog(at);
            case IPOIB -> has(at, 44) ? payload(Bytes.u16(bytes, at + 40), at + 44) : Fit.TRUNCATED;
            default -> Fit.UNKNOWN_LINK_TYPE;
        };
    }

    /** A frame of another link type behind a header that says which. */
    private Fit wrapped(int header, int linkType, int at) {
        boolean again = linkType == PPI || linkType == PKTAP;
        return again || header < 8 || !has(at, header) ? Fit.NOT_IP : link(linkType, at + header);
    }

    private int little(int at, int length) {
        int value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | Bytes.u8(bytes, at + i);
        }
        return value;
    }

    /** Safe for any length that a header may claim. */
    private boolean has(int at, int length) {
        return length <= end - at;
    }

    /** An EtherType, or a length with LLC behind it (IEEE 802.3-2022 clause 3.2.6). */
    private Fit ethernet(int at) {
        if (!has(at, 14)) {
            return Fit.TRUNCATED;
        }
        return payload(Bytes.u16(bytes, at + 12), at + 14);
    }

    /** Steps over 802.1Q and 802.1ad tags (IEEE 802.1Q-2022 clause 9), MPLS, PPPoE and LLC. */
    private Fit payload(int type, int start) {
        etherType = type;
        network = start;
        while (etherType == VLAN || etherType == SERVICE_VLAN || etherType == OLD_VLAN || etherType == OLD_VLAN_2) {
            if (!has(network, 4)) {
                return Fit.TRUNCATED;
            }
            if (tags < MOST_TAGS) {
                vlans[tags++] = Bytes.u16(bytes, network) & 0xFFF;
            }
            etherType = Bytes.u16(bytes, network + 2);
            network += 4;
        }
        if (etherType == CISCO_METADATA && has(network, 8)) { // version, length, option, security group, EtherType
            etherType = Bytes.u16(bytes, network + 6);
            network += 8;
        }
        if (etherType == IPV4 || etherType == IPV6) {
            return Fit.IP;
        }
        if (etherType == MPLS || etherType == MPLS_MULTICAST) {
            return mpls(network);
        }
        if (etherType == PPPOE_SESSION) { // RFC 2516 section 4: version and type, code, session, length
            pppoe = true;
            return has(network, 8) ? ppp(network + 6) : Fit.TRUNCATED;
        }
        return etherType < SMALLEST_ETHER_TYPE ? llc(network) : Fit.NOT_IP;
    }

    /** IEEE 802.2 LLC, with a SNAP header or IP right behind it (RFC 1042). */
    private Fit llc(int at) {
        if (!has(at, 3)) {
            return Fit.TRUNCATED;
        }
        int service = Bytes.u8(bytes, at);
        if (service == LLC_IP && Bytes.u8(bytes, at + 1) == LLC_IP) {
            return byVersion(at + 3);
        }
        if (service != SNAP || Bytes.u8(bytes, at + 1) != SNAP) {
            return Fit.NOT_IP;
        }
        return snap(at + 3);
    }

    /** Organization code 0 is encapsulated Ethernet, 00-00-F8 is 802.1H's; other codes name their own protocols. */
    private Fit snap(int at) {
        if (!has(at, 5)) {
            return Fit.TRUNCATED;
        }
        int organization = Bytes.u16(bytes, at) << 8 | Bytes.u8(bytes, at + 2);
        int type = Bytes.u16(bytes, at + 3);
        return (organization == 0 || organization == 0xF8) && type >= SMALLEST_ETHER_TYPE
                ? payload(type, at + 5)
                : Fit.NOT_IP;
    }

    /** Labels down to the bottom of the stack (RFC 3032 section 2.1); then IP by its version, or an Ethernet pseudowire (RFC 4448). */
    private Fit mpls(int start) {
        int at = start;
        boolean bottom = false;
        while (!bottom) {
            if (!has(at, 4)) {
                return Fit.TRUNCATED;
            }
            if (++labels > MOST_LABELS) {
                return Fit.NOT_IP;
            }
            bottom = (Bytes.u8(bytes, at + 2) & 1) != 0;
            at += 4;
        }
        if (!has(at, 1)) {
            return Fit.TRUNCATED;
        }
        return switch (Bytes.u8(bytes, at) >>> 4) {
            case 4, 6 -> byVersion(at);
            case 0 -> ethernet(at + 4); // behind a control word
            default -> Fit.NOT_IP;
        };
    }

    private Fit linkPpp(int linkType, int at) {
        int behind = linkType == PPP_WITH_DIRECTION ? at + 1 : at;
        if (!has(behind, 4)) {
            return Fit.TRUNCATED;
        }
        int first = Bytes.u8(bytes, behind);
        boolean cisco =
                linkType == PPP_HDLC && (first == 0x0F || first == 0x8F); // RFC 1547: Cisco framing on the same link
        return cisco ? payload(Bytes.u16(bytes, behind + 2), behind + 4) : ppp(behind);
    }

    /** RFC 1661 section 2, RFC 1662 section 3.1: address and control may be left out, and the protocol's first byte. */
    private Fit ppp(int start) {
        int at = start;
        if (has(at, 2) && Bytes.u16(bytes, at) == 0xFF03) {
            at += 2;
        }
        if (!has(at, 2)) {
            return Fit.TRUNCATED;
        }
        int protocol = Bytes.u8(bytes, at);
        if ((protocol & 1) == 0) {
            protocol = Bytes.u16(bytes, at);
            at++;
        }
        at++;
        etherType = 0;
        return switch (protocol) {
            case 0x0021, 0x0057 -> byVersion(at);
            case 0x0281 -> mpls(at);
            default -> Fit.NOT_IP;
        };
    }

    /** Q.922 address, then RFC 2427's control and NLPID, or Cisco's EtherType. */
    private Fit frameRelay(int start) {
        int at = start;
        while (has(at, 1) && (Bytes.u8(bytes, at) & 1) == 0 && at - start < 4) {
            at++;
        }
        at++;
        if (!has(at, 4)) {
            return Fit.TRUNCATED;
        }
        if (Bytes.u8(bytes, at) != 0x03) {
            return payload(Bytes.u16(bytes, at), at + 2);
        }
        int behind = Bytes.u8(bytes, at + 1) == 0 ? at + 2 : at + 1; // a pad byte aligns what follows
        return switch (Bytes.u8(bytes, behind)) {
            case 0xCC, 0x8E -> byVersion(behind + 1);
            case 0x80 -> snap(behind + 1);
            default -> Fit.NOT_IP;
        };
    }

    private Fit wireless(int linkType, int at) {
        int header = radio.wrap(linkType, bytes, at, end);
        if (header < 0) {
            return Fit.TRUNCATED;
        }
        end = radio.end();
        return header == 0 ? Fit.NOT_IP : llc(at + header);
    }

    /** IEEE 802.5: access and frame control, two addresses, a routing field when the source's first bit is set. */
    private Fit tokenRing(int at) {
        if (!has(at, 17)) {
            return Fit.TRUNCATED;
        }
        boolean routed = (Bytes.u8(bytes, at + 8) & 0x80) != 0;
        int routing = routed ? Bytes.u8(bytes, at + 14) & 0x1F : 0;
        return llc(at + 14 + routing);
    }

    /** RFC 1201 section 2: protocol 0xD4 is IP, in front of it a split flag and a sequence number; a longer frame repeats them. */
    private Fit arcnet(int at) {
        if (!has(at, 4)) {
            return Fit.TRUNCATED;
        }
        int protocol = Bytes.u8(bytes, at);
        int behind = Bytes.u8(bytes, at + 1) == 0xFF ? at + 5 : at + 1;
        return protocol == 0xD4 ? byVersion(behind + 3) : Fit.NOT_IP;
    }

    /** Fixed header, then type-length-value items in the capturing machine's byte order; item 9 is the packet. */
    private Fit nflog(int start) {
        if (!has(start, 4)) {
            return Fit.TRUNCATED;
        }
        int at = start + 4;
        while (has(at, 4)) {
            int length = little(at, 2);
            int type = little(at + 2, 2);
            if (length < 4) {
                return Fit.NOT_IP;
            }
            if (type == 9) {
                return byVersion(at + 4);
            }
            at += (length + 3) & ~3;
        }
        return Fit.TRUNCATED;
    }

    private Fit byVersion(int at) {
        if (!has(at, 1)) {
            return Fit.TRUNCATED;
        }
        network = at;
        int version = Bytes.u8(bytes, at) >>> 4;
        etherType = version == 4 ? IPV4 : version == 6 ? IPV6 : 0;
        return etherType == 0 ? Fit.NOT_IP : Fit.IP;
    }

    /** Offset of the network header in the bytes given. */
    public int network() {
        return network;
    }

    /** EtherType of the network header, behind any tags; 0 where the link has no EtherTypes and it is not IP. */
    public int etherType() {
        return etherType;
    }

    /** Outermost VLAN id, -1 without a tag. */
    public int vlan() {
        return tags == 0 ? -1 : vlans[0];
    }

    /** VLAN tags stepped over, the first four of them. */
    public int tags() {
        return tags;
    }

    /** @param depth 0 for the outermost tag */
    public int vlan(int depth) {
        return vlans[depth];
    }

    /** Where the captured bytes of the frame end, a check sequence left off. */
    int end() {
        return end;
    }

    /** MPLS labels stepped over. */
    int labels() {
        return labels;
    }

    boolean pppoe() {
        return pppoe;
    }
}
