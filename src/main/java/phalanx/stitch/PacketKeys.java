package phalanx.stitch;

import phalanx.decode.PacketTable;
import phalanx.net.Transport;

/**
 * What stays the same of a packet from hop to hop, as one number: not addresses, ports, TTL, DSCP and ECN, VLAN tag, checksums
 * or options, which routers, NATs and load balancers rewrite; and only bytes that every capture holds (snaplen). After the
 * hash input of RFC 5475 section 6.2. Any thread.
 */
final class PacketKeys {
    private static final int FLAGS_THAT_STAY = 0x3F; // not ECE and CWR (RFC 3168 section 6.1)

    /** Leading payload bytes of datagrams that all captures hold, 0..16. */
    private final int datagramBytes;

    PacketKeys(Iterable<PacketTable> captures) {
        int common = 16;
        for (PacketTable packets : captures) {
            for (int row = 0; row < packets.size(); row++) {
                boolean cut = packets.hashedBytes(row) < packets.payloadLength(row);
                if (cut && packets.protocol(row) != Transport.PROTOCOL_TCP) {
                    common = Math.min(common, packets.hashedBytes(row));
                }
            }
        }
        datagramBytes = common;
    }

    long key(PacketTable packets, int row) {
        long key = mix((long) packets.protocol(row) << 32 | packets.ipId(row));
        key = mix(key ^ ((long) packets.fragmentOffset(row) << 32 | packets.ipLength(row)));
        if (packets.fragmentOffset(row) > 0) {
            return mix(key ^ leadingBytes(packets, row));
        }
        return switch (packets.protocol(row)) {
            case Transport.PROTOCOL_TCP -> tcp(key, packets, row);
            case Transport.PROTOCOL_ICMP, Transport.PROTOCOL_ICMPV6 -> icmp(key, packets, row);
            default -> mix(key ^ leadingBytes(packets, row));
        };
    }

    /** TCP by header alone: initial sequence numbers are random, so that payload adds nothing (RFC 9293 section 3.4.1). */
    private static long tcp(long key, PacketTable packets, int row) {
        // A clamped MSS leaves the length of a SYN as it is, but a middlebox may strip options: the length of a SYN is
        // left out.
        boolean syn = (packets.tcpFlags(row) & 2) != 0;
        long start = syn ? mix((long) packets.protocol(row) << 32 | packets.ipId(row)) : key;
        long numbers = mix(start ^ ((long) packets.sequence(row) << 32 | packets.acknowledgment(row) & 0xFFFF_FFFFL));
        return mix(numbers ^ ((long) packets.payloadLength(row) << 8 | packets.tcpFlags(row) & FLAGS_THAT_STAY));
    }

    private long icmp(long key, PacketTable packets, int row) {
        long typed = mix(key ^ (packets.icmpType(row) << 8 | packets.icmpCode(row)));
        if (packets.hasQuote(row)) {
            long quoted = (long) packets.quotedIpId(row) << 32 | packets.quotedSequence(row) & 0xFFFF_FFFFL;
            return mix(typed ^ quoted);
        }
        // The identifier of an echo is a NAT's to change (RFC 5508 section 3.1), its sequence number is not.
        return mix(typed ^ packets.icmpWord(row) & 0xFFFF);
    }

    private long leadingBytes(PacketTable packets, int row) {
        if (datagramBytes == 16) {
            return packets.payloadHash16(row);
        }
        int bytes = Math.min(8, datagramBytes);
        return bytes == 0 ? 0 : packets.payloadHead(row) >>> (64 - 8 * bytes);
    }

    /** A bijective scrambling of 64 bits (Steele, Lea, Flood 2014: SplitMix64's finaliser). */
    static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
