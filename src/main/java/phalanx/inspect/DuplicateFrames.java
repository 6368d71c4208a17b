package phalanx.inspect;

import phalanx.capture.FrameCursor;
import phalanx.decode.Bytes;
import phalanx.decode.FrameView;
import phalanx.decode.IpView;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;

/**
 * Tells the second copy of a frame (mirror ports, both sides of a VLAN, two interfaces in one file) from a retransmission: a copy is
 * the same IP packet, identification and checksum included, but for its TTL. Senders count the identification up, so that a
 * retransmission has another one (RFC 6864 section 4.1 for packets that may be fragmented; Linux, Windows and the BSDs for all of TCP).
 * Where there is none, IPv6 and identification 0, only copies that no sender could repeat so soon are taken,
 * and of datagrams only in a capture that is full of copies. Fixed memory, one thread;
 * no call allocates.
 */
final class DuplicateFrames {
    /** Below the least retransmission timeout in use (RFC 6298 says 1 s, Linux 200 ms). */
    private static final long NUMBERED_NANOS = 150_000_000;

    /** Below the round trip of a fast retransmission. */
    private static final long UNNUMBERED_NANOS = 100_000;

    /** A capture of which more than every so-many-th packet is a copy was taken at a mirror. */
    private static final int COMMON = 10;

    private static final int SETS_BITS = 13, WAYS = 8, TIME_BITS = 24, TICK_BITS = 13;
    private static final long TICKS = (1L << TIME_BITS) - 1;

    /**
     * Sets of one cache line each, the newest entry first, the oldest makes room. An entry is 40 bits of a packet's print and when it was
     * seen, in ticks of 8 us that begin anew after 137 s. Half a megabyte: a larger table does not stay in the cache.
     */
    private final long[] table = new long[WAYS << SETS_BITS];

    private long packets;
    private long copies;

    /** @return whether an equal packet was seen just before; the packet is remembered */
    boolean isCopy(FrameCursor cursor, FrameView view) {
        IpView ip = view.ip();
        packets++;
        long print = print(view, ip);
        int set = (int) (print >>> 64 - SETS_BITS) * WAYS;
        long entry = print << SETS_BITS & ~TICKS;
        long tick = cursor.timeNanos() >>> TICK_BITS & TICKS;
        int way = 0;
        while (way < WAYS && (table[set + way] & ~TICKS) != entry) {
            way++;
        }
        long before = way < WAYS ? table[set + way] & TICKS : 0;
        System.arraycopy(table, set, table, set + 1, Math.min(way, WAYS - 1));
        table[set] = entry | tick;
        if (way == WAYS) {
            return false;
        }
        long ticks = Math.min(tick - before & TICKS, before - tick & TICKS); // the clock may have gone back
        long apart = ticks << TICK_BITS;
        boolean copy = !ip.isV6() && ip.identification() != 0
                ? apart <= NUMBERED_NANOS
                : apart <= UNNUMBERED_NANOS && (isUnique(view, ip) || copies * COMMON > packets);
        copies += copy ? 1 : 0;
        return copy;
    }

    /** A segment that takes sequence numbers; a bare ACK and a datagram may be sent word for word again. */
    private static boolean isUnique(FrameView view, IpView ip) {
        return ip.protocol() == Transport.PROTOCOL_TCP
                && view.hasTransport()
                && (view.payloadLength() > 0 || (view.tcp().flags() & (TcpFlags.SYN | TcpFlags.FIN)) != 0);
    }

    /** A hash of what two copies have in common: never 0. */
    private static long print(FrameView view, IpView ip) {
        byte[] bytes = view.bytes();
        long hash =
                RecentTimes.mix(ip.sourceHigh() ^ ip.sourceLow() << 1, ip.destinationLow() ^ ip.destinationHigh() << 1);
        hash = RecentTimes.mix(
                hash ^ view.ipLength(), ((long) ip.identification() << 16) + ip.fragmentOffset() + ip.protocol());
        int at = view.transport();
        int end = view.end();
        // The transport checksum stands in the first 20 bytes and covers the rest; where it is not used the first 64
        // must do.
        int last = Math.min(end, at + (ip.protocol() == Transport.PROTOCOL_TCP ? 24 : 64));
        for (; at + 8 <= last; at += 8) {
            hash = RecentTimes.mix(hash, Bytes.i64(bytes, at));
        }
        for (; at < last; at++) {
            hash = RecentTimes.mix(hash, Bytes.u8(bytes, at));
        }
        return hash | 1;
    }
}
