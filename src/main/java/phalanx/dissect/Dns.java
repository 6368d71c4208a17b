package phalanx.dissect;

/** DNS messages (RFC 1035 section 4), also of multicast DNS (RFC 6762 section 18) and over TCP (RFC 1035 section 4.2.2). */
final class Dns {
    private static final int HEADER = 12;

    private Dns() {}

    static void overTcp(Slice in, Layers layers) {
        Slice at = in;
        while (at.wireLength() > 0 && layers.deeper()) {
            int length = at.u16(0);
            if (length == 0 || !at.holdsOnWire(2, length)) { // its rest is in other segments
                Branch dns = layers.begin("Domain Name System", "dns", at);
                dns.number("Length", "dns.length", 0, 2);
                dns.remark(Expert.NOTE, "A part of a message: the rest is in other segments");
                return;
            }
            dissect(at.of(2, length), "Domain Name System", "dns", layers);
            at = at.from(2 + length);
        }
    }

    static void dissect(Slice in, String label, String protocol, Layers layers) {
        Branch dns = layers.begin(label, protocol, in);
        dns.hex("Transaction ID", "dns.id", 0, 2);
        int word = in.u16(2);
        boolean response = (word & 0x8000) != 0;
        dns.says(response ? "response" : "query");
        flags(dns, word, response);
        int[] counts = new int[4];
        String[] names = {"dns.count.queries", "dns.count.answers", "dns.count.auth_rr", "dns.count.add_rr"};
        String[] labels = {"Questions", "Answer RRs", "Authority RRs", "Additional RRs"};
        for (int i = 0; i < counts.length; i++) {
            dns.number(labels[i], names[i], 4 + 2 * i, 2);
            counts[i] = in.u16(4 + 2 * i);
        }
        DnsRecords records = new DnsRecords(dns, protocol.equals("mdns"));
        int at = records.questions(HEADER, counts[0]);
        at = records.answers("Answers", at, counts[1]);
        at = records.answers("Authoritative nameservers", at, counts[2]);
        records.answers("Additional records", at, counts[3]);
        if (!records.first().isEmpty()) {
            dns.says((response ? "response " : "query ") + records.first());
        }
    }

    private static void flags(Branch dns, int word, boolean response) {
        Branch flags = dns.hex("Flags", "dns.flags", 2, 2);
        flags.bits(
                "Response",
                "dns.flags.response",
                2,
                2,
                0x8000,
                bit -> bit == 0 ? "Message is a query" : "Message is a response");
        flags.bits("Opcode", "dns.flags.opcode", 2, 2, 0x7800, code -> opcode((int) code) + " (" + code + ")");
        if (response) {
            flags.flag("Authoritative", "dns.flags.authoritative", 2, 2, 0x0400);
        }
        flags.flag("Truncated", "dns.flags.truncated", 2, 2, 0x0200);
        flags.flag("Recursion desired", "dns.flags.recdesired", 2, 2, 0x0100);
        if (response) {
            flags.flag("Recursion available", "dns.flags.recavail", 2, 2, 0x0080);
        }
        flags.flag("Z", "dns.flags.z", 2, 2, 0x0040);
        if (response) {
            flags.flag("Answer authenticated", "dns.flags.authenticated", 2, 2, 0x0020);
        }
        flags.flag("Non-authenticated data acceptable", "dns.flags.checkdisable", 2, 2, 0x0010);
        if (response) {
            flags.bits(
                    "Reply code", "dns.flags.rcode", 2, 2, 0x000F, code -> replyCode((int) code) + " (" + code + ")");
            flags.says(Branch.hexadecimal(word, 2) + " (response, " + replyCode(word & 15) + ")");
        } else {
            flags.says(Branch.hexadecimal(word, 2) + " (query)");
        }
    }

    private static String opcode(int code) {
        return switch (code) {
            case 0 -> "Standard query";
            case 1 -> "Inverse query";
            case 2 -> "Server status request";
            case 4 -> "Zone change notification";
            case 5 -> "Dynamic update";
            default -> "Unknown";
        };
    }

    static String replyCode(int code) {
        return switch (code) {
            case 0 -> "No error";
            case 1 -> "Format error";
            case 2 -> "Server failure";
            case 3 -> "No such name";
            case 4 -> "Not implemented";
            case 5 -> "Refused";
            default -> "Unknown";
        };
    }
}
