package phalanx.decode;

import java.lang.foreign.MemorySegment;

/**
 * Steps over the link layer to the IP header. One instance a reader thread, re-aimed with {@link #wrap}; no call allocates.
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

    static final int IPV4 = 0x0800, IPV6 = 0x86DD;
    private static final int NULL = 0,
            ETHERNET = 1,
            RAW_BSD = 12,
            RAW_OPENBSD = 14,
            RAW = 101,
            LOOP = 108,
            COOKED = 113;
    private static final int IPV4_ONLY = 228, IPV6_ONLY = 229, COOKED_2 = 276;
    private static final int VLAN = 0x8100, SERVICE_VLAN = 0x88A8, OLD_VLAN = 0x9100;

    private long network;
    private int etherType;
    private int vlan;

    /** @param start offset of the frame in {@code bytes}  @param available captured bytes of it */
    public Fit wrap(int linkType, MemorySegment bytes, long start, int available) {
        vlan = -1;
        etherType = 0;
        return switch (linkType) {
            case ETHERNET -> {
                if (available < 14) {
                    yield Fit.TRUNCATED;
                }
                yield ethernetPayload(bytes, start + 12, start + available);
            }
            case COOKED -> {
                if (available < 16) {
                    yield Fit.TRUNCATED;
                }
                yield ethernetPayload(bytes, start + 14, start + available);
            }
            case COOKED_2 -> {
                if (available < 20) {
                    yield Fit.TRUNCATED;
                }
                etherType = Bytes.u16(bytes, start);
                network = start + 20;
                yield tagged(bytes, start + available);
            }
            case RAW, RAW_BSD, RAW_OPENBSD, IPV4_ONLY, IPV6_ONLY -> byVersion(bytes, start, available);
            // The address family in front is in the capturing machine's byte order and numbers; the IP version says
            // enough.
            case NULL, LOOP -> byVersion(bytes, start + 4, available - 4);
            default -> Fit.UNKNOWN_LINK_TYPE;
        };
    }

    private Fit ethernetPayload(MemorySegment bytes, long typeAt, long end) {
        etherType = Bytes.u16(bytes, typeAt);
        network = typeAt + 2;
        return tagged(bytes, end);
    }

    /** Steps over 802.1Q and 802.1ad tags (IEEE 802.1Q-2022 clause 9). */
    private Fit tagged(MemorySegment bytes, long end) {
        while (etherType == VLAN || etherType == SERVICE_VLAN || etherType == OLD_VLAN) {
            if (network + 4 > end) {
                return Fit.TRUNCATED;
            }
            vlan = vlan < 0 ? Bytes.u16(bytes, network) & 0xFFF : vlan;
            etherType = Bytes.u16(bytes, network + 2);
            network += 4;
        }
        return etherType == IPV4 || etherType == IPV6 ? Fit.IP : Fit.NOT_IP;
    }

    private Fit byVersion(MemorySegment bytes, long at, int available) {
        if (available < 1) {
            return Fit.TRUNCATED;
        }
        network = at;
        int version = Bytes.u8(bytes, at) >>> 4;
        etherType = version == 4 ? IPV4 : version == 6 ? IPV6 : 0;
        return etherType == 0 ? Fit.NOT_IP : Fit.IP;
    }

    /** Offset of the network header in the bytes given. */
    public long network() {
        return network;
    }

    /** EtherType of the network header, behind any tags. */
    public int etherType() {
        return etherType;
    }

    /** Outermost VLAN id, -1 without a tag. */
    public int vlan() {
        return vlan;
    }
}
