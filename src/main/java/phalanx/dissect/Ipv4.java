package phalanx.dissect;

import java.util.Locale;

/** IPv4 header (RFC 791 section 3.1) with its options. */
final class Ipv4 {
    private static final int SMALLEST_HEADER = 20;

    private Ipv4() {}

    static void dissect(Slice in, Layers layers) {
        if (!layers.deeper()) {
            return;
        }
        Branch ip = layers.begin("Internet Protocol Version 4", "ip", in);
        int header = (in.u8(0) & 0x0F) * 4;
        ip.ends(Math.min(in.length(), Math.max(SMALLEST_HEADER, header)));
        ip.bits("Version", "ip.version", 0, 1, 0xF0);
        ip.field("Header length", "ip.hdr_len", 0, 1, header + " bytes", Integer.toString(header));
        if (header < SMALLEST_HEADER) {
            ip.remark(Expert.ERROR, "Malformed: its header length is less than 20 bytes");
            return;
        }
        DifferentiatedServices.field(ip, "ip", 1);
        int total = in.u16(2);
        Branch length = ip.number("Total length", "ip.len", 2, 2);
        if (total == 0) {
            length.remark(Expert.NOTE, "0: the sender left the cut into packets to its network card");
        } else if (total < header) {
            length.remark(Expert.ERROR, "Malformed: less than the header's own length");
            return;
        } else if (!in.holdsOnWire(0, total) && !layers.quoted()) {
            length.remark(Expert.ERROR, "Says more bytes than the frame had (" + in.wireLength() + ")");
        }
        ip.hex("Identification", "ip.id", 4, 2);
        flags(ip, in);
        ip.number("Time to live", "ip.ttl", 8, 1);
        ip.number("Protocol", "ip.proto", 9, 1, IpProtocols::told);
        in.need(0, SMALLEST_HEADER);
        ChecksumField.over(in.of(0, header), ip, "ip.checksum", 10, layers);
        Branch source = ip.ip4("Source address", "ip.src", 12);
        Branch destination = ip.ip4("Destination address", "ip.dst", 16);
        source.says(address(in, 12));
        destination.says(address(in, 16));
        ip.says("Src: " + address(in, 12) + ", Dst: " + address(in, 16));
        if (header > SMALLEST_HEADER) {
            options(ip, in.of(SMALLEST_HEADER, header - SMALLEST_HEADER), header, layers);
        }
        in.need(0, header);
        Slice packet = total == 0 ? in : in.of(0, total);
        carried(in, packet.from(header), layers);
        if (total > 0 && in.end() > in.start() + total && !layers.quoted()) {
            Slice padding = in.from(total);
            layers.begin("Bytes behind the packet", "", padding).says(padding.length() + " (padding or trailer)");
        }
    }

    private static String address(Slice in, int at) {
        return phalanx.net.IpAddress.v4((int) in.u32(at)).toString();
    }

    private static void carried(Slice in, Slice payload, Layers layers) {
        int flags = in.u16(6);
        boolean fragment = (flags & 0x3FFF) != 0;
        if ((flags & 0x1FFF) != 0) {
            Data.dissect(payload, layers);
            return;
        }
        IpProtocols.dissect(in.u8(9), payload, new IpHeader(in.of(12, 8), fragment), layers);
    }

    private static void flags(Branch ip, Slice in) {
        int word = in.u16(6);
        String set = (word & 0x4000) != 0 ? "Don't fragment" : (word & 0x2000) != 0 ? "More fragments" : "none";
        Branch flags = ip.bits("Flags", "ip.flags", 6, 1, 0xE0, _ -> set);
        flags.flag("Reserved bit", "ip.flags.rb", 6, 1, 0x80);
        flags.flag("Don't fragment", "ip.flags.df", 6, 1, 0x40);
        flags.flag("More fragments", "ip.flags.mf", 6, 1, 0x20);
        int offset = (word & 0x1FFF) * 8;
        Branch fragment =
                ip.field("Fragment offset", "ip.frag_offset", 6, 2, offset + " bytes", Integer.toString(offset));
        if (offset > 0) {
            fragment.remark(Expert.NOTE, "A later fragment: it has no transport header, its payload is shown as data");
        }
    }

    private static void options(Branch ip, Slice in, int header, Layers layers) {
        Branch all =
                ip.part("Options", "", SMALLEST_HEADER, Math.min(header, ip.in().length()) - SMALLEST_HEADER);
        all.says(in.wireLength() + " bytes");
        layers.part(all, () -> {
            int at = 0;
            while (at < in.wireLength()) {
                int kind = in.u8(at);
                int length = kind <= 1 ? 1 : in.u8(at + 1);
                if (length < 1 || kind > 1 && length < 2) {
                    all.remark(Expert.ERROR, "Malformed: an option of length " + length);
                    return;
                }
                in.need(at, length);
                Branch option = all.part(option(kind), "", SMALLEST_HEADER + at, length);
                option.bits("Copy on fragmentation", "ip.opt.type.copy", SMALLEST_HEADER + at, 1, 0x80);
                if (kind > 1) {
                    option.number("Length", "ip.opt.len", SMALLEST_HEADER + at + 1, 1);
                    addresses(option, kind, SMALLEST_HEADER + at, length);
                }
                at += length;
                if (kind == 0) {
                    return;
                }
            }
        });
    }

    /** Routes that a packet is to take or has taken (RFC 791 section 3.1): a pointer, then addresses. */
    private static void addresses(Branch option, int kind, int at, int length) {
        if ((kind == 7 || kind == 131 || kind == 137) && length >= 3) {
            option.number("Pointer", "ip.opt.ptr", at + 2, 1);
            for (int i = 3; i + 4 <= length; i += 4) {
                option.ip4("Route", "", at + i);
            }
        } else if (length > 2) {
            option.octets("Value", "", at + 2, length - 2);
        }
    }

    private static String option(int kind) {
        return switch (kind) {
            case 0 -> "End of options list";
            case 1 -> "No-operation";
            case 7 -> "Record route";
            case 68 -> "Time stamp";
            case 130 -> "Security";
            case 131 -> "Loose source route";
            case 136 -> "Stream ID";
            case 137 -> "Strict source route";
            case 148 -> "Router alert";
            default -> String.format(Locale.ROOT, "Option %d", kind);
        };
    }
}
