package phalanx.decode;

import org.jspecify.annotations.Nullable;
import phalanx.capture.FrameCursor;
import phalanx.net.Transport;

/**
 * A frame from its link layer to its innermost IP packet and transport header, through any tunnels. One instance a reader thread,
 * re-aimed with {@link #wrap}; no call allocates, but for the packets that are put together from fragments.
 */
public final class FrameView {
    /** What was found. */
    public enum Fit {
        /** {@link #ip()} is aimed; the transport header may still be cut. */
        IP,
        NOT_IP,
        /** The frame was cut before its IP header's end. */
        TRUNCATED,
        /** The IP header contradicts itself. */
        MALFORMED,
        UNKNOWN_LINK_TYPE,
        /** A fragment of a packet that is not whole yet; {@link #ip()} is the fragment's. */
        FRAGMENT
    }

    /** Packets in packets deeper than this are hostile; the outermost ones are taken. */
    static final int MOST_TUNNELS = 16;

    private static final int MOST_PACKETS = MOST_TUNNELS + 1;

    private static final int AUTHENTICATION = 51, COMPRESSED = 108;

    private final LinkLayer link = new LinkLayer();
    private final TunnelView tunnel = new TunnelView();
    private IpView ip = new IpView();
    private IpView spare = new IpView();
    private final TcpView tcp = new TcpView();
    private final IcmpView icmp = new IcmpView();
    private final IpView outerUdpIp = new IpView();
    private final @Nullable FragmentAssembly fragments;
    private final Tunnel[] stack = new Tunnel[MOST_TUNNELS];
    private final byte[][] packetBytes = new byte[MOST_PACKETS][];
    private final int[] packetAt = new int[MOST_PACKETS];
    private int packets;
    private int tunnels;
    private boolean fragmented4;
    private boolean fragmented6;
    private boolean beyondFrame;

    private byte[] bytes = {};
    private int network;
    private int wireEnd;
    private int start;
    private int end;
    private int transportLength;
    private int ipLength;
    private boolean hasTransport;
    private int payloadOffset;
    private final UdpHeaders udp = new UdpHeaders(MOST_PACKETS);

    private FrameView(@Nullable FragmentAssembly fragments) {
        this.fragments = fragments;
    }

    /** Fragments are packets of their own. */
    public static FrameView ofPackets() {
        return new FrameView(null);
    }

    /** Fragments are held back until their packet is whole. */
    public static FrameView ofDatagrams(FragmentAssembly fragments) {
        return new FrameView(fragments);
    }

    /** Aims at the cursor's frame; what is read is valid until the cursor moves on. */
    public Fit wrap(FrameCursor cursor) {
        bytes = cursor.bytes();
        tunnels = 0;
        packets = 0;
        fragmented4 = false;
        fragmented6 = false;
        beyondFrame = false;
        udp.clear();
        hasTransport = false;
        int begin = cursor.start();
        Fit fit = switch (link.wrap(cursor.linkType(), bytes, begin, cursor.captured())) {
            case NOT_IP -> Fit.NOT_IP;
            case TRUNCATED -> Fit.TRUNCATED;
            case UNKNOWN_LINK_TYPE -> Fit.UNKNOWN_LINK_TYPE;
            case IP -> Fit.IP;
        };
        if (fit != Fit.IP) {
            return fit;
        }
        note(link);
        wireEnd = begin + cursor.length();
        fit = aimIp(link.network(), begin + cursor.captured());
        return fit == Fit.IP ? descend(cursor) : fit;
    }

    private void note(LinkLayer layer) {
        if (layer.labels() > 0) {
            push(Tunnel.MPLS);
        }
        if (layer.pppoe()) {
            push(Tunnel.PPPOE);
        }
    }

    private void push(Tunnel kind) {
        if (tunnels < MOST_TUNNELS) {
            stack[tunnels++] = kind;
        }
    }

