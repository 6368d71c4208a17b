package phalanx.dissect;

/** PPP over Ethernet (RFC 2516 section 4), and PPP itself (RFC 1661 section 2). */
final class Pppoe {
    private static final int HEADER = 6;

    private Pppoe() {}

    static void dissect(Slice in, Layers layers) {
        if (!layers.deeper()) {
            return;
        }
        int code = in.u8(1);
        Branch pppoe =
                layers.begin(code == 0 ? "PPP-over-Ethernet Session" : "PPP-over-Ethernet Discovery", "pppoe", in);
        pppoe.bits("Version", "pppoe.version", 0, 1, 0xF0);
        pppoe.bits("Type", "pppoe.type", 0, 1, 0x0F);
        pppoe.hex("Code", "pppoe.code", 1, 1, code(code));
        pppoe.hex("Session ID", "pppoe.session_id", 2, 2);
        pppoe.number("Payload length", "pppoe.payload_length", 4, 2);
        pppoe.ends(HEADER);
        Slice behind = in.of(HEADER, in.u16(4));
        if (code == 0) {
            ppp(behind, layers);
        } else if (behind.wireLength() > 0) {
            Data.dissect(behind, layers);
        }
    }

    private static String code(int code) {
        return switch (code) {
            case 0x00 -> "Session Data";
            case 0x07 -> "Active Discovery Offer (PADO)";
            case 0x09 -> "Active Discovery Initiation (PADI)";
            case 0x19 -> "Active Discovery Request (PADR)";
            case 0x65 -> "Active Discovery Session-confirmation (PADS)";
            case 0xA7 -> "Active Discovery Terminate (PADT)";
            default -> "";
        };
    }

    /** Address and control may be left out, and the protocol's first byte. */
    static void ppp(Slice in, Layers layers) {
        if (!layers.deeper()) {
            return;
        }
        Branch ppp = layers.begin("Point-to-Point Protocol", "ppp", in);
        int at = 0;
        if (in.has(0, 2) && in.u16(0) == 0xFF03) {
            ppp.hex("Address", "ppp.address", 0, 1);
            ppp.hex("Control", "ppp.control", 1, 1);
            at = 2;
        }
        int octets = (in.u8(at) & 1) != 0 ? 1 : 2;
        int protocol = (int) in.number(at, octets);
        ppp.field(
                "Protocol",
                "ppp.protocol",
                at,
                octets,
                protocol(protocol) + " (" + Branch.hexadecimal(protocol, 2) + ")",
                Branch.hexadecimal(protocol, 2));
        ppp.ends(at + octets);
        Slice behind = in.from(at + octets);
        switch (protocol) {
            case 0x0021, 0x0057 -> IpProtocols.byVersion(behind, layers);
            case 0x0281 -> Mpls.dissect(behind, layers);
            default -> Data.dissect(behind, layers);
        }
    }

    private static String protocol(int protocol) {
        return switch (protocol) {
            case 0x0021 -> "Internet Protocol version 4";
            case 0x0057 -> "Internet Protocol version 6";
            case 0x0281 -> "MPLS Unicast";
            case 0x8021 -> "Internet Protocol Control Protocol";
            case 0x8057 -> "IPv6 Control Protocol";
            case 0xC021 -> "Link Control Protocol";
            case 0xC023 -> "Password Authentication Protocol";
            case 0xC223 -> "Challenge Handshake Authentication Protocol";
            default -> "Unknown";
        };
    }
}
