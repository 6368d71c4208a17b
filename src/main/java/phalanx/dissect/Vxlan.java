package phalanx.dissect;

/** VXLAN (RFC 7348 section 5). */
final class Vxlan {
    private static final int HEADER = 8;

    private Vxlan() {}

    static void dissect(Slice in, Layers layers) {
        if (!layers.deeper()) {
            return;
        }
        Branch vxlan = layers.begin("Virtual eXtensible Local Area Network", "vxlan", in);
        vxlan.hex("Flags", "vxlan.flags", 0, 2);
        vxlan.number("Group policy ID", "vxlan.gbp", 2, 2);
        vxlan.number("VXLAN network identifier (VNI)", "vxlan.vni", 4, 3);
        vxlan.says("VNI " + in.u24(4)).ends(HEADER);
        in.need(0, HEADER);
        Ethernet.dissect(in.from(HEADER), layers);
    }
}
