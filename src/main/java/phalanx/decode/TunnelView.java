package phalanx.decode;

import org.jspecify.annotations.Nullable;
import phalanx.net.Transport;

/**
 * Finds the packet that an IP packet carries. What only looks like a tunnel but holds no IP packet is none. One instance a reader
 * thread; no call allocates.
 */
final class TunnelView {
    private static final int IP_IN_IP = 4, SIX_IN_IP = 41, GRE = 47, ETHER_IP = 97, MPLS_IN_IP = 137;
    private static final int VXLAN = 4789, VXLAN_LINUX = 8472, GENEVE = 6081, GTP_U = 2152, TEREDO = 3544, L2TP = 1701;
    private static final int MPLS_UDP = 6635;
    private static final int TRANSPARENT_ETHERNET = 0x6558, ERSPAN = 0x88BE, ERSPAN_3 = 0x22EB, PPP = 0x880B;
    private static final int CISCO_METADATA = 0x8909;
    private static final int ARUBA_FIRST = 0x8200, ARUBA_LAST = 0x8210;

    private final LinkLayer inner = new LinkLayer();
    private byte[] bytes = {};
    private int end;

    /** Where the carried packet begins and what stood before it; valid after {@link #find} returned a tunnel. */
    LinkLayer inner() {
        return inner;
    }

    /** @param start of what the IP header carries  @param end of the captured bytes of it */
    @Nullable
    Tunnel find(IpView ip, byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.end = end;
        if (ip.transportCut() || ip.fragmentOffset() > 0) {
            return null;
        }
        return switch (ip.protocol()) {
            case Transport.PROTOCOL_TCP, Transport.PROTOCOL_ICMP, Transport.PROTOCOL_ICMPV6 -> null;
            case Transport.PROTOCOL_UDP -> udp(start);
            case IP_IN_IP -> ip(start, Tunnel.IP_IN_IP);
            case SIX_IN_IP -> ip(start, ip.isV6() ? Tunnel.IP_IN_IP : Tunnel.SIX_IN_FOUR);
            case GRE -> gre(start);
            case ETHER_IP -> ethernet(start + 2, Tunnel.ETHER_IP);
            case MPLS_IN_IP -> etherType(LinkLayer.MPLS, start, Tunnel.MPLS);
            default -> null;
        };
    }

    private boolean has(int at, int length) {
        return length <= end - at;
    }

    private @Nullable Tunnel ip(int at, Tunnel tunnel) {
        return inner.wrapIp(bytes, at, end) == LinkLayer.Fit.IP ? tunnel : null;
    }

    private @Nullable Tunnel ethernet(int at, Tunnel tunnel) {
        int available = Math.max(0, end - at);
        return inner.wrap(LinkLayer.ETHERNET, bytes, at, available) == LinkLayer.Fit.IP ? tunnel : null;
    }

    private @Nullable Tunnel etherType(int type, int at, Tunnel tunnel) {
        return inner.wrapEtherType(type, bytes, at, end) == LinkLayer.Fit.IP ? tunnel : null;
    }

    private @Nullable Tunnel gre(int start) {
        if (!has(start, 4)) {
            return null;
        }
        int flags = Bytes.u16(bytes, start);
        int type = Bytes.u16(bytes, start + 2);
        int version = flags & 7;
        boolean sequence = (flags & 0x1000) != 0;
        int at = start + 4;
        at += (flags & 0xC000) != 0 ? 4 : 0; // checksum or routing: the same word
        at += (flags & 0x2000) != 0 ? 4 : 0;
        at += sequence ? 4 : 0;
        at += version == 1 && (flags & 0x80) != 0 ? 4 : 0;
        if (type == PPP) {
            return inner.wrapPpp(bytes, at, end) == LinkLayer.Fit.IP ? Tunnel.GRE : null;
        }
        if (type == TRANSPARENT_ETHERNET) {
            return ethernet(at, Tunnel.GRE);
        }
        if (type == ERSPAN) {
            return ethernet(sequence ? at + 8 : at, Tunnel.ERSPAN); // type I has neither sequence nor header
        }
        if (type == ERSPAN_3) {
            boolean more = has(at, 12) && (Bytes.u8(bytes, at + 11) & 1) != 0;
            return ethernet(at + (more ? 20 : 12), Tunnel.ERSPAN);
        }
        if (type >= ARUBA_FIRST && type <= ARUBA_LAST) { // access points send 802.11 frames to their controller
            int available = Math.max(0, end - at);
            return inner.wrap(LinkLayer.IEEE_802_11, bytes, at, available) == LinkLayer.Fit.IP ? Tunnel.GRE : null;
        }
        if (type == CISCO_METADATA) { // in GRE the EtherType comes first
            return has(at, 8) ? etherType(Bytes.u16(bytes, at), at + 8, Tunnel.GRE) : null;
        }
        return etherType(type, at, Tunnel.GRE);
    }

