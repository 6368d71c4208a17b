package phalanx.dissect;

/** A tag of IEEE 802.1Q clause 9.6, also the outer one of 802.1ad. */
final class Vlan {
    private static final int HEADER = 4;

    private Vlan() {}

    static void dissect(int etherType, Slice in, Layers layers) {
        if (!layers.deeper()) {
            return;
        }
        boolean service = etherType == 0x88A8;
        Branch tag = layers.begin(service ? "802.1ad VLAN" : "802.1Q VLAN", service ? "ieee8021ad" : "vlan", in);
        String name = service ? "ieee8021ad." : "vlan.";
        int octets = service ? 1 : 2; // as Wireshark has it
        int down = service ? 8 : 0;
        tag.bits("Priority", name + "priority", 0, octets, 0xE000 >>> down);
        tag.bits(
                "DEI",
                name + "dei",
                0,
                octets,
                0x1000 >>> down,
                bit -> bit == 0 ? "Ineligible to be dropped" : "Eligible to be dropped");
        tag.bits("ID", name + "id", 0, 2, 0x0FFF);
        tag.says("ID " + (in.u16(0) & 0x0FFF)).ends(HEADER);
        int type = in.u16(2);
        if (type >= EtherTypes.SMALLEST) {
            EtherTypes.field(tag, service ? "" : "vlan.etype", 2);
            EtherTypes.dissect(type, in.from(HEADER), layers);
        } else {
            tag.number("Length", "vlan.len", 2, 2);
            Llc.dissect(in.of(HEADER, type), layers);
        }
    }
}
