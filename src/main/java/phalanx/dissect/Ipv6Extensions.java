package phalanx.dissect;

/** IPv6 extension headers (RFC 8200 section 4), and the authentication header that IPv4 has too (RFC 4302 section 2). */
final class Ipv6Extensions {
    private Ipv6Extensions() {}

    /** Goes through them to the header that is none of them. */
    static void dissect(int first, Slice in, IpHeader ip, Layers layers) {
        int kind = first;
        Slice at = in;
        boolean fragment = ip.fragment();
        while (isExtension(kind)) {
            if (!layers.deeper()) {
                return;
            }
            Branch header = layers.begin(IpProtocols.name(kind), name(kind), at);
            String prefix = name(kind);
            header.number(
                    "Next header",
                    prefix + (kind == IpProtocols.AUTHENTICATION ? ".next_header" : ".nxt"),
                    0,
                    1,
                    IpProtocols::told);
            int next = at.u8(0);
            int length = length(kind, at);
            header.ends(Math.min(length, at.length()));
            switch (kind) {
                case IpProtocols.FRAGMENT -> {
                    int offset = at.u16(2) & 0xFFF8;
                    header.bits("Offset", "ipv6.fraghdr.offset", 2, 2, 0xFFF8, _ -> offset + " bytes");
                    header.bits("More fragments", "ipv6.fraghdr.more", 2, 2, 1, bit -> bit == 0 ? "No" : "Yes");
                    header.hex("Identification", "ipv6.fraghdr.ident", 4, 4);
                    fragment |= (at.u16(2) & 0xFFF9) != 0;
                    if (offset > 0) {
                        header.remark(Expert.NOTE, "A later fragment: its payload is shown as data");
                        Data.dissect(at.from(length), layers);
                        return;
                    }
                }
                case IpProtocols.AUTHENTICATION -> {
                    header.number("Length", "ah.length", 1, 1, _ -> length + " bytes");
                    header.hex("AH SPI", "ah.spi", 4, 4);
                    header.number("AH sequence", "ah.sequence", 8, 4);
                    header.octets("AH ICV", "ah.icv", 12, Math.max(0, length - 12));
                }
                case IpProtocols.ROUTING -> {
                    header.number("Length", "ipv6.routing.len", 1, 1, _ -> length + " bytes");
                    header.number("Type", "ipv6.routing.type", 2, 1);
                    header.number("Segments left", "ipv6.routing.segleft", 3, 1);
                }
                default -> {
                    header.number("Length", prefix + ".len", 1, 1, _ -> length + " bytes");
                    layers.part(header, () -> options(header, length));
                }
            }
            at.need(0, length);
            at = at.from(length);
            kind = next;
        }
        if (kind != IpProtocols.NO_NEXT) {
            IpProtocols.dissect(kind, at, new IpHeader(ip.addresses(), fragment), layers);
        }
    }

    private static void options(Branch header, int length) {
        Slice in = header.in();
        int at = 2;
        while (at < length) {
            int type = in.u8(at);
            if (type == 0) {
                header.part("Pad1", "", at++, 1);
                continue;
            }
            int octets = 2 + in.u8(at + 1);
            if (at + octets > length) {
                header.remark(Expert.ERROR, "Malformed: an option is longer than its header");
                return;
            }
            Branch option = header.part(option(type), "ipv6.opt", at, octets);
            option.hex("Type", "ipv6.opt.type", at, 1);
            option.number("Length", "ipv6.opt.length", at + 1, 1);
            if (octets > 2) {
                option.octets("Value", "", at + 2, octets - 2);
            }
            at += octets;
        }
    }

    private static String option(int type) {
        return switch (type) {
            case 1 -> "PadN";
            case 5 -> "Router alert";
            case 0xC2 -> "Jumbo payload";
            case 0xC9 -> "Home address";
            default -> "Option " + type;
        };
    }

    private static boolean isExtension(int kind) {
        return switch (kind) {
            case IpProtocols.HOP_BY_HOP,
                    IpProtocols.ROUTING,
                    IpProtocols.FRAGMENT,
                    IpProtocols.AUTHENTICATION,
                    IpProtocols.DESTINATION -> true;
            default -> false;
        };
    }

    private static int length(int kind, Slice at) {
        return switch (kind) {
            case IpProtocols.FRAGMENT -> 8;
            case IpProtocols.AUTHENTICATION -> (at.u8(1) + 2) * 4;
            default -> (at.u8(1) + 1) * 8;
        };
    }

    private static String name(int kind) {
        return switch (kind) {
            case IpProtocols.HOP_BY_HOP -> "ipv6.hopopts";
            case IpProtocols.ROUTING -> "ipv6.routing";
            case IpProtocols.FRAGMENT -> "ipv6.fraghdr";
            case IpProtocols.AUTHENTICATION -> "ah";
            default -> "ipv6.dstopts";
        };
    }
}
