package phalanx.inspect;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import phalanx.capture.FrameCursor;
import phalanx.decode.Bytes;
import phalanx.decode.FrameView;
import phalanx.decode.IpView;
import phalanx.decode.TcpView;
import phalanx.decode.Tunnel;
import phalanx.decode.UdpHeaders;
import phalanx.decode.filter.Field;
import phalanx.decode.filter.FieldSource;
import phalanx.decode.filter.FieldValues;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;

/** The fields of the frame that an {@link Inspector} stands at, by Wireshark's names. One thread. */
public final class PacketFields implements FieldSource {
    private static final int ARP = 0x0806, IPV4 = 0x0800, LENGTHS_6_AND_4 = 0x0604, ETHERNET = 1;

    private final FrameView view;
    private final TcpStreams streams;
    private final FrameEvents events;
    private final ContentFields content;
    private @Nullable FrameCursor cursor;
    private FrameView.Fit fit = FrameView.Fit.NOT_IP;
    private int conversation = -1;
    private long firstNanos;
    private long beforeNanos;

    /** Made by the inspector whose frames these are. */
    PacketFields(FrameView view, TcpStreams streams, FrameEvents events) {
        this.view = view;
        this.streams = streams;
        this.events = events;
        content = new ContentFields(events);
    }

    /** @param conversation number of the UDP conversation, -1 without one */
    void aim(FrameCursor at, FrameView.Fit found, int conversation) {
        if (at.frame() == 1) {
            firstNanos = at.timeNanos();
            beforeNanos = at.timeNanos();
        }
        cursor = at;
        fit = found;
        this.conversation = conversation;
    }

    /** The next frame is compared with this one. */
    void passed() {
        beforeNanos = cursor == null ? 0 : cursor.timeNanos();
    }

    @Override
    public void values(Field field, FieldValues into) {
        FrameCursor at = cursor;
        if (at == null) {
            return;
        }
        String name = field.name();
        int dot = name.indexOf('.');
        switch (dot < 0 ? name : name.substring(0, dot)) {
            case "frame" -> frame(name, at, into);
            case "eth" -> ethernet(name, at, into);
            case "vlan" -> vlan(name, into);
            case "arp" -> arp(name, at, into);
            case "mpls" -> tunnel(Tunnel.MPLS, into);
            case "gre" -> tunnel(Tunnel.GRE, into);
            case "vxlan" -> tunnel(Tunnel.VXLAN, into);
            case "geneve" -> tunnel(Tunnel.GENEVE, into);
            case "gtp" -> tunnel(Tunnel.GTP_U, into);
            case "ip" -> packets(false, name, into);
            case "ipv6" -> packets(true, name, into);
            case "icmp", "icmpv6" -> icmp(name, into);
            case "tcp" -> tcp(name, into);
            case "udp" -> udp(name, into);
            case "sctp" -> protocol(fit == FrameView.Fit.IP && view.ip().protocol() == 132, into);
            default -> content.values(name, overTcp(), into);
        }
    }

    private boolean overTcp() {
        return fit == FrameView.Fit.IP && view.hasTransport() && view.ip().protocol() == Transport.PROTOCOL_TCP;
    }

    private void protocol(boolean there, FieldValues into) {
        if (there) {
            into.add(view.bytes(), Math.min(view.transport(), view.end()), view.end());
        }
    }

    private void frame(String name, FrameCursor at, FieldValues into) {
        switch (name) {
            case "frame" -> into.add(at.bytes(), at.start(), at.start() + at.captured());
            case "frame.number" -> into.add(at.frame());
            case "frame.len" -> into.add(at.length());
            case "frame.cap_len" -> into.add(at.captured());
            case "frame.time", "frame.time_epoch" -> into.add(at.timeNanos());
            case "frame.time_relative" -> into.add(at.timeNanos() - firstNanos);
            case "frame.time_delta" -> into.add(at.timeNanos() - beforeNanos);
            case "frame.interface_id" -> into.add(at.interfaceId());
            case "frame.interface_name" -> {
                String device = at.interfaceInfo(at.interfaceId()).name();
                if (!device.isEmpty()) {
                    into.add(device);
                }
            }
            case "frame.comment" -> {
                if (!at.comment().isEmpty()) {
                    into.add(at.comment());
                }
            }
            default -> {}
        }
    }

