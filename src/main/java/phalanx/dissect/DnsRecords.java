package phalanx.dissect;

import java.nio.charset.StandardCharsets;
import phalanx.net.IpAddress;

/** Questions and resource records of one DNS message (RFC 1035 sections 4.1.2 and 4.1.3). One thread. */
final class DnsRecords {
    private static final int A = 1, NS = 2, CNAME = 5, SOA = 6, PTR = 12, MX = 15, TXT = 16, AAAA = 28, SRV = 33;
    private static final int OPT = 41;

    private final Branch dns;
    private final Slice in;
    private final DnsNames names;
    private final boolean multicast;
    private String first = "";

    /** @param multicast whether the class field's first bit is one of multicast DNS (RFC 6762 sections 5.4 and 10.2) */
    DnsRecords(Branch dns, boolean multicast) {
        this.dns = dns;
        this.multicast = multicast;
        in = dns.in();
        names = new DnsNames(in);
    }

    /** {@code A example.com}: the first question; without one the first record. */
    String first() {
        return first;
    }

    /** @return where they end */
    int questions(int begin, int count) {
        if (count == 0) {
            return begin;
        }
        Branch all = dns.part("Queries", "", begin, in.length() - begin);
        int at = begin;
        for (int i = 0; i < count; i++) {
            DnsNames.Name name = names.read(at);
            int behind = at + name.octets();
            int type = in.u16(behind);
            in.need(behind, 4);
            note(type, name);
            Branch query = all.part(name.text(), "", at, name.octets() + 4);
            query.says("type " + type(type) + ", class " + classOf(behind + 2));
            query.text("Name", "dns.qry.name", at, name.octets(), name.text());
            query.number("Type", "dns.qry.type", behind, 2, number -> type(type) + " (" + number + ")");
            if (multicast) {
                query.bits("Class", "dns.qry.class", behind + 2, 2, 0x7FFF, _ -> classOf(behind + 2));
                query.bits("\"QU\" question", "dns.qry.qu", behind + 2, 2, 0x8000, bit -> bit == 0 ? "False" : "True");
            } else {
                query.hex("Class", "dns.qry.class", behind + 2, 2, classOf(behind + 2));
            }
            at = behind + 4;
        }
        all.ends(at);
        return at;
    }

    private void note(int type, DnsNames.Name name) {
        if (first.isEmpty()) {
            first = type(type) + " " + name.text();
        }
    }

    private String classOf(int at) {
        int number = multicast ? in.u16(at) & 0x7FFF : in.u16(at);
        return switch (number) {
            case 1 -> "IN";
            case 3 -> "CH";
            case 255 -> "ANY";
            default -> Integer.toString(number);
        };
    }

    /** @return where they end */
    int answers(String section, int begin, int count) {
        if (count == 0) {
            return begin;
        }
        in.need(begin, 1);
        Branch all = dns.part(section, "", begin, in.length() - begin);
        int at = begin;
        for (int i = 0; i < count; i++) {
            DnsNames.Name name = names.read(at);
            int behind = at + name.octets();
            int type = in.u16(behind);
            int length = in.u16(behind + 8);
            note(type, name);
            int data = behind + 10;
            in.need(data, length);
            Branch record = all.part(name.text(), "", at, name.octets() + 10 + length);
            record.says("type " + type(type));
            record.text("Name", "dns.resp.name", at, name.octets(), name.text());
            record.number("Type", "dns.resp.type", behind, 2, number -> type(type) + " (" + number + ")");
            if (type == OPT) {
                record.number("UDP payload size", "dns.rr.udp_payload_size", behind + 2, 2);
                record.hex("Higher bits in extended RCODE", "dns.resp.ext_rcode", behind + 4, 1);
                record.number("EDNS0 version", "dns.resp.edns0_version", behind + 5, 1);
            } else {
                if (multicast) {
                    record.bits("Class", "dns.resp.class", behind + 2, 2, 0x7FFF, _ -> classOf(behind + 2));
                    record.bits(
                            "Cache flush",
                            "dns.resp.cache_flush",
                            behind + 2,
                            2,
                            0x8000,
                            bit -> bit == 0 ? "False" : "True");
                } else {
                    record.hex("Class", "dns.resp.class", behind + 2, 2, classOf(behind + 2));
                }
                record.number("Time to live", "dns.resp.ttl", behind + 4, 4, seconds -> seconds + " s");
            }
            record.number("Data length", "dns.resp.len", behind + 8, 2);
            if (length > 0) {
                data(record, type, data, length);
            }
            at = data + length;
        }
        all.ends(at);
        return at;
    }

