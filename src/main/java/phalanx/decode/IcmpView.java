package phalanx.decode;

import phalanx.net.Transport;

/**
 * ICMP (RFC 792) or ICMPv6 (RFC 4443) header, and the packet that an error quotes. One instance a reader thread, re-aimed with
 * {@link #wrap}; no call allocates.
 */
public final class IcmpView {
    private static final int HEADER = 8;

    private final IpView quoted = new IpView();
    private byte[] bytes = {};
    private int start;
    private boolean hasQuote;
    private boolean hasPorts;
    private int transport;
    private boolean hasSequence;

    /** @return false when the header was cut  @param available captured bytes from {@code start} to the end of the frame */
    public boolean wrap(boolean v6, byte[] bytes, int start, int available) {
        if (available < HEADER) {
            return false;
        }
        this.bytes = bytes;
        this.start = start;
        hasQuote = isError(v6, type())
                && quoted.wrap(bytes, start + HEADER, available - HEADER) == IpView.Fit.OK
                && quoted.isV6() == v6;
        if (hasQuote) {
            transport = start + HEADER + quoted.headerLength();
            int left = start + available - transport;
            boolean ports = quoted.protocol() == Transport.PROTOCOL_TCP || quoted.protocol() == Transport.PROTOCOL_UDP;
            hasPorts = ports && quoted.fragmentOffset() == 0 && left >= 4;
            hasSequence = hasPorts && quoted.protocol() == Transport.PROTOCOL_TCP && left >= 8;
            hasQuote = hasPorts || !ports;
        }
        return true;
    }

    /** Unreachable, source quench, redirect, time exceeded, parameter problem; ICMPv6 types below 128. */
    private static boolean isError(boolean v6, int type) {
        return v6 ? type > 0 && type < 128 : type == 3 || type == 4 || type == 5 || type == 11 || type == 12;
    }

    public int type() {
        return Bytes.u8(bytes, start);
    }

    public int code() {
        return Bytes.u8(bytes, start + 1);
    }

    public int checksum() {
        return Bytes.u16(bytes, start + 2);
    }

    /** Bytes 4 to 7: identifier and sequence of an echo, next-hop MTU of a size error. */
    public int word() {
        return Bytes.i32(bytes, start + 4);
    }

    /** Whether an error quotes a packet of which addresses and, for TCP and UDP, ports can be read. */
    public boolean hasQuote() {
        return hasQuote;
    }

    /** The quoted packet's IP header; only with a quote. */
    public IpView quoted() {
        return quoted;
    }

    /** Where the quoted packet's IP header begins. */
    public int quotedAt() {
        return start + HEADER;
    }

    /** 0 without ports. */
    public int quotedSourcePort() {
        return hasPorts ? Bytes.u16(bytes, transport) : 0;
    }

    /** 0 without ports. */
    public int quotedDestinationPort() {
        return hasPorts ? Bytes.u16(bytes, transport + 2) : 0;
    }

    /** TCP sequence number, 0 when it was not quoted. */
    public int quotedSequence() {
        return hasSequence ? Bytes.i32(bytes, transport + 4) : 0;
    }
}
