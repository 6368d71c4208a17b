package phalanx.dissect;

import phalanx.decode.Bytes;

/** Logical link control (IEEE 802.2), with SNAP (RFC 1042). */
final class Llc {
    private static final int SNAP = 0xAA, IP = 0x06, SPANNING_TREE = 0x42;

    private Llc() {}

    static void dissect(Slice in, Layers layers) {
        if (in.wireLength() == 0 || !layers.deeper()) {
            return;
        }
        if (in.length() >= 2 && Bytes.u16(in.bytes(), in.start()) == 0xFFFF) { // Novell's raw IPX has no LLC
            Data.dissect(in, layers);
            return;
        }
        Branch llc = layers.begin("Logical-Link Control", "llc", in);
        llc.hex("DSAP", "llc.dsap", 0, 1, access(in.u8(0) & 0xFE));
        llc.hex("SSAP", "llc.ssap", 1, 1, access(in.u8(1) & 0xFE));
        int controlOctets = (in.u8(2) & 3) == 3 ? 1 : 2; // unnumbered frames have one
        llc.hex("Control field", "llc.control", 2, controlOctets);
        int behind = 2 + controlOctets;
        llc.ends(behind);
        int destination = in.u8(0);
        if (destination == SNAP) {
            llc.hex("Organization code", "llc.oui", behind, 3);
            EtherTypes.field(llc, "llc.type", behind + 3);
            llc.ends(behind + 5);
            EtherTypes.dissect(in.u16(behind + 3), in.from(behind + 5), layers);
        } else if (destination == IP) {
            IpProtocols.byVersion(in.from(behind), layers);
        } else {
            Data.dissect(in.from(behind), layers);
        }
    }

    private static String access(int point) {
        return switch (point) {
            case SNAP -> "SNAP";
            case IP -> "IP";
            case SPANNING_TREE -> "Spanning Tree";
            case 0xE0 -> "NetWare";
            case 0xF0 -> "NetBIOS";
            case 0xFE -> "ISO network layer";
            default -> "";
        };
    }
}