    private void data(Branch record, int type, int at, int length) {
        switch (type) {
            case A -> {
                if (length == 4) {
                    record.ip4("Address", "dns.a", at);
                    record.says("type A, addr " + IpAddress.v4((int) in.u32(at)));
                }
            }
            case AAAA -> {
                if (length == 16) {
                    record.ip6("AAAA address", "dns.aaaa", at);
                    record.says("type AAAA, addr " + IpAddress.v6(in.i64(at), in.i64(at + 8)));
                }
            }
            case NS -> name(record, "Name server", "dns.ns", at);
            case CNAME -> name(record, "CNAME", "dns.cname", at);
            case PTR -> name(record, "Domain name", "dns.ptr.domain_name", at);
            case MX -> {
                record.number("Preference", "dns.mx.preference", at, 2);
                name(record, "Mail exchange", "dns.mx.mail_exchange", at + 2);
            }
            case SRV -> {
                record.number("Priority", "dns.srv.priority", at, 2);
                record.number("Weight", "dns.srv.weight", at + 2, 2);
                record.number("Port", "dns.srv.port", at + 4, 2);
                name(record, "Target", "dns.srv.target", at + 6);
            }
            case SOA -> {
                int next = at + name(record, "Primary name server", "dns.soa.mname", at);
                next += name(record, "Responsible authority's mailbox", "dns.soa.rname", next);
                record.number("Serial number", "dns.soa.serial_number", next, 4);
                record.number("Refresh interval", "dns.soa.refresh_interval", next + 4, 4);
                record.number("Retry interval", "dns.soa.retry_interval", next + 8, 4);
                record.number("Expire limit", "dns.soa.expire_limit", next + 12, 4);
                record.number("Minimum TTL", "dns.soa.minimum_ttl", next + 16, 4);
            }
            case TXT -> {
                int next = at;
                while (next < at + length) {
                    int octets = Math.min(in.u8(next), at + length - next - 1);
                    record.text("TXT", "dns.txt", next + 1, octets, in.text(next + 1, octets, StandardCharsets.UTF_8));
                    next += 1 + octets;
                }
            }
            default -> record.octets("Data", "dns.data", at, length);
        }
    }

    private int name(Branch record, String label, String filterName, int at) {
        DnsNames.Name name = names.read(at);
        record.text(label, filterName, at, name.octets(), name.text());
        return name.octets();
    }

    static String type(int type) {
        return switch (type) {
            case A -> "A";
            case NS -> "NS";
            case CNAME -> "CNAME";
            case SOA -> "SOA";
            case PTR -> "PTR";
            case 13 -> "HINFO";
            case MX -> "MX";
            case TXT -> "TXT";
            case AAAA -> "AAAA";
            case SRV -> "SRV";
            case 35 -> "NAPTR";
            case OPT -> "OPT";
            case 43 -> "DS";
            case 46 -> "RRSIG";
            case 47 -> "NSEC";
            case 48 -> "DNSKEY";
            case 50 -> "NSEC3";
            case 64 -> "SVCB";
            case 65 -> "HTTPS";
            case 252 -> "AXFR";
            case 255 -> "ANY";
            case 257 -> "CAA";
            default -> "TYPE" + type;
        };
    }
}
