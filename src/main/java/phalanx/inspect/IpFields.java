package phalanx.inspect;

import phalanx.decode.Bytes;
import phalanx.decode.filter.FieldValues;

/** The fields of an IPv4 (RFC 791) or IPv6 (RFC 8200) header that was read before, so that its fixed part is there. Any thread. */
final class IpFields {
    private IpFields() {}

    /** @param at where the header begins */
    static void values(String name, byte[] bytes, int at, FieldValues into) {
        switch (name) {
            case "ip", "ipv6" -> into.add(1);
            case "ip.version" -> into.add(4);
            case "ip.hdr_len" -> into.add((Bytes.u8(bytes, at) & 0xF) * 4L);
            case "ip.dsfield" -> into.add(Bytes.u8(bytes, at + 1));
            case "ip.dsfield.dscp" -> into.add(Bytes.u8(bytes, at + 1) >>> 2);
            case "ip.dsfield.ecn" -> into.add(Bytes.u8(bytes, at + 1) & 3);
            case "ip.len" -> into.add(Bytes.u16(bytes, at + 2));
            case "ip.id" -> into.add(Bytes.u16(bytes, at + 4));
            case "ip.flags.df" -> into.add((Bytes.u8(bytes, at + 6) & 0x40) != 0);
            case "ip.flags.mf" -> into.add((Bytes.u8(bytes, at + 6) & 0x20) != 0);
            case "ip.frag_offset" -> into.add((Bytes.u16(bytes, at + 6) & 0x1FFF) * 8L);
            case "ip.ttl" -> into.add(Bytes.u8(bytes, at + 8));
            case "ip.proto" -> into.add(Bytes.u8(bytes, at + 9));
            case "ip.checksum" -> into.add(Bytes.u16(bytes, at + 10));
            case "ip.src" -> into.add(address4(bytes, at + 12));
            case "ip.dst" -> into.add(address4(bytes, at + 16));
            case "ip.addr" -> {
                into.add(address4(bytes, at + 12));
                into.add(address4(bytes, at + 16));
            }
            case "ipv6.tclass" -> into.add(Bytes.u16(bytes, at) >>> 4 & 0xFF);
            case "ipv6.flow" -> into.add(Bytes.i32(bytes, at) & 0xFFFFF);
            case "ipv6.plen" -> into.add(Bytes.u16(bytes, at + 4));
            case "ipv6.nxt" -> into.add(Bytes.u8(bytes, at + 6));
            case "ipv6.hlim" -> into.add(Bytes.u8(bytes, at + 7));
            case "ipv6.src" -> address6(bytes, at + 8, into);
            case "ipv6.dst" -> address6(bytes, at + 24, into);
            case "ipv6.addr" -> {
                address6(bytes, at + 8, into);
                address6(bytes, at + 24, into);
            }
            default -> {}
        }
    }

    private static long address4(byte[] bytes, int at) {
        return Integer.toUnsignedLong(Bytes.i32(bytes, at));
    }

    private static void address6(byte[] bytes, int at, FieldValues into) {
        into.add(Bytes.i64(bytes, at), Bytes.i64(bytes, at + 8));
    }
}
