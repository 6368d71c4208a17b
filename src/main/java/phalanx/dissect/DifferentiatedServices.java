package phalanx.dissect;

/** The octet of DSCP (RFC 2474) and ECN (RFC 3168). */
final class DifferentiatedServices {
    private DifferentiatedServices() {}

    /** @param protocol {@code ip} */
    static void field(Branch header, String protocol, int at) {
        int octet = header.in().u8(at);
        Branch field = header.hex("Differentiated services field", protocol + ".dsfield", at, 1);
        field.says("%s (DSCP: %s, ECN: %s)"
                .formatted(Branch.hexadecimal(octet, 1), codepoint(octet >>> 2), congestion(octet & 3)));
        field.bits(
                "Differentiated services codepoint",
                protocol + ".dsfield.dscp",
                at,
                1,
                0xFC,
                code -> codepoint((int) code) + " (" + code + ")");
        field.bits(
                "Explicit congestion notification",
                protocol + ".dsfield.ecn",
                at,
                1,
                0x03,
                code -> congestion((int) code) + " (" + code + ")");
    }

    /** By RFC 2474, RFC 2597, RFC 3246, RFC 8622. */
    static String codepoint(int code) {
        return switch (code) {
            case 1 -> "LE";
            case 46 -> "EF PHB";
            case 44 -> "VOICE-ADMIT";
            case 10, 12, 14, 18, 20, 22, 26, 28, 30, 34, 36, 38 -> "AF" + (code >>> 3) + (code >>> 1 & 3);
            default -> (code & 7) == 0 ? "CS" + (code >>> 3) : "Unknown";
        };
    }

    static String congestion(int code) {
        return switch (code) {
            case 0 -> "Not-ECT";
            case 1 -> "ECT(1)";
            case 2 -> "ECT(0)";
            default -> "CE";
        };
    }
}
