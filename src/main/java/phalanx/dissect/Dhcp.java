package phalanx.dissect;

import java.nio.charset.StandardCharsets;

/** DHCP over BOOTP (RFC 2131 section 2, RFC 2132). */
final class Dhcp {
    private static final int OPTIONS = 240;
    private static final long COOKIE = 0x63825363L;
    private static final int MESSAGE_TYPE = 53, PAD = 0, END = 255;

    private Dhcp() {}

    static void dissect(Slice in, Layers layers) {
        Branch dhcp = layers.begin("Dynamic Host Configuration Protocol", "dhcp", in);
        dhcp.number("Message type", "dhcp.type", 0, 1, op -> op == 1 ? "Boot Request (1)" : "Boot Reply (" + op + ")");
        dhcp.says(in.u8(0) == 1 ? "request" : "reply");
        dhcp.hex("Hardware type", "dhcp.hw.type", 1, 1);
        int hardware = in.u8(2);
        dhcp.number("Hardware address length", "dhcp.hw.len", 2, 1);
        dhcp.number("Hops", "dhcp.hops", 3, 1);
        dhcp.hex("Transaction ID", "dhcp.id", 4, 4);
        dhcp.number("Seconds elapsed", "dhcp.secs", 8, 2);
        Branch flags = dhcp.hex("Bootp flags", "dhcp.flags", 10, 2);
        flags.bits("Broadcast flag", "dhcp.flags.bc", 10, 2, 0x8000, bit -> bit == 0 ? "Unicast" : "Broadcast");
        dhcp.ip4("Client IP address", "dhcp.ip.client", 12);
        dhcp.ip4("Your (client) IP address", "dhcp.ip.your", 16);
        dhcp.ip4("Next server IP address", "dhcp.ip.server", 20);
        dhcp.ip4("Relay agent IP address", "dhcp.ip.relay", 24);
        if (hardware == 6) {
            dhcp.mac("Client MAC address", "dhcp.hw.mac_addr", 28);
        } else {
            dhcp.octets("Client hardware address", "dhcp.hw.addr", 28, 16);
        }
        words(dhcp, "Server host name", "dhcp.server", 44, 64);
        words(dhcp, "Boot file name", "dhcp.file", 108, 128);
        if (in.u32(236) != COOKIE) {
            return;
        }
        dhcp.ip4("Magic cookie", "dhcp.cookie", 236).says("DHCP");
        int at = OPTIONS;
        while (at < in.wireLength()) {
            int kind = in.u8(at);
            if (kind == PAD || kind == END) {
                dhcp.part(kind == END ? "Option: (255) End" : "Option: (0) Padding", "", at, 1);
                if (kind == END) {
                    return;
                }
                at++;
                continue;
            }
            int length = in.u8(at + 1);
            in.need(at, 2 + length);
            Branch option = dhcp.part("Option: (" + kind + ") " + option(kind), "", at, 2 + length);
            option.number("Length", "dhcp.option.length", at + 1, 1);
            value(option, kind, at + 2, length);
            if (kind == MESSAGE_TYPE && length == 1) {
                dhcp.says(message(in.u8(at + 2)));
            }
            at += 2 + length;
        }
    }

    private static void words(Branch dhcp, String label, String name, int at, int room) {
        String words = dhcp.in().text(at, room, StandardCharsets.UTF_8);
        int end = words.indexOf('\0');
        String told = end < 0 ? words : words.substring(0, end);
        if (told.isEmpty()) {
            dhcp.field(label, "", at, room, "not given", "");
        } else {
            dhcp.text(label, name, at, room, told);
        }
    }

    private static void value(Branch option, int kind, int at, int length) {
        Slice in = option.in();
        switch (kind) {
            case MESSAGE_TYPE ->
                option.says(message(in.u8(at)))
                        .number(
                                "DHCP",
                                "dhcp.option.dhcp",
                                at,
                                1,
                                number -> message((int) number) + " (" + number + ")");
            case 1, 3, 6, 28, 42, 44, 50, 54 -> {
                for (int i = 0; i + 4 <= length; i += 4) {
                    option.ip4(option(kind), "", at + i);
                }
            }
            case 51, 58, 59 -> {
                if (length == 4) {
                    option.number("Time", "", at, 4, seconds -> seconds + " s");
                }
            }
            case 12, 15, 60, 66, 67 -> {
                String words = in.text(at, length, StandardCharsets.UTF_8);
                option.says(words).text(option(kind), "", at, length, words);
            }
            default -> {
                if (length > 0) {
                    option.octets("Value", "dhcp.option.value", at, length);
                }
            }
        }
    }

    private static String message(int type) {
        return switch (type) {
            case 1 -> "Discover";
            case 2 -> "Offer";
            case 3 -> "Request";
            case 4 -> "Decline";
            case 5 -> "ACK";
            case 6 -> "NAK";
            case 7 -> "Release";
            case 8 -> "Inform";
            default -> "message " + type;
        };
    }

    private static String option(int kind) {
        return switch (kind) {
            case 1 -> "Subnet mask";
            case 3 -> "Router";
            case 6 -> "Domain name server";
            case 12 -> "Host name";
            case 15 -> "Domain name";
            case 28 -> "Broadcast address";
            case 42 -> "NTP servers";
            case 44 -> "NetBIOS name server";
            case 50 -> "Requested IP address";
            case 51 -> "IP address lease time";
            case MESSAGE_TYPE -> "DHCP message type";
            case 54 -> "DHCP server identifier";
            case 55 -> "Parameter request list";
            case 57 -> "Maximum DHCP message size";
            case 58 -> "Renewal time value";
            case 59 -> "Rebinding time value";
            case 60 -> "Vendor class identifier";
            case 61 -> "Client identifier";
            case 66 -> "TFTP server name";
            case 67 -> "Bootfile name";
            case 81 -> "Client fully qualified domain name";
            case 82 -> "Agent information option";
            case 119 -> "Domain search";
            case 121 -> "Classless static route";
            default -> "Option";
        };
    }
}
