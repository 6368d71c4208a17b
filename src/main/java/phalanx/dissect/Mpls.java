package phalanx.dissect;

/** A label stack (RFC 3032 section 2.1), with what stands under it: IP, or an Ethernet pseudowire (RFC 4448). */
final class Mpls {
    private static final int ENTRY = 4;

    private Mpls() {}

    static void dissect(Slice in, Layers layers) {
        Slice at = in;
        while (layers.deeper()) {
            Branch label = layers.begin("MultiProtocol Label Switching Header", "mpls", at);
            label.bits("MPLS label", "mpls.label", 0, 4, 0xFFFFF000L);
            label.bits("MPLS experimental bits", "mpls.exp", 0, 4, 0x0E00);
            label.bits("MPLS bottom of label stack", "mpls.bottom", 0, 4, 0x0100);
            label.bits("MPLS TTL", "mpls.ttl", 0, 4, 0x00FF);
            label.says("label " + (at.u32(0) >>> 12)).ends(ENTRY);
            boolean bottom = (at.u8(2) & 1) != 0;
            at = at.from(ENTRY);
            if (bottom) {
                below(at, layers);
                return;
            }
        }
    }

    private static void below(Slice in, Layers layers) {
        if (in.wireLength() == 0) {
            return;
        }
        switch (in.u8(0) >>> 4) {
            case 4, 6 -> IpProtocols.byVersion(in, layers);
            case 0 -> {
                Branch word = layers.begin("PW Ethernet Control Word", "pwethcw", in);
                word.number("Sequence number", "pweth.cw.sequence_number", 2, 2);
                word.ends(ENTRY);
                Ethernet.dissect(in.from(ENTRY), layers);
            }
            default -> Data.dissect(in, layers);
        }
    }
}
