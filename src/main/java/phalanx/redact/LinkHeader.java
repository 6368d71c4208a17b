package phalanx.redact;

import java.util.Arrays;
import phalanx.decode.Bytes;

/**
 * Link headers of which all is known: hardware addresses are replaced; tags, labels and types stay. Also those inside tunnels. One thread;
 * no call allocates, but for examples.
 */
final class LinkHeader {
    static final int IPV4 = 0x0800, IPV6 = 0x86DD, MPLS = 0x8847;
    private static final int MPLS_MULTICAST = 0x8848, ARP = 0x0806, REVERSE_ARP = 0x8035, PPPOE = 0x8864;
    private static final int VLAN = 0x8100, SERVICE_VLAN = 0x88A8, OLD_VLAN = 0x9100, OLD_VLAN_2 = 0x9200;
    private static final int CISCO_METADATA = 0x8909, SMALLEST_TYPE = 0x0600;
    private static final int ARP_LENGTH = 28;

    /** LLC and SNAP, and PPP's own fields, before an IP header. */
    private static final int LONGEST_LLC = 8;

    private final AddressMap addresses;
    private final StandIns standIns;

    LinkHeader(AddressMap addresses, StandIns standIns) {
        this.addresses = addresses;
        this.standIns = standIns;
    }

    /** @return whether all bytes from {@code at} to the IP header at {@code network} were understood */
    boolean ethernet(byte[] bytes, int at, int network) {
        if (at + 14 > network) {
            return false;
        }
        standIns.hardware(bytes, at);
        standIns.hardware(bytes, at + 6);
        return type(bytes, Bytes.u16(bytes, at + 12), at + 14, network);
    }

    /** Linux cooked header, with an address of at most 8 bytes and an EtherType. @return as {@link #ethernet} */
    boolean cooked(byte[] bytes, int address, int type, int network) {
        int header = type == 0 ? 20 : 16;
        standIns.hardware(bytes, address);
        Arrays.fill(bytes, address + 6, address + 8, (byte) 0);
        return type(bytes, Bytes.u16(bytes, type), header, network);
    }

    /** What stands between an EtherType and the IP header. @return as {@link #ethernet} */
    boolean type(byte[] bytes, int first, int start, int network) {
        int type = first;
        int at = start;
        while (isTag(type) && at + 4 <= network) {
            type = Bytes.u16(bytes, at + 2);
            at += 4;
        }
        if (type == CISCO_METADATA && at + 8 <= network) {
            type = Bytes.u16(bytes, at + 6);
            at += 8;
        }
        return switch (type) {
            case IPV4, IPV6 -> at == network;
            case MPLS, MPLS_MULTICAST -> labels(bytes, at, network);
            case PPPOE -> network - at <= 6 + 4; // its header, and PPP's protocol
            default -> type < SMALLEST_TYPE && network - at <= LONGEST_LLC;
        };
    }

    private static boolean isTag(int type) {
        return type == VLAN || type == SERVICE_VLAN || type == OLD_VLAN || type == OLD_VLAN_2;
    }

    /** Labels, then IP, or a control word and an Ethernet frame (RFC 4448). */
    private boolean labels(byte[] bytes, int start, int network) {
        int at = start;
        boolean bottom = false;
        while (!bottom && at + 4 <= network) {
            bottom = (bytes[at + 2] & 1) != 0;
            at += 4;
        }
        return bottom && (at == network || ethernet(bytes, at + 4, network));
    }

    /** A frame that carries no IP packet. @return up to where it was understood */
    int otherEthernet(byte[] bytes, int end) {
        if (end < 14) {
            return 0;
        }
        standIns.hardware(bytes, 0);
        standIns.hardware(bytes, 6);
        return otherType(bytes, 12, 14, end);
    }

    /** A cooked frame that carries no IP packet. @return up to where it was understood */
    int otherCooked(byte[] bytes, int address, int type, int header, int end) {
        if (end < header) {
            return 0;
        }
        standIns.hardware(bytes, address);
        Arrays.fill(bytes, address + 6, address + 8, (byte) 0);
        return otherType(bytes, type, header, end);
    }

    private int otherType(byte[] bytes, int typeAt, int start, int end) {
        int type = Bytes.u16(bytes, typeAt);
        int at = start;
        while (isTag(type) && at + 4 <= end) {
            type = Bytes.u16(bytes, at + 2);
            at += 4;
        }
        boolean addresses = (type == ARP || type == REVERSE_ARP)
                && at + ARP_LENGTH <= end
                && Bytes.u16(bytes, at + 2) == IPV4
                && Bytes.u16(bytes, at + 4) == 0x0604;
        return addresses ? arp(bytes, at, end) : at;
    }

    /** RFC 826: two pairs of hardware and IPv4 address behind eight bytes; what pads the frame is blanked. */
    private int arp(byte[] bytes, int at, int end) {
        standIns.hardware(bytes, at + 8);
        addresses.replace4(bytes, at + 14);
        standIns.hardware(bytes, at + 18);
        addresses.replace4(bytes, at + 24);
        Arrays.fill(bytes, at + ARP_LENGTH, end, (byte) 0);
        return end;
    }
}
