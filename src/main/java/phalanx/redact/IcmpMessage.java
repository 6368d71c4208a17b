package phalanx.redact;

import java.util.Arrays;
import phalanx.decode.Bytes;
import phalanx.net.Transport;

/**
 * ICMP (RFC 792) and ICMPv6 (RFC 4443): types, codes, identifiers and sizes stay; addresses in redirects, neighbour discovery (RFC 4861) and
 * quoted packets are replaced, what is echoed and what is not known gives way. One thread; no call allocates, but for examples.
 */
final class IcmpMessage {
    private static final int REDIRECT = 5,
            MULTICAST_LISTENER_FIRST = 130,
            MULTICAST_LISTENER_LAST = 132,
            LISTENER_REPORT = 143;
    private static final int ROUTER_SOLICITATION = 133, ROUTER_ADVERTISEMENT = 134, REDIRECT_6 = 137;
    private static final int SOURCE_LINK = 1, TARGET_LINK = 2, PREFIX = 3, MTU = 5, DNS_SERVERS = 25;

    private final AddressMap addresses;
    private final StandIns standIns;
    private final OptionFields fields;
    private byte[] bytes = {};

    IcmpMessage(AddressMap addresses, StandIns standIns, OptionFields fields) {
        this.addresses = addresses;
        this.standIns = standIns;
        this.fields = fields;
    }

    /** At least eight bytes of the message are there. */
    void replace(byte[] bytes, boolean v6, int start, int end) {
        this.bytes = bytes;
        int type = Bytes.u8(bytes, start);
        if (v6) {
            message6(type, start, end);
        } else if (type == 3 || type == 4 || type == REDIRECT || type == 11 || type == 12) {
            if (type == REDIRECT) {
                addresses.replace4(bytes, start + 4);
            }
            quote(start + 8, end);
        } else if (type == 0 || type == 8 || type == 9 || type == 10 || type == 13 || type == 14) {
            standIns.payload(bytes, start + 8, end);
        } else {
            standIns.payload(bytes, start + 4, end);
        }
    }

    private void message6(int type, int start, int end) {
        if (type > 0 && type < 5) {
            quote(start + 8, end);
        } else if (type == 128 || type == 129 || type == LISTENER_REPORT) {
            standIns.payload(bytes, start + 8, end);
        } else if (type >= MULTICAST_LISTENER_FIRST && type <= MULTICAST_LISTENER_LAST) {
            options(address(start + 8, end), end, false);
        } else if (type >= ROUTER_SOLICITATION && type <= REDIRECT_6) {
            int at = start + 8;
            if (type == ROUTER_ADVERTISEMENT) {
                at = Math.min(end, at + 8);
            } else if (type != ROUTER_SOLICITATION) {
                at = address(at, end);
                at = type == REDIRECT_6 ? address(at, end) : at;
            }
            options(at, end, true);
        } else {
            standIns.payload(bytes, start + 4, end);
        }
    }

    /** @return behind it */
    private int address(int at, int end) {
        if (at + 16 <= end) {
            addresses.replace6(bytes, at);
            return at + 16;
        }
        return at;
    }

    /** RFC 4861 section 4.6, RFC 8106 section 5.1; options that are not known are blanked. */
    private void options(int start, int end, boolean known) {
        int at = start;
        while (known && at + 8 <= end && bytes[at + 1] != 0) {
            int kind = Bytes.u8(bytes, at);
            int behind = Math.min(end, at + Bytes.u8(bytes, at + 1) * 8);
            switch (kind) {
                case SOURCE_LINK, TARGET_LINK -> {
                    standIns.hardware(bytes, at + 2);
                    blank(at + 8, behind);
                }
                case PREFIX -> prefix(at, behind);
                case MTU -> blank(at + 8, behind);
                case DNS_SERVERS -> {
                    int address = at + 8;
                    while (address + 16 <= behind) {
                        address = address(address, behind);
                    }
                    blank(address, behind);
                }
                default -> blank(at + 2, behind);
            }
            at = behind;
        }
        blank(at, end);
    }

    /** 32 bytes, of which the bits behind the prefix stay 0 (RFC 4861 section 4.6.2); another length is none. */
    private void prefix(int at, int behind) {
        if (at + 32 != behind) {
            blank(at + 2, behind);
            return;
        }
        addresses.replace6(bytes, at + 16);
        int length = Math.min(128, Bytes.u8(bytes, at + 2));
        for (int bit = length; bit < 128; bit++) {
            bytes[at + 16 + bit / 8] &= (byte) ~(0x80 >>> bit % 8);
        }
    }

    /** A packet or its beginning, with ports and TCP's numbers; what is behind them, extensions of RFC 4884 included, gives way. */
    private void quote(int at, int end) {
        int version = at < end ? Bytes.u8(bytes, at) >>> 4 : 0;
        if (version == 4 && end - at >= 20 && (bytes[at] & 0xF) >= 5) {
            quote4(at, end);
        } else if (version == 6 && end - at >= 40) {
            int behind = at + 40;
            addresses.replace6(bytes, at + 8);
            addresses.replace6(bytes, at + 24);
            quotedTransport(Bytes.u8(bytes, at + 6), behind, end);
        } else {
            blank(at, end);
        }
    }

    private void quote4(int at, int end) {
        int length = Math.min(end - at, (bytes[at] & 0xF) * 4);
        fields.ip4(bytes, at + 20, at + length);
        addresses.replace4(bytes, at + 12);
        addresses.replace4(bytes, at + 16);
        ChecksumField.header(bytes, at, length, true);
        boolean first = (Bytes.u16(bytes, at + 6) & 0x1FFF) == 0;
        quotedTransport(first ? Bytes.u8(bytes, at + 9) : -1, at + length, end);
    }

    private void quotedTransport(int protocol, int at, int end) {
        int kept = switch (protocol) {
            case Transport.PROTOCOL_TCP -> end - at >= 20 ? 20 : 8;
            case Transport.PROTOCOL_UDP -> 8;
            case Transport.PROTOCOL_ICMP, Transport.PROTOCOL_ICMPV6 -> 8;
            default -> 0;
        };
        int sum = switch (protocol) {
            case Transport.PROTOCOL_TCP -> kept == 20 ? at + 16 : -1;
            case Transport.PROTOCOL_UDP -> at + 6;
            case Transport.PROTOCOL_ICMP, Transport.PROTOCOL_ICMPV6 -> at + 2;
            default -> -1;
        };
        if (sum >= 0 && sum + 2 <= end && Bytes.u16(bytes, sum) != 0) {
            ChecksumField.put(bytes, sum, standIns.number(Bytes.u16(bytes, sum)));
        }
        int number = kept == 20 ? Bytes.i32(bytes, at + 4) : 0;
        standIns.payload(bytes, Math.min(end, at + kept), end, number);
    }

    private void blank(int from, int to) {
        if (to > from) {
            Arrays.fill(bytes, from, to, (byte) 0);
        }
    }
}
