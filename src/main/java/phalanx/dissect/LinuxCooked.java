package phalanx.dissect;

/** What Linux gives for "any" interface (LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2). */
final class LinuxCooked {
    private static final int HEADER = 16, SECOND_HEADER = 20;

    private LinuxCooked() {}

    static void dissect(Slice in, Layers layers) {
        Branch cooked = layers.begin("Linux cooked capture v1", "sll", in).ends(Math.min(HEADER, in.length()));
        cooked.number("Packet type", "sll.pkttype", 0, 2, type -> type((int) type));
        cooked.number("Link-layer address type", "sll.hatype", 2, 2);
        address(cooked, 4, 6);
        next(cooked, in.u16(2), in.u16(14), 14, in.from(HEADER), layers);
    }

    static void dissectSecond(Slice in, Layers layers) {
        Branch cooked = layers.begin("Linux cooked capture v2", "sll", in).ends(Math.min(SECOND_HEADER, in.length()));
        int protocol = in.u16(0);
        cooked.hex("Protocol", "sll.etype", 0, 2, EtherTypes.name(protocol));
        cooked.number("Interface index", "sll.ifindex", 4, 4);
        cooked.number("Link-layer address type", "sll.hatype", 8, 2);
        cooked.number("Packet type", "sll.pkttype", 10, 1, type -> type((int) type));
        address(cooked, 11, 12);
        in.need(0, SECOND_HEADER);
        EtherTypes.dissect(protocol, in.from(SECOND_HEADER), layers);
    }

    private static void address(Branch cooked, int lengthAt, int at) {
        int octets = lengthAt == 4 ? 2 : 1;
        cooked.number("Link-layer address length", "sll.halen", lengthAt, octets);
        long length = cooked.in().number(lengthAt, octets);
        if (length == 6) {
            cooked.mac("Source", "sll.src.eth", at);
        } else if (length > 0 && length <= 8) {
            cooked.octets("Source", "sll.src.other", at, (int) length);
        }
    }

    private static void next(Branch cooked, int hardware, int protocol, int at, Slice behind, Layers layers) {
        if (protocol < EtherTypes.SMALLEST && hardware != 824) { // 824: netlink, whose families stand here
            cooked.hex("Protocol", "sll.ltype", at, 2);
            if (protocol == 4) {
                Llc.dissect(behind, layers);
            } else {
                Data.dissect(behind, layers);
            }
            return;
        }
        cooked.hex("Protocol", "sll.etype", at, 2, EtherTypes.name(protocol));
        EtherTypes.dissect(protocol, behind, layers);
    }

    private static String type(int type) {
        String word = switch (type) {
            case 0 -> "Unicast to us";
            case 1 -> "Broadcast";
            case 2 -> "Multicast";
            case 3 -> "Unicast to another host";
            case 4 -> "Sent by us";
            default -> "Unknown";
        };
        return word + " (" + type + ")";
    }
}
