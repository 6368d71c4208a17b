package phalanx.dissect;

/** GTP-U version 1 (3GPP TS 29.281 section 5). */
final class GtpUser {
    private static final int HEADER = 8, USER_PACKET = 255;

    private GtpUser() {}

    static void dissect(Slice in, Layers layers) {
        if (!layers.deeper()) {
            return;
        }
        Branch gtp = layers.begin("GPRS Tunneling Protocol", "gtp", in);
        int flags = in.u8(0);
        Branch octet = gtp.hex("Flags", "gtp.flags", 0, 1);
        octet.bits("Version", "gtp.flags.version", 0, 1, 0xE0);
        octet.bits("Protocol type", "gtp.flags.payload", 0, 1, 0x10);
        octet.bits("Is next extension header present?", "gtp.flags.e", 0, 1, 0x04);
        octet.bits("Is sequence number present?", "gtp.flags.s", 0, 1, 0x02);
        octet.bits("Is N-PDU number present?", "gtp.flags.pn", 0, 1, 0x01);
        int message = in.u8(1);
        gtp.hex("Message type", "gtp.message", 1, 1, message == USER_PACKET ? "T-PDU" : "");
        gtp.number("Length", "gtp.length", 2, 2);
        gtp.hex("TEID", "gtp.teid", 4, 4);
        gtp.says("TEID " + Branch.hexadecimal(in.u32(4), 4));
        int at = HEADER;
        if ((flags & 7) != 0) {
            gtp.hex("Sequence number", "gtp.seq_number", at, 2);
            gtp.hex("N-PDU number", "gtp.npdu_number", at + 2, 1);
            gtp.hex("Next extension header type", "gtp.next", at + 3, 1);
            int next = (flags & 4) != 0 ? in.u8(at + 3) : 0;
            at += 4;
            while (next != 0) {
                int length = in.u8(at) * 4;
                if (length == 0) {
                    gtp.remark(Expert.ERROR, "Malformed: an extension header of length 0");
                    return;
                }
                gtp.octets("Extension header " + Branch.hexadecimal(next, 1), "", at, length);
                next = in.u8(at + length - 1);
                at += length;
            }
        }
        gtp.ends(at);
        if (message == USER_PACKET) {
            IpProtocols.byVersion(in.from(at), layers);
        } else {
            Data.dissect(in.from(at), layers);
        }
    }
}
