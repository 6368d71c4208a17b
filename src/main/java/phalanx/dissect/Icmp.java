package phalanx.dissect;

/** ICMP (RFC 792), with the packet that an error quotes. */
final class Icmp {
    private static final int HEADER = 8;

    private Icmp() {}

    static void dissect(Slice in, Layers layers) {
        Branch icmp = layers.begin("Internet Control Message Protocol", "icmp", in);
        int type = in.u8(0);
        int code = in.u8(1);
        icmp.number("Type", "icmp.type", 0, 1, _ -> type(type) + " (" + type + ")");
        icmp.number("Code", "icmp.code", 1, 1, _ -> code(type, code));
        icmp.says(type(type) + (type == 3 || type == 11 || type == 5 ? ", " + code(type, code) : ""));
        ChecksumField.over(in, icmp, "icmp.checksum", 2, layers);
        switch (type) {
            case 0, 8, 13, 14, 15, 16, 17, 18 -> echo(icmp, in, type);
            case 3, 4, 5, 11, 12 -> error(icmp, in, type, code, layers);
            default -> {
                if (in.length() > 4) {
                    icmp.octets("Data", "data.data", 4, in.length() - 4);
                }
            }
        }
    }

    private static void echo(Branch icmp, Slice in, int type) {
        icmp.number("Identifier (BE)", "icmp.ident", 4, 2);
        icmp.number("Sequence number (BE)", "icmp.seq", 6, 2);
        icmp.says(type(type) + ", id " + in.u16(4) + ", seq " + in.u16(6));
        if (in.length() > HEADER) {
            icmp.octets("Data", "data.data", HEADER, in.length() - HEADER);
        }
    }

    private static void error(Branch icmp, Slice in, int type, int code, Layers layers) {
        if (type == 3 && code == 4) {
            icmp.number("MTU of next hop", "icmp.mtu", 6, 2);
        } else if (type == 5) {
            icmp.ip4("Gateway address", "icmp.redir_gw", 4);
        } else if (type == 12) {
            icmp.number("Pointer", "icmp.pointer", 4, 1);
        }
        in.need(0, HEADER);
        layers.quotedIn(icmp);
        IpProtocols.byVersion(in.from(HEADER), layers);
    }

    private static String type(int type) {
        return switch (type) {
            case 0 -> "Echo (ping) reply";
            case 3 -> "Destination unreachable";
            case 4 -> "Source quench";
            case 5 -> "Redirect";
            case 8 -> "Echo (ping) request";
            case 9 -> "Router advertisement";
            case 10 -> "Router solicitation";
            case 11 -> "Time-to-live exceeded";
            case 12 -> "Parameter problem";
            case 13 -> "Timestamp request";
            case 14 -> "Timestamp reply";
            case 15 -> "Information request";
            case 16 -> "Information reply";
            case 17 -> "Address mask request";
            case 18 -> "Address mask reply";
            default -> "Type " + type;
        };
    }

    private static String code(int type, int code) {
        String word = type == 3
                ? unreachable(code)
                : type == 5
                        ? code == 0 ? "Redirect for network" : code == 1 ? "Redirect for host" : ""
                        : type == 11
                                ? code == 0 ? "Time to live exceeded in transit" : "Fragment reassembly time exceeded"
                                : "";
        return word.isEmpty() ? Integer.toString(code) : word + " (" + code + ")";
    }

    private static String unreachable(int code) {
        return switch (code) {
            case 0 -> "Network unreachable";
            case 1 -> "Host unreachable";
            case 2 -> "Protocol unreachable";
            case 3 -> "Port unreachable";
            case 4 -> "Fragmentation needed";
            case 5 -> "Source route failed";
            case 6 -> "Network unknown";
            case 7 -> "Host unknown";
            case 9 -> "Network administratively prohibited";
            case 10 -> "Host administratively prohibited";
            case 13 -> "Communication administratively filtered";
            default -> "";
        };
    }
}
