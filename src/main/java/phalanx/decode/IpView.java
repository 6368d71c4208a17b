package phalanx.decode;

/**
 * IPv4 header (RFC 791 section 3.1) or IPv6 header with its extension headers (RFC 8200 sections 3 and 4) in place. One instance a
 * reader thread, re-aimed with {@link #wrap}; no call allocates. After OK every accessor is in bounds.
 */
public final class IpView {
    /** Whether the header could be read. */
    public enum Fit {
        OK,
        TRUNCATED,
        MALFORMED
    }

    private static final int HOP_BY_HOP = 0, ROUTING = 43, FRAGMENT = 44, AUTHENTICATION = 51, DESTINATION_OPTIONS = 60;

    private byte[] bytes = {};
    private int start;
    private boolean v6;
    private int headerLength;
    private int protocol;
    private int identification;
    private int fragmentOffset;
    private boolean fragment;
    private boolean transportCut;
    private boolean fragmentHeader;
    private boolean moreFragments;
    private boolean authenticated;
    private int fragmentBody;
    private int fragmentProtocol;

    /** @param start offset of the header in {@code bytes}  @param available captured bytes from there on */
    public Fit wrap(byte[] bytes, int start, int available) {
        this.bytes = bytes;
        this.start = start;
        transportCut = false;
        fragmentOffset = 0;
        fragment = false;
        fragmentHeader = false;
        authenticated = false;
        if (available < 1) {
            return Fit.TRUNCATED;
        }
        return switch (Bytes.u8(bytes, start) >>> 4) {
            case 4 -> wrap4(available);
            case 6 -> wrap6(available);
            default -> Fit.MALFORMED;
        };
    }

    private Fit wrap4(int available) {
        v6 = false;
        headerLength = (Bytes.u8(bytes, start) & 0x0F) * 4;
        if (headerLength < 20) {
            return Fit.MALFORMED;
        }
        if (available < headerLength) {
            return Fit.TRUNCATED;
        }
        identification = Bytes.u16(bytes, start + 4);
        int flags = Bytes.u16(bytes, start + 6);
        fragmentOffset = (flags & 0x1FFF) * 8;
        fragment = fragmentOffset > 0 || (flags & 0x2000) != 0;
        fragmentHeader = fragment;
        protocol = Bytes.u8(bytes, start + 9);
        fragmentBody = headerLength;
        fragmentProtocol = protocol;
        return Fit.OK;
    }

    private Fit wrap6(int available) {
        v6 = true;
        if (available < 40) {
            return Fit.TRUNCATED;
        }
        identification = 0;
        protocol = Bytes.u8(bytes, start + 6);
        headerLength = 40;
        while (isExtension(protocol)) {
            if (available < headerLength + 8) {
                transportCut = true;
                return Fit.OK;
            }
            int at = start + headerLength;
            int length = Bytes.u8(bytes, at + 1);
            if (protocol == FRAGMENT) {
                int offset = Bytes.u16(bytes, at + 2);
                fragmentOffset = offset & 0xFFF8;
                moreFragments = (offset & 1) != 0;
                fragment = fragmentOffset > 0 || moreFragments;
                fragmentHeader = true;
                identification = Bytes.i32(bytes, at + 4);
                headerLength += 8;
                fragmentBody = headerLength;
                fragmentProtocol = Bytes.u8(bytes, at);
                if (fragmentOffset > 0) { // what follows is the middle of something (RFC 8200 section 4.5)
                    protocol = Bytes.u8(bytes, at);
                    break;
                }
            } else {
                authenticated |= protocol == AUTHENTICATION;
                headerLength += protocol == AUTHENTICATION ? (length + 2) * 4 : (length + 1) * 8;
            }
            protocol = Bytes.u8(bytes, at);
        }
        transportCut = headerLength > available;
        return Fit.OK;
    }

    private static boolean isExtension(int protocol) {
        return protocol == HOP_BY_HOP
                || protocol == ROUTING
                || protocol == FRAGMENT
                || protocol == AUTHENTICATION
                || protocol == DESTINATION_OPTIONS;
    }

    public boolean isV6() {
        return v6;
    }

    /** Bytes of the header, IPv6 extension headers included. */
    public int headerLength() {
        return headerLength;
    }

    /** Bytes of the whole packet as the header says; 0 when it does not (segmentation offload). */
    public int totalLength() {
        if (v6) {
            int payload = Bytes.u16(bytes, start + 4);
            return payload == 0 ? 0 : 40 + payload;
        }
        return Bytes.u16(bytes, start + 2);
    }

