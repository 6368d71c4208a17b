package phalanx.dissect;

/** QUIC packet heads (RFC 9000 section 17): what is not protected. */
final class Quic {
    private static final int HTTPS = 443, LONGEST_ID = 20, VERSION_1 = 1, VERSION_2 = 0x6B3343CF;

    private Quic() {}

    /** A long header of a known version; a short header says nothing of itself, so that the port decides. */
    static boolean startsAt(Slice in, int from, int to) {
        if (!in.has(0, 7)) {
            return false;
        }
        int first = in.u8(0);
        if ((first & 0x80) != 0) {
            int version = (int) in.u32(1);
            boolean known = version == VERSION_1 || version == VERSION_2 || version == 0 || version >>> 8 == 0xFF0000;
            return known && in.u8(5) <= LONGEST_ID;
        }
        return (first & 0xC0) == 0x40 && (from == HTTPS || to == HTTPS);
    }

    static void dissect(Slice in, Layers layers) {
        Branch quic = layers.begin("QUIC IETF", "quic", in);
        int first = in.u8(0);
        quic.bits(
                "Header form",
                "quic.header_form",
                0,
                1,
                0x80,
                bit -> bit == 0 ? "Short Header (0)" : "Long Header (1)");
        quic.bits("Fixed bit", "quic.fixed_bit", 0, 1, 0x40, bit -> bit == 0 ? "False" : "True");
        if ((first & 0x80) == 0) {
            quic.says("1-RTT packet");
            quic.bits("Spin bit", "quic.spin_bit", 0, 1, 0x20, bit -> bit == 0 ? "False" : "True");
            quic.octets("Connection ID and protected payload", "", 1, in.length() - 1);
            return;
        }
        int version = (int) in.u32(1);
        int type = first >>> 4 & 3;
        String word = version == 0 ? "Version Negotiation" : type(version == VERSION_2 ? type + 3 & 3 : type);
        quic.says(word);
        if (version != 0) {
            quic.bits("Packet type", "quic.long.packet_type", 0, 1, 0x30, code -> word + " (" + code + ")");
        }
        quic.hex("Version", "quic.version", 1, 4, version(version));
        int destination = in.u8(5);
        quic.number("Destination connection ID length", "quic.dcil", 5, 1);
        if (destination > 0) {
            quic.octets("Destination connection ID", "quic.dcid", 6, destination);
        }
        int at = 6 + destination;
        int source = in.u8(at);
        quic.number("Source connection ID length", "quic.scil", at, 1);
        if (source > 0) {
            quic.octets("Source connection ID", "quic.scid", at + 1, source);
        }
        at += 1 + source;
        if (word.equals("Initial")) {
            int octets = octets(in, at);
            long token = integer(in, at);
            quic.field("Token length", "quic.token_length", at, octets, Long.toString(token), Long.toString(token));
            at += octets + (int) Math.min(token, in.wireLength());
        }
        if (word.equals("Initial") || word.equals("Handshake") || word.equals("0-RTT")) {
            long length = integer(in, at);
            quic.field("Length", "quic.length", at, octets(in, at), Long.toString(length), Long.toString(length));
            at += octets(in, at);
        }
        if (in.length() > at) {
            quic.octets("Protected payload", "quic.remaining_payload", at, in.length() - at);
        }
    }

    /** Octets of a variable-length integer (RFC 9000 section 16). */
    private static int octets(Slice in, int at) {
        return 1 << (in.u8(at) >>> 6);
    }

    private static long integer(Slice in, int at) {
        int octets = octets(in, at);
        return in.number(at, octets) & (1L << 8 * octets - 2) - 1;
    }

    private static String type(int type) {
        return switch (type) {
            case 0 -> "Initial";
            case 1 -> "0-RTT";
            case 2 -> "Handshake";
            default -> "Retry";
        };
    }

    private static String version(int version) {
        return switch (version) {
            case VERSION_1 -> "1";
            case VERSION_2 -> "2";
            case 0 -> "Version Negotiation";
            default -> version >>> 8 == 0xFF0000 ? "draft-" + (version & 0xFF) : "Unknown";
        };
    }
}
