package phalanx.dissect;

/** Generic routing encapsulation (RFC 2784, RFC 2890; version 1 of RFC 2637), also with mirrored frames in it (ERSPAN). */
final class Gre {
    private static final int ERSPAN = 0x88BE, ERSPAN_3 = 0x22EB;

    private Gre() {}

    static void dissect(Slice in, Layers layers) {
        if (!layers.deeper()) {
            return;
        }
        Branch gre = layers.begin("Generic Routing Encapsulation", "gre", in);
        int flags = in.u16(0);
        Branch word = gre.hex("Flags and version", "gre.flags_and_version", 0, 2);
        word.flag("Checksum bit", "gre.flags.checksum", 0, 2, 0x8000);
        word.flag("Routing bit", "gre.flags.routing", 0, 2, 0x4000);
        word.flag("Key bit", "gre.flags.key", 0, 2, 0x2000);
        word.flag("Sequence number bit", "gre.flags.sequence_number", 0, 2, 0x1000);
        word.bits("Version", "gre.flags.version", 0, 2, 0x0007);
        int type = in.u16(2);
        gre.hex("Protocol type", "gre.proto", 2, 2, EtherTypes.name(type));
        int at = 4;
        if ((flags & 0xC000) != 0) { // checksum or routing: the same word
            gre.hex("Checksum", "gre.checksum", at, 2);
            gre.number("Offset", "gre.offset", at + 2, 2);
            at += 4;
        }
        if ((flags & 0x2000) != 0) {
            gre.hex("Key", "gre.key", at, 4);
            at += 4;
        }
        boolean sequence = (flags & 0x1000) != 0;
        if (sequence) {
            gre.number("Sequence number", "gre.sequence_number", at, 4);
            at += 4;
        }
        if ((flags & 7) == 1 && (flags & 0x80) != 0) {
            gre.number("Acknowledgment number", "gre.ack_number", at, 4);
            at += 4;
        }
        gre.ends(at);
        Slice behind = in.from(at);
        if (type == ERSPAN && sequence || type == ERSPAN_3) {
            erspan(type, behind, layers);
        } else if (type == ERSPAN) {
            Ethernet.dissect(behind, layers); // type I has neither sequence nor header
        } else {
            EtherTypes.dissect(type, behind, layers);
        }
    }

    private static void erspan(int type, Slice in, Layers layers) {
        Branch erspan = layers.begin("Encapsulated Remote Switch Packet Analysis", "erspan", in);
        erspan.bits("Version", "erspan.version", 0, 2, 0xF000);
        erspan.bits("VLAN", "erspan.vlan", 0, 2, 0x0FFF);
        erspan.bits("SpanID", "erspan.spanid", 2, 2, 0x03FF);
        int length = type == ERSPAN ? 8 : (in.u8(11) & 1) != 0 ? 20 : 12;
        in.need(0, length);
        erspan.ends(length);
        Ethernet.dissect(in.from(length), layers);
    }
}
