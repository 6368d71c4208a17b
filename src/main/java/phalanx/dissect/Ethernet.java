package phalanx.dissect;

/** Ethernet II or IEEE 802.3 (IEEE 802.3-2022 clause 3). */
final class Ethernet {
    private static final int HEADER = 14;

    private Ethernet() {}

    static void dissect(Slice in, Layers layers) {
        if (!layers.deeper()) {
            return;
        }
        Branch eth = layers.begin("Ethernet II", "eth", in);
        address(eth, "Destination", "eth.dst", 0);
        address(eth, "Source", "eth.src", 6);
        int type = in.u16(12);
        eth.ends(HEADER);
        if (type >= EtherTypes.SMALLEST) {
            EtherTypes.field(eth, "eth.type", 12);
            EtherTypes.dissect(type, in.from(HEADER), layers);
            return;
        }
        eth.called("IEEE 802.3 Ethernet").number("Length", "eth.len", 12, 2);
        if (in.length() > HEADER && !in.holdsOnWire(HEADER, type)) {
            eth.remark(Expert.WARNING, "Its length says more than the frame has");
        }
        Llc.dissect(in.of(HEADER, type), layers);
    }

    private static void address(Branch eth, String label, String name, int at) {
        Branch address = eth.mac(label, name, at);
        address.bits(
                "LG bit",
                name + ".lg",
                at,
                3,
                0x020000,
                bit -> bit == 0 ? "Globally unique address" : "Locally administered address");
        address.bits(
                "IG bit",
                name + ".ig",
                at,
                3,
                0x010000,
                bit -> bit == 0 ? "Individual address (unicast)" : "Group address (multicast or broadcast)");
    }
}