    private @Nullable Tunnel udp(int start) {
        if (!has(start, 16)) {
            return null;
        }
        int from = Bytes.u16(bytes, start);
        int to = Bytes.u16(bytes, start + 2);
        Tunnel found = byPort(to, start + 8);
        return found != null || from == to ? found : byPort(from, start + 8);
    }

    private @Nullable Tunnel byPort(int port, int at) {
        return switch (port) {
            case VXLAN, VXLAN_LINUX -> (Bytes.u8(bytes, at) & 0x08) != 0 ? ethernet(at + 8, Tunnel.VXLAN) : null;
            case GENEVE -> geneve(at);
            case GTP_U -> gtp(at);
            case TEREDO -> teredo(at);
            case L2TP -> l2tp(at);
            case MPLS_UDP -> etherType(LinkLayer.MPLS, at, Tunnel.MPLS);
            default -> null;
        };
    }

    private @Nullable Tunnel geneve(int at) {
        int first = Bytes.u8(bytes, at);
        if (first >>> 6 != 0) {
            return null;
        }
        int type = Bytes.u16(bytes, at + 2);
        int behind = at + 8 + (first & 0x3F) * 4;
        return type == TRANSPARENT_ETHERNET ? ethernet(behind, Tunnel.GENEVE) : etherType(type, behind, Tunnel.GENEVE);
    }

    /** A user packet (G-PDU, message 255) of version 1, behind any extension headers (TS 29.281 section 5.2). */
    private @Nullable Tunnel gtp(int start) {
        int flags = Bytes.u8(bytes, start);
        if (flags >>> 4 != 3 || Bytes.u8(bytes, start + 1) != 255) {
            return null;
        }
        int at = start + 8;
        if ((flags & 7) != 0) {
            if (!has(at, 4)) {
                return null;
            }
            int next = (flags & 4) != 0 ? Bytes.u8(bytes, at + 3) : 0;
            at += 4;
            while (next != 0 && has(at, 4)) {
                int length = Bytes.u8(bytes, at) * 4;
                if (length == 0 || !has(at, length)) {
                    return null;
                }
                next = Bytes.u8(bytes, at + length - 1);
                at += length;
            }
        }
        return ip(at, Tunnel.GTP_U);
    }

    /** IPv6 behind an authentication and an origin header (RFC 4380 section 5.1.1). */
    private @Nullable Tunnel teredo(int start) {
        int at = start;
        if (has(at, 4) && Bytes.u16(bytes, at) == 1) {
            at += 13 + Bytes.u8(bytes, at + 2) + Bytes.u8(bytes, at + 3);
        }
        if (has(at, 8) && Bytes.u16(bytes, at) == 0) {
            at += 8;
        }
        return has(at, 40) && Bytes.u8(bytes, at) >>> 4 == 6 ? ip(at, Tunnel.TEREDO) : null;
    }

    /** A version 2 data message with PPP in it (RFC 2661 section 3.1). */
    private @Nullable Tunnel l2tp(int start) {
        int flags = Bytes.u16(bytes, start);
        if ((flags & 0x800F) != 2) {
            return null;
        }
        int at = start + 6;
        at += (flags & 0x4000) != 0 ? 2 : 0;
        at += (flags & 0x0800) != 0 ? 4 : 0;
        if ((flags & 0x0200) != 0) {
            at += has(at, 2) ? 2 + Bytes.u16(bytes, at) : 0;
        }
        return inner.wrapPpp(bytes, at, end) == LinkLayer.Fit.IP ? Tunnel.L2TP : null;
    }
}
