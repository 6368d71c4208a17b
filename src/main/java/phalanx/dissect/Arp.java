package phalanx.dissect;

/** Address resolution (RFC 826). */
final class Arp {
    private static final int ADDRESSES = 8;

    private Arp() {}

    static void dissect(Slice in, Layers layers) {
        Branch arp = layers.begin("Address Resolution Protocol", "arp", in);
        arp.number("Hardware type", "arp.hw.type", 0, 2, type -> type == 1 ? "Ethernet (1)" : Long.toString(type));
        int protocol = in.u16(2);
        arp.hex("Protocol type", "arp.proto.type", 2, 2, EtherTypes.name(protocol));
        arp.number("Hardware size", "arp.hw.size", 4, 1);
        arp.number("Protocol size", "arp.proto.size", 5, 1);
        arp.number("Opcode", "arp.opcode", 6, 2, code -> operation((int) code) + " (" + code + ")");
        arp.says(operation(in.u16(6)));
        int hardware = in.u8(4);
        int network = in.u8(5);
        arp.ends(Math.min(in.length(), ADDRESSES + 2 * (hardware + network)));
        boolean known = hardware == 6 && network == 4 && protocol == EtherTypes.IPV4;
        addresses(arp, "Sender", "arp.src", ADDRESSES, hardware, network, known);
        addresses(arp, "Target", "arp.dst", ADDRESSES + hardware + network, hardware, network, known);
    }

    private static void addresses(
            Branch arp, String who, String name, int at, int hardware, int network, boolean known) {
        if (known) {
            arp.mac(who + " MAC address", name + ".hw_mac", at);
            arp.ip4(who + " IP address", name + ".proto_ipv4", at + hardware);
            return;
        }
        if (hardware > 0) {
            arp.octets(who + " hardware address", name + ".hw", at, hardware);
        }
        if (network > 0) {
            arp.octets(who + " protocol address", name + ".proto", at + hardware, network);
        }
    }

    private static String operation(int code) {
        return switch (code) {
            case 1 -> "request";
            case 2 -> "reply";
            case 3 -> "reverse request";
            case 4 -> "reverse reply";
            default -> "operation " + code;
        };
    }
}
