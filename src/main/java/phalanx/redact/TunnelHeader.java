package phalanx.redact;

import java.util.Arrays;
import phalanx.decode.Bytes;
import phalanx.decode.Checksums;

/**
 * What stands between an IP header and the packet that it carries in a tunnel, for the tunnels of which all is known: IP in IP, GRE with
 * ERSPAN and PPP, VXLAN, GENEVE, GTP-U, EtherIP, MPLS. What is in others is payload. One thread; no call allocates.
 */
final class TunnelHeader {
    static final int GRE = 47;
    private static final int IP_IN_IP = 4, UDP = 17, SIX_IN_IP = 41, ETHER_IP = 97, MPLS_IN_IP = 137;
    private static final int VXLAN = 4789, VXLAN_LINUX = 8472, GENEVE = 6081, GTP_U = 2152, MPLS_UDP = 6635;
    private static final int TRANSPARENT_ETHERNET = 0x6558, ERSPAN = 0x88BE, ERSPAN_3 = 0x22EB, PPP = 0x880B;

    private final LinkHeader link;
    private final Tally tally;
    private boolean greSummed;
    private boolean greRight;

    TunnelHeader(LinkHeader link, Tally tally) {
        this.link = link;
        this.tally = tally;
    }

    /**
     * @param start behind the IP header
     * @param inner where the header of the carried packet was found
     * @return whether all between was understood; else it is payload
     */
    boolean replace(byte[] bytes, int protocol, int start, int inner, int end) {
        return switch (protocol) {
            case IP_IN_IP, SIX_IN_IP -> inner == start;
            case GRE -> gre(bytes, start, inner, end);
            case UDP -> udp(bytes, start, inner);
            case ETHER_IP -> link.ethernet(bytes, start + 2, inner);
            case MPLS_IN_IP -> link.type(bytes, LinkHeader.MPLS, start, inner);
            default -> false;
        };
    }

    private boolean udp(byte[] bytes, int start, int inner) {
        if (inner < start + 16) {
            return Bytes.u16(bytes, start + 2) == MPLS_UDP && link.type(bytes, LinkHeader.MPLS, start + 8, inner);
        }
        return byPort(bytes, Bytes.u16(bytes, start + 2), start + 8, inner)
                || byPort(bytes, Bytes.u16(bytes, start), start + 8, inner);
    }

    private boolean byPort(byte[] bytes, int port, int at, int inner) {
        return switch (port) {
            case VXLAN, VXLAN_LINUX -> link.ethernet(bytes, at + 8, inner);
            case GENEVE -> geneve(bytes, at, inner);
            case GTP_U -> inner - at <= 8 + 4 + 16; // numbers of the tunnel and of the session
            case MPLS_UDP -> link.type(bytes, LinkHeader.MPLS, at, inner);
            default -> false;
        };
    }

    /** What options hold is the operator's (RFC 8926 section 3.5). */
    private boolean geneve(byte[] bytes, int at, int inner) {
        int behind = at + 8 + (bytes[at] & 0x3F) * 4;
        if (behind > inner) {
            return false;
        }
        if (behind > at + 8) {
            Arrays.fill(bytes, at + 8, behind, (byte) 0);
            tally.add(Replaced.OPTION);
        }
        return carried(bytes, Bytes.u16(bytes, at + 2), behind, inner);
    }

    private boolean gre(byte[] bytes, int start, int inner, int end) {
        int flags = Bytes.u16(bytes, start);
        int type = Bytes.u16(bytes, start + 2);
        greSummed = (flags & 0x8000) != 0;
        greRight = greSummed && Checksums.fold(Checksums.sum(bytes, start, end - start)) == 0xFFFF;
        int at = start + 4;
        at += (flags & 0xC000) != 0 ? 4 : 0;
        at += (flags & 0x2000) != 0 ? 4 : 0;
        at += (flags & 0x1000) != 0 ? 4 : 0;
        at += (flags & 7) == 1 && (flags & 0x80) != 0 ? 4 : 0;
        boolean routed = (flags & 0x4000) != 0;
        return !routed
                && at <= inner
                && switch (type) {
                    case PPP -> inner - at <= 4;
                    case ERSPAN -> link.ethernet(bytes, (flags & 0x1000) != 0 ? at + 8 : at, inner);
                    case ERSPAN_3 -> link.ethernet(bytes, at + ((bytes[at + 11] & 1) != 0 ? 20 : 12), inner);
                    default -> carried(bytes, type, at, inner);
                };
    }

    private boolean carried(byte[] bytes, int type, int at, int inner) {
        return type == TRANSPARENT_ETHERNET ? link.ethernet(bytes, at, inner) : link.type(bytes, type, at, inner);
    }

    /** The sum of a GRE packet (RFC 2784 section 2.4), once all in it has been changed; of a wrong or a cut one it stays wrong. */
    void greChecksum(byte[] bytes, int start, int end) {
        if (greSummed) {
            ChecksumField.put(bytes, start + 4, 0);
            int right = ~Checksums.fold(Checksums.sum(bytes, start, end - start)) & 0xFFFF;
            ChecksumField.put(bytes, start + 4, greRight ? right : right ^ 0x5555);
        }
    }
}
