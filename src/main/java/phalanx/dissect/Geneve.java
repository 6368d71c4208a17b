package phalanx.dissect;

/** GENEVE (RFC 8926 section 3.4). */
final class Geneve {
    private static final int HEADER = 8;

    private Geneve() {}

    static void dissect(Slice in, Layers layers) {
        if (!layers.deeper()) {
            return;
        }
        Branch geneve = layers.begin("Generic Network Virtualization Encapsulation", "geneve", in);
        geneve.bits("Version", "geneve.version", 0, 1, 0xC0);
        int options = (in.u8(0) & 0x3F) * 4;
        geneve.field("Options length", "geneve.option.length", 0, 1, options + " bytes", Integer.toString(options));
        geneve.hex("Flags", "geneve.flags", 1, 1);
        int type = in.u16(2);
        geneve.hex("Protocol type", "geneve.proto_type", 2, 2, EtherTypes.name(type));
        geneve.hex("Virtual network identifier (VNI)", "geneve.vni", 4, 3);
        geneve.says("VNI " + in.u24(4));
        in.need(0, HEADER + options);
        if (options > 0) {
            geneve.octets("Options", "geneve.options", HEADER, options);
        }
        geneve.ends(HEADER + options);
        EtherTypes.dissect(type, in.from(HEADER + options), layers);
    }
}