    private static long number(byte[] bytes, int at, int length) {
        long number = 0;
        for (int i = 0; i < length; i++) {
            number = number << 8 | Bytes.u8(bytes, at + i);
        }
        return number;
    }

    private void ethernet(String name, FrameCursor at, FieldValues into) {
        if (at.linkType() != ETHERNET || at.captured() < 14) {
            return;
        }
        long to = number(at.bytes(), at.start(), 6);
        long from = number(at.bytes(), at.start() + 6, 6);
        switch (name) {
            case "eth" -> into.add(at.bytes(), at.start(), at.start() + at.captured());
            case "eth.dst" -> into.add(to);
            case "eth.src" -> into.add(from);
            case "eth.addr" -> {
                into.add(to);
                into.add(from);
            }
            case "eth.type" -> {
                int type = Bytes.u16(at.bytes(), at.start() + 12);
                if (type >= 0x0600) {
                    into.add(type);
                }
            }
            default -> {}
        }
    }

    private void vlan(String name, FieldValues into) {
        for (int depth = 0; depth < view.tags(); depth++) {
            into.add(name.equals("vlan") ? 1 : view.vlan(depth));
        }
    }

    /** RFC 826, for IPv4 over Ethernet. */
    private void arp(String name, FrameCursor at, FieldValues into) {
        int start = view.linkPayload();
        if (fit != FrameView.Fit.NOT_IP || view.etherType() != ARP || start + 28 > at.start() + at.captured()) {
            return;
        }
        byte[] bytes = at.bytes();
        boolean addresses = Bytes.u16(bytes, start + 2) == IPV4 && Bytes.u16(bytes, start + 4) == LENGTHS_6_AND_4;
        switch (name) {
            case "arp" -> into.add(bytes, start, at.start() + at.captured());
            case "arp.opcode" -> into.add(Bytes.u16(bytes, start + 6));
            case "arp.src.proto_ipv4", "arp.dst.proto_ipv4" -> {
                if (addresses) {
                    into.add(number(bytes, start + (name.startsWith("arp.src") ? 14 : 24), 4));
                }
            }
            default -> {}
        }
    }

    private void tunnel(Tunnel kind, FieldValues into) {
        boolean ip = fit == FrameView.Fit.IP || fit == FrameView.Fit.FRAGMENT;
        for (int depth = 0; ip && depth < view.tunnels(); depth++) {
            if (view.tunnel(depth) == kind) {
                into.add(1);
            }
        }
    }

    /** All IP headers of the frame, those quoted by ICMP errors included. */
    private void packets(boolean v6, String name, FieldValues into) {
        if (fit != FrameView.Fit.IP && fit != FrameView.Fit.FRAGMENT) {
            return;
        }
        for (int depth = 0; depth < view.packets(); depth++) {
            byte[] bytes = view.packetBytes(depth);
            int at = view.packetAt(depth);
            if (Bytes.u8(bytes, at) >>> 4 == (v6 ? 6 : 4)) {
                IpFields.values(name, bytes, at, into);
            }
        }
        IpView quoted = quoted();
        if (quoted != null && quoted.isV6() == v6) {
            IpFields.values(name, view.bytes(), view.icmp().quotedAt(), into);
        }
    }

    private @Nullable IpView quoted() {
        boolean error = fit == FrameView.Fit.IP
                && view.hasTransport()
                && Transport.ofProtocol(view.ip().protocol()) == Transport.ICMP
                && view.icmp().hasQuote();
        return error ? view.icmp().quoted() : null;
    }

    private void icmp(String name, FieldValues into) {
        boolean v6 = name.startsWith("icmpv6");
        int protocol = v6 ? Transport.PROTOCOL_ICMPV6 : Transport.PROTOCOL_ICMP;
        if (fit != FrameView.Fit.IP || !view.hasTransport() || view.ip().protocol() != protocol) {
            return;
        }
        int type = view.icmp().type();
        switch (name.substring(name.indexOf('.') + 1)) {
            case "type" -> into.add(type);
            case "code" -> into.add(view.icmp().code());
            case "mtu" -> {
                boolean size = v6 ? type == 2 : type == 3 && view.icmp().code() == 4;
                if (size) {
                    into.add(
                            v6
                                    ? Integer.toUnsignedLong(view.icmp().word())
                                    : view.icmp().word() & 0xFFFF);
                }
            }
            default -> protocol(true, into);
        }
    }