    /** Reads the IP header at {@link #network}; a short packet is padded to the link's smallest frame, which is no payload. */
    private Fit aimIp(int at, int until) {
        IpView.Fit fit = spare.wrap(bytes, at, until - at);
        if (fit != IpView.Fit.OK) {
            return fit == IpView.Fit.TRUNCATED ? Fit.TRUNCATED : Fit.MALFORMED; // the packet around it stays aimed
        }
        IpView outer = ip;
        ip = spare;
        spare = outer;
        network = at;
        if (packets < MOST_PACKETS) {
            packetBytes[packets] = bytes;
            packetAt[packets++] = at;
        }
        ipLength = ip.totalLength() == 0 ? Math.max(0, wireEnd - network) : ip.totalLength();
        beyondFrame |= ipLength > wireEnd - network;
        end = Math.min(until, network + ipLength);
        start = network + ip.headerLength();
        transportLength = ipLength - ip.headerLength();
        if (ip.hasFragmentHeader()) {
            fragmented6 |= ip.isV6();
            fragmented4 |= !ip.isV6() && ip.isFragment();
        }
        return Fit.IP;
    }

    /** From packet to packet carried in it, down to the innermost one. */
    private Fit descend(FrameCursor cursor) {
        while (true) {
            if (ip.authenticated()) {
                push(Tunnel.AH);
            }
            if (ip.isFragment() && fragments != null) {
                Fit fit = assemble(fragments, cursor);
                if (fit != Fit.IP) {
                    return fit;
                }
            }
            stepOverAuthentication();
            inflate();
            boolean datagram =
                    ip.protocol() == Transport.PROTOCOL_UDP && !ip.transportCut() && ip.fragmentOffset() == 0;
            if (datagram) {
                udp.add(bytes, start, end);
            }
            Tunnel kind = tunnels < MOST_TUNNELS ? tunnel.find(ip, bytes, start, end) : null;
            if (kind == null) {
                aimTransport();
                return Fit.IP;
            }
            if (datagram) {
                outerUdpIp.aimAs(ip);
            }
            if (aimIp(tunnel.inner().network(), tunnel.inner().end()) != Fit.IP) { // no tunnel, then
                aimTransport();
                return Fit.IP;
            }
            push(kind);
            note(tunnel.inner());
        }
    }

    /** IPv4's authentication header (RFC 4302 section 2) comes behind fragmentation; IPv6's is one of its extension headers. */
    private void stepOverAuthentication() {
        while (ip.protocol() == AUTHENTICATION && ip.fragmentOffset() == 0 && end - start >= 12) {
            int length = (Bytes.u8(bytes, start + 1) + 2) * 4;
            ip.carries(Bytes.u8(bytes, start));
            push(Tunnel.AH);
            start += length;
            transportLength -= length;
        }
    }

    /** Packets of IPComp (RFC 3173) with DEFLATE (RFC 2394) are unpacked; rare enough to allocate. */
    private void inflate() {
        if (ip.protocol() == COMPRESSED && ip.fragmentOffset() == 0 && !ip.transportCut() && end - start > 4) {
            int next = Bytes.u8(bytes, start);
            byte[] unpacked = InflatedPacket.of(bytes, start + 4, end);
            if (unpacked != null) { // its parameter index may be any that the hosts agreed on
                bytes = unpacked;
                start = 0;
                end = unpacked.length;
                wireEnd = end;
                transportLength = end;
                ip.carries(next);
            }
        }
    }

    private Fit assemble(FragmentAssembly fragments, FrameCursor cursor) {
        if (ip.transportCut()) {
            return Fit.FRAGMENT;
        }
        int body = network + ip.fragmentBody();
        if (end - start < transportLength) { // cut by the snaplen: no part of a whole, but its header can be read
            return ip.fragmentOffset() == 0 ? Fit.IP : Fit.FRAGMENT;
        }
        byte[] whole = fragments.add(ip, bytes, body, end - body, cursor.timeNanos());
        if (whole == null) {
            return Fit.FRAGMENT;
        }
        bytes = whole;
        end = whole.length;
        wireEnd = end;
        start = ip.joined(whole);
        transportLength = end - start;
        return Fit.IP;
    }

