package phalanx.redact;

import java.util.Arrays;
import phalanx.decode.Bytes;
import phalanx.decode.Checksums;
import phalanx.net.Transport;

/**
 * Redacts IP packets in place, from the outermost to the one carried in the last tunnel: addresses, options, payload. Checksums are made
 * anew, so that right ones are right and wrong ones wrong. One thread; no call allocates, but for examples.
 */
final class PacketRedactor {
    private static final int MOST_PACKETS = 32;
    private static final int HOP_BY_HOP = 0, IGMP = 2, ROUTING = 43, FRAGMENT = 44, AUTHENTICATION = 51;
    private static final int DESTINATION_OPTIONS = 60;

    private final RedactionOptions options;
    private final AddressMap addresses;
    private final StandIns standIns;
    private final Tally tally;
    private final TunnelHeader tunnel;
    private final OptionFields fields;
    private final IcmpMessage icmp;
    private final DnsMessage dns;
    private final HttpHead http;
    private final TlsRecords tls;
    private final ChecksumField checksum;

    private final int[] at = new int[MOST_PACKETS];
    private int packets;
    private byte[] bytes = {};
    private int wireEnd;
    private int bodyAt;
    private int protocol;
    private boolean cutHeader;
    private boolean fragment;
    private boolean laterFragment;

    PacketRedactor(RedactionOptions options, AddressMap addresses, StandIns standIns, LinkHeader link, Tally tally) {
        this.options = options;
        this.addresses = addresses;
        this.standIns = standIns;
        this.tally = tally;
        fields = new OptionFields(addresses, tally);
        checksum = new ChecksumField(standIns);
        tunnel = new TunnelHeader(link, tally);
        icmp = new IcmpMessage(addresses, standIns, fields);
        dns = new DnsMessage(addresses, standIns, tally);
        http = new HttpHead(standIns, tally);
        tls = new TlsRecords(standIns);
    }

    /** Where the IP header of a packet begins. @param depth 0 for the outermost */
    void at(int depth, int offset) {
        at[depth] = offset;
    }

    int at(int depth) {
        return at[depth];
    }

    /**
     * @param count of packets in one another
     * @param end of the captured bytes
     * @param onWire end of the frame on the wire
     */
    void redact(byte[] bytes, int count, int end, int onWire) {
        this.bytes = bytes;
        packets = count;
        wireEnd = onWire;
        packet(0, end);
    }

    private void packet(int depth, int until) {
        int header = at[depth];
        boolean v6 = Bytes.u8(bytes, header) >>> 4 == 6;
        int stated = v6
                ? Bytes.u16(bytes, header + 4) == 0 ? 0 : 40 + Bytes.u16(bytes, header + 4)
                : Bytes.u16(bytes, header + 2);
        int length = stated == 0 ? Math.max(0, wireEnd - header) : stated;
        int end = Math.max(header + (v6 ? 40 : 20), Math.min(until, header + length));
        blank(end, until); // what fills the frame up
        boolean headerRight = v6 || Checksums.fold(Checksums.sum(bytes, header, headerLength(header))) == 0xFFFF;
        if (v6) {
            extensions(header, end);
        } else {
            header4(header, end);
        }
        if (cutHeader) {
            addresses(header, v6);
        } else {
            body(depth, v6, header, end, length - (bodyAt - header));
        }
        if (!v6) {
            ChecksumField.header(bytes, header, headerLength(header), headerRight);
        }
    }

    private int headerLength(int header) {
        return (bytes[header] & 0xF) * 4;
    }

    private void addresses(int header, boolean v6) {
        if (v6) {
            addresses.replace6(bytes, header + 8);
            addresses.replace6(bytes, header + 24);
        } else {
            addresses.replace4(bytes, header + 12);
            addresses.replace4(bytes, header + 16);
        }
    }

    private void header4(int header, int end) {
        int flags = Bytes.u16(bytes, header + 6);
        fragment = (flags & 0x3FFF) != 0;
        laterFragment = (flags & 0x1FFF) != 0;
        protocol = Bytes.u8(bytes, header + 9);
        bodyAt = header + headerLength(header);
        cutHeader = false;
        fields.ip4(bytes, header + 20, Math.min(bodyAt, end));
        while (protocol == AUTHENTICATION && !laterFragment && end - bodyAt >= 12) {
            authentication(end);
        }
    }

    /** The extension headers of RFC 8200 section 4, as {@link phalanx.decode.IpView} steps over them. */
    private void extensions(int header, int end) {
        protocol = Bytes.u8(bytes, header + 6);
        bodyAt = header + 40;
        fragment = false;
        laterFragment = false;
        cutHeader = false;
        while (isExtension(protocol)) {
            if (bodyAt + 8 > end) {
                blank(bodyAt, end);
                cutHeader = true;
                return;
            }
            int next = Bytes.u8(bytes, bodyAt);
            int length = (Bytes.u8(bytes, bodyAt + 1) + 1) * 8;
            switch (protocol) {
                case FRAGMENT -> {
                    length = 8;
                    int offset = Bytes.u16(bytes, bodyAt + 2);
                    laterFragment = (offset & 0xFFF8) != 0;
                    fragment = laterFragment || (offset & 1) != 0;
                }
                case AUTHENTICATION -> {
                    authentication(end);
                    continue;
                }
                case ROUTING -> fields.routing(bytes, bodyAt, Math.min(end, bodyAt + length));
                default -> fields.ip6(bytes, bodyAt + 2, Math.min(end, bodyAt + length));
            }
            protocol = next;
            bodyAt += length;
            if (laterFragment) {
                break;
            }
        }
        cutHeader = bodyAt > end;
    }