    private boolean quotes(int protocol) {
        IpView quoted = quoted();
        return quoted != null && quoted.protocol() == protocol;
    }

    private void tcp(String name, FieldValues into) {
        if (quotes(Transport.PROTOCOL_TCP)) {
            quotedPorts(name, "tcp", into);
            return;
        }
        if (fit == FrameView.Fit.IP && view.hasTransport() && view.ip().protocol() == Transport.PROTOCOL_TCP) {
            TcpView tcp = view.tcp();
            ports(name, "tcp", tcp.sourcePort(), tcp.destinationPort(), into);
            if (name.equals("tcp")) {
                protocol(true, into);
            } else if (name.startsWith("tcp.analysis")) {
                analysis(name, into);
            } else {
                TcpFields.values(name, view, streams, into);
            }
        }
    }

    private static void ports(String name, String protocol, int from, int to, FieldValues into) {
        if (name.equals(protocol + ".srcport") || name.equals(protocol + ".port")) {
            into.add(from);
        }
        if (name.equals(protocol + ".dstport") || name.equals(protocol + ".port")) {
            into.add(to);
        }
    }

    private void analysis(String name, FieldValues into) {
        TcpStream stream = streams.stream();
        int flags = streams.flags();
        if (stream == null) {
            return;
        }
        switch (name) {
            case "tcp.analysis.flags" -> {
                if (flags != 0) {
                    into.add(1);
                }
            }
            case "tcp.analysis.initial_rtt" -> {
                if (stream.handshakeNanos() >= 0 && (view.tcp().flags() & TcpFlags.SYN) == 0) {
                    into.add(stream.handshakeNanos());
                }
            }
            case "tcp.analysis.ack_rtt" -> {
                if (streams.ackTime() >= 0) {
                    into.add(streams.ackTime());
                }
            }
            default -> {
                String word = name.substring("tcp.analysis.".length());
                for (TcpFlag flag : TcpFlag.values()) {
                    if ((flags & flag.bit()) != 0 && flag.word().equals(word)) {
                        into.add(1);
                    }
                }
            }
        }
    }

    private void quotedPorts(String name, String protocol, FieldValues into) {
        ports(name, protocol, view.icmp().quotedSourcePort(), view.icmp().quotedDestinationPort(), into);
        if (name.equals(protocol)) {
            into.add(1);
        }
    }

    /** All UDP headers of the frame: those of tunnels, the innermost one, and one quoted by an ICMP error. */
    private void udp(String name, FieldValues into) {
        if (fit != FrameView.Fit.IP) {
            return;
        }
        UdpHeaders udp = view.udp();
        for (int depth = 0; depth < udp.count(); depth++) {
            datagram(name, udp.bytes(depth), udp.at(depth), udp.end(depth), into);
        }
        if (quotes(Transport.PROTOCOL_UDP)) {
            quotedPorts(name, "udp", into);
        }
        if (name.equals("udp.stream") && conversation >= 0) {
            into.add(conversation);
        }
    }

    private static void datagram(String name, byte[] bytes, int at, int end, FieldValues into) {
        ports(name, "udp", Bytes.u16(bytes, at), Bytes.u16(bytes, at + 2), into);
        switch (name) {
            case "udp" -> into.add(bytes, at, end);
            case "udp.length" -> into.add(Bytes.u16(bytes, at + 4));
            case "udp.checksum" -> into.add(Bytes.u16(bytes, at + 6));
            case "udp.payload" -> {
                if (at + 8 < end) {
                    into.add(bytes, at + 8, end);
                }
            }
            default -> {}
        }
    }

    /** Nanoseconds since the first frame of the file. */
    public long sinceFirst() {
        return cursor == null ? 0 : cursor.timeNanos() - firstNanos;
    }

    /** The TCP analysis of the frame, Wireshark's words separated by commas; empty for none. */
    public String tcpAnalysis() {
        StringJoiner words = new StringJoiner(", ");
        boolean tcp = fit == FrameView.Fit.IP && view.ip().protocol() == Transport.PROTOCOL_TCP && view.hasTransport();
        for (TcpFlag flag : TcpFlag.values()) {
            if (tcp && (streams.flags() & flag.bit()) != 0) {
                words.add(flag.word());
            }
        }
        return words.toString();
    }

    /** The frame in a line, as a packet list has it: source, destination, protocol, and what it says. */
    public PacketLine line() {
        return PacketLine.of(cursor, fit, view, streams, events);
    }
}