    private void aimTransport() {
        int available = end - start;
        hasTransport = false;
        payloadOffset = 0;
        if (ip.transportCut() || available < 0 || transportLength < 0 || ip.fragmentOffset() > 0) {
            return;
        }
        switch (ip.protocol()) {
            case Transport.PROTOCOL_TCP -> {
                TcpView.Fit fit = tcp.wrap(bytes, start, available);
                hasTransport = fit == TcpView.Fit.OK || fit == TcpView.Fit.OPTIONS_CUT;
                payloadOffset = hasTransport ? tcp.headerLength() : 0;
            }
            case Transport.PROTOCOL_UDP -> {
                hasTransport = available >= 8;
                payloadOffset = 8;
            }
            case Transport.PROTOCOL_ICMP, Transport.PROTOCOL_ICMPV6 -> {
                hasTransport = icmp.wrap(ip.isV6(), bytes, start, available);
                payloadOffset = 8;
            }
            default -> {}
        }
    }

    /** The innermost IP header. */
    public IpView ip() {
        return ip;
    }

    /** Only when {@link #hasTransport()} and the protocol is TCP. */
    public TcpView tcp() {
        return tcp;
    }

    /** Only when {@link #hasTransport()} and the protocol is ICMP or ICMPv6. */
    public IcmpView icmp() {
        return icmp;
    }

    /** Whether the header of {@link IpView#protocol()} could be read; for protocols without a view false. */
    public boolean hasTransport() {
        return hasTransport;
    }

    /** Source port of the TCP or UDP header; only when {@link #hasTransport()}. */
    public int sourcePort() {
        return Bytes.u16(bytes, start);
    }

    /** Destination port of the TCP or UDP header; only when {@link #hasTransport()}. */
    public int destinationPort() {
        return Bytes.u16(bytes, start + 2);
    }

    /** What holds the innermost packet: the cursor's bytes, or a packet put together from fragments. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the innermost IP header stands; meaningless for a packet put together. */
    public int network() {
        return network;
    }

    /** Where the transport header stands in {@link #bytes()}. */
    public int transport() {
        return start;
    }

    /** Where what the transport header carries begins in {@link #bytes()}; may lie behind {@link #end()}. */
    public int payload() {
        return start + payloadOffset;
    }

    /** Where the captured bytes of the innermost packet end. */
    public int end() {
        return end;
    }

    /** Bytes of the innermost IP packet on the wire, header included. */
    public int ipLength() {
        return ipLength;
    }

    /** Whether the IP header claims more bytes than the frame had on the wire by the file's word. */
    public boolean beyondFrame() {
        return beyondFrame;
    }

    /** Bytes behind the IP header on the wire. */
    public int transportLength() {
        return transportLength;
    }

    /** Bytes behind the transport header on the wire; negative when the packet contradicts itself. */
    public int payloadLength() {
        return transportLength - payloadOffset;
    }

    /** Outermost VLAN id, -1 without a tag. */
    public int vlan() {
        return link.vlan();
    }

    /** VLAN tags of the frame, at most four. */
    public int tags() {
        return link.tags();
    }

    /** VLAN id of a tag. @param depth 0 for the outermost */
    public int vlan(int depth) {
        return link.vlan(depth);
    }

    /** Where what the link layer carries begins in the cursor's bytes. */
    public int linkPayload() {
        return link.network();
    }

    /** EtherType of a frame that is not IP. */
    public int etherType() {
        return link.etherType();
    }

    /** IP packets in one another, the outermost first. */
    public int packets() {
        return packets;
    }

    /** What holds the IP header of a packet. @param depth 0 for the outermost */
    public byte[] packetBytes(int depth) {
        return packetBytes[depth];
    }

    /** Where the IP header of a packet begins in {@link #packetBytes}. @param depth 0 for the outermost */
    public int packetAt(int depth) {
        return packetAt[depth];
    }

    /** Tunnels and label stacks gone through, outermost first. */
    public int tunnels() {
        return tunnels;
    }

    /** @param depth 0 for the outermost */
    public Tunnel tunnel(int depth) {
        return stack[depth];
    }

    /** Whether an IPv4 header of the frame is a fragment's. */
    public boolean fragmented4() {
        return fragmented4;
    }

    /** Whether an IPv6 header of the frame has a fragment header. */
    public boolean fragmented6() {
        return fragmented6;
    }

    /** The transport's UDP header, and those of tunnels around it. */
    public UdpHeaders udp() {
        return udp;
    }

    /** The IP header before the innermost UDP header. */
    public IpView udpIp() {
        return ip.protocol() == Transport.PROTOCOL_UDP ? ip : outerUdpIp;
    }
}