    private static boolean isExtension(int protocol) {
        return protocol == HOP_BY_HOP
                || protocol == ROUTING
                || protocol == FRAGMENT
                || protocol == AUTHENTICATION
                || protocol == DESTINATION_OPTIONS;
    }

    /** Its index and number stay; its check value is made from what is no longer there (RFC 4302 section 2). */
    private void authentication(int end) {
        int length = (Bytes.u8(bytes, bodyAt + 1) + 2) * 4;
        blank(bodyAt + 12, Math.min(end, bodyAt + length));
        protocol = Bytes.u8(bytes, bodyAt);
        bodyAt += length;
    }

    private void body(int depth, boolean v6, int header, int end, int wireLength) {
        int start = bodyAt;
        int kind = protocol;
        boolean part = fragment;
        if (start >= end) {
            addresses(header, v6);
            return;
        }
        int sum = laterFragment ? -1 : checksumAt(kind, v6, start, end);
        int pseudo = header + (v6 ? 8 : 12);
        int pseudoLength = sum < 0 || kind == Transport.PROTOCOL_ICMP ? 0 : v6 ? 32 : 8;
        if (sum >= 0) {
            checksum.read(bytes, sum, start, end, wireLength, pseudo, pseudoLength, kind, part);
        }
        long remembered = checksum.state();
        boolean carried =
                depth + 1 < packets && !laterFragment && tunnel.replace(bytes, kind, start, at[depth + 1], end);
        if (carried) {
            packet(depth + 1, end);
        } else if (laterFragment) {
            standIns.payload(bytes, start, end);
        } else {
            transport(kind, v6, start, end, wireLength);
        }
        addresses(header, v6);
        if (sum >= 0) {
            checksum.write(bytes, remembered, sum, start, end, wireLength, pseudo, pseudoLength, kind);
            if (part && kind != Transport.PROTOCOL_ICMP) {
                tally.add(Replaced.CHECKSUM);
            }
        }
        if (carried && kind == TunnelHeader.GRE) {
            tunnel.greChecksum(bytes, start, end);
        }
    }

    /** Where the checksum of a transport header stands, -1 for none. */
    private static int checksumAt(int protocol, boolean v6, int start, int end) {
        int offset = switch (protocol) {
            case Transport.PROTOCOL_TCP -> 16;
            case Transport.PROTOCOL_UDP -> 6;
            case Transport.PROTOCOL_ICMP -> v6 ? -1 : 2;
            case Transport.PROTOCOL_ICMPV6 -> v6 ? 2 : -1;
            case IGMP -> v6 ? -1 : 2;
            default -> -1;
        };
        return offset < 0 || start + offset + 2 > end ? -1 : start + offset;
    }

    private void transport(int protocol, boolean v6, int start, int end, int wireLength) {
        switch (protocol) {
            case Transport.PROTOCOL_TCP -> {
                int header = end - start >= 20 ? (Bytes.u8(bytes, start + 12) >>> 4) * 4 : 0;
                if (header < 20) {
                    cutTransport(start, end);
                    return;
                }
                int behind = Math.min(end, start + header);
                fields.tcp(bytes, start + 20, behind);
                tcpPayload(behind, end, Bytes.i32(bytes, start + 4));
            }
            case Transport.PROTOCOL_UDP -> {
                if (end - start < 8) {
                    cutTransport(start, end);
                    return;
                }
                boolean names =
                        Bytes.u16(bytes, start) == DnsMessage.PORT || Bytes.u16(bytes, start + 2) == DnsMessage.PORT;
                boolean whole = end - start >= wireLength;
                if (!names || !dns.replace(bytes, start + 8, end, whole)) {
                    standIns.payload(bytes, start + 8, end);
                }
            }
            case Transport.PROTOCOL_ICMP, Transport.PROTOCOL_ICMPV6 -> {
                if (v6 != (protocol == Transport.PROTOCOL_ICMPV6)) {
                    standIns.payload(bytes, start, end);
                } else if (end - start < 8) {
                    cutTransport(start, end);
                } else {
                    icmp.replace(bytes, v6, start, end);
                }
            }
            case IGMP -> igmp(start, end);
            default -> {
                tally.add(Replaced.NOT_UNDERSTOOD);
                standIns.payload(bytes, start, end);
                bytes[start] = 0; // else it may look like a packet in a tunnel
            }
        }
    }

    /** Ports stay where they were captured. */
    private void cutTransport(int start, int end) {
        blank(Math.min(end, start + 4), end);
    }

    /** The group; what sources a report lists is blanked (RFC 2236 section 2, RFC 3376 section 4). */
    private void igmp(int start, int end) {
        if (end - start < 8) {
            cutTransport(start, end);
            return;
        }
        boolean report = Bytes.u8(bytes, start) == 0x22; // of version 3: no group there
        if (!report) {
            addresses.replace4(bytes, start + 4);
        }
        blank(start + 8, end);
    }

    /** Of UDP the payload itself says which packet it is; of TCP its numbers do, so that its payload need not. */
    private void tcpPayload(int start, int end, int sequence) {
        int kept = Math.min(end, start + options.keepPayload());
        if (kept > start) {
            int understood = http.replace(bytes, start, kept);
            if (understood == start) {
                understood = tls.replace(bytes, start, kept);
            }
            if (understood > start) {
                standIns.rest(bytes, understood, end, sequence);
                return;
            }
        }
        standIns.payload(bytes, start, end, sequence);
    }

    private void blank(int from, int to) {
        if (to > from) {
            Arrays.fill(bytes, from, to, (byte) 0);
        }
    }
}