    /** IANA number of what follows the last header. */
    public int protocol() {
        return protocol;
    }

    /** IPv4 identification; for IPv6 that of the fragment header, 0 without one. */
    public int identification() {
        return identification;
    }

    public boolean dontFragment() {
        return v6 || (Bytes.u16(bytes, start + 6) & 0x4000) != 0;
    }

    public boolean isFragment() {
        return fragment;
    }

    /** Whether more fragments of the packet follow this one. */
    boolean moreFragments() {
        return v6 ? moreFragments : (Bytes.u16(bytes, start + 6) & 0x2000) != 0;
    }

    /** Whether it is a fragment, or an IPv6 packet with a fragment header (RFC 6946). */
    boolean hasFragmentHeader() {
        return fragmentHeader;
    }

    /** Whether an authentication header was stepped over (RFC 4302). */
    boolean authenticated() {
        return authenticated;
    }

    /** Length of the headers that each fragment has; what comes behind them is the part of the packet that it carries. */
    int fragmentBody() {
        return fragmentBody;
    }

    /**
     * From now on the header of the whole packet that this fragment completed.
     *
     * @param whole what the packet carries behind the headers that each fragment has
     * @return where in it the transport header begins, behind IPv6 extension headers
     */
    int joined(byte[] whole) {
        fragment = false;
        fragmentOffset = 0;
        protocol = fragmentProtocol;
        int at = 0;
        while (v6 && isExtension(protocol) && protocol != FRAGMENT && at + 8 <= whole.length) {
            int length = Bytes.u8(whole, at + 1);
            authenticated |= protocol == AUTHENTICATION;
            int behind = at + (protocol == AUTHENTICATION ? (length + 2) * 4 : (length + 1) * 8);
            protocol = Bytes.u8(whole, at);
            at = Math.min(behind, whole.length);
        }
        return at;
    }

    /** From now on another protocol: that of what stood behind a header that was stepped over. */
    void carries(int nextProtocol) {
        protocol = nextProtocol;
    }

    /** Aims at the same header as another view. */
    void aimAs(IpView other) {
        bytes = other.bytes;
        start = other.start;
        v6 = other.v6;
        headerLength = other.headerLength;
        protocol = other.protocol;
        identification = other.identification;
    }

    /** Bytes of payload before this fragment. */
    public int fragmentOffset() {
        return fragmentOffset;
    }

    /** True when the capture holds nothing behind the header chain. */
    public boolean transportCut() {
        return transportCut;
    }

    /** TTL or hop limit. */
    public int timeToLive() {
        return Bytes.u8(bytes, start + (v6 ? 7 : 8));
    }

    /** DSCP in the upper six bits, ECN in the lower two. */
    public int trafficClass() {
        return v6 ? Bytes.u16(bytes, start) >>> 4 & 0xFF : Bytes.u8(bytes, start + 1);
    }

    /** Upper 64 bits of an IPv6 address, 0 for IPv4. */
    public long sourceHigh() {
        return v6 ? Bytes.i64(bytes, start + 8) : 0;
    }

    /** Lower 64 bits of an IPv6 address, or the IPv4 address. */
    public long sourceLow() {
        return v6 ? Bytes.i64(bytes, start + 16) : Integer.toUnsignedLong(Bytes.i32(bytes, start + 12));
    }

    /** As {@link #sourceHigh()}. */
    public long destinationHigh() {
        return v6 ? Bytes.i64(bytes, start + 24) : 0;
    }

    /** As {@link #sourceLow()}. */
    public long destinationLow() {
        return v6 ? Bytes.i64(bytes, start + 32) : Integer.toUnsignedLong(Bytes.i32(bytes, start + 16));
    }

    /** Whether the IPv4 header checksum is right (RFC 1071); IPv6 has none and is always right. */
    public boolean headerChecksumGood() {
        int length = (Bytes.u8(bytes, start) & 0x0F) * 4;
        return v6 || Checksums.fold(Checksums.sum(bytes, start, length)) == 0xFFFF;
    }

    /** Sum of the pseudo header that transport checksums include (RFC 9293 section 3.1, RFC 8200 section 8.1). */
    long pseudoHeaderSum(int transportLength) {
        long addresses = v6 ? Checksums.sum(bytes, start + 8, 32) : Checksums.sum(bytes, start + 12, 8);
        return addresses + protocol + (transportLength >>> 16) + (transportLength & 0xFFFF);
    }
}
