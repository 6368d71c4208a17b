package phalanx.redact;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import phalanx.net.IpAddress;

/**
 * IP addresses to others: by Crypto-PAn, but what an address is for stays: private ones stay private, link-local ones and multicast groups
 * what they are, and the unspecified, loopback and broadcast addresses themselves. That is done by flipping no bit that leads to such a
 * range, which keeps the mapping one to one and prefixes alike; bits that an address shares with such a range stay visible. One thread; no
 * call allocates.
 */
final class AddressMap {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** IPv4 ranges (RFC 6890 and IANA's registry for multicast): address, length of its prefix, 1 where what is inside stays, too. */
    private static final int[] KEPT_4 = {
        0x00000000, 8, 1, // this network
        0x0A000000, 8, 0, // private
        0x64400000, 10, 0, // shared, of carriers
        0x7F000000, 8, 1, // loopback
        0xA9FE0000, 16, 0, // link-local
        0xAC100000, 12, 0, // private
        0xC0A80000, 16, 0, // private
        0xE0000000, 24, 1, // multicast that no router passes on
        0xE0000000, 4, 0, // multicast
        0xF0000000, 4, 0, // reserved
        0xFFFFFFFF, 32, 1 // broadcast
    };

    /** IPv6 ranges (RFC 6890, RFC 4291 section 2.7): upper half, length of the prefix, 1 where what is inside stays, too. */
    private static final long[] KEPT_6 = {
        0,
        127,
        1, // unspecified and loopback
        0xFC00L << 48,
        7,
        0, // unique local
        0xFE80L << 48,
        10,
        0, // link-local
        0xFF01L << 48,
        112,
        1, // multicast groups that are known to all
        0xFF02L << 48,
        112,
        1,
        0xFF05L << 48,
        112,
        1
    };

    /** Flags and scope of a multicast address. */
    private static final int MULTICAST_SCOPE = 16;

    private static final int CACHED = 1 << 14;

    private final CryptoPan pan;
    private final Tally tally;
    private final int[] from4 = new int[CACHED];
    private final int[] to4 = new int[CACHED];
    private final long[] from6 = new long[2 * CACHED];
    private final long[] to6 = new long[2 * CACHED];

    AddressMap(CryptoPan pan, Tally tally) {
        this.pan = pan;
        this.tally = tally;
    }

    /** Replaces the IPv4 address at a place. */
    void replace4(byte[] bytes, int at) {
        int address = (int) INT.get(bytes, at);
        int mapped = map4(address);
        INT.set(bytes, at, mapped);
        if (tally.add(Replaced.IPV4, address != mapped)) {
            tally.example(Replaced.IPV4, IpAddress.v4(address), IpAddress.v4(mapped));
        }
    }

    /** Replaces the IPv6 address at a place. */
    void replace6(byte[] bytes, int at) {
        long high = (long) LONG.get(bytes, at);
        long low = (long) LONG.get(bytes, at + 8);
        int slot = map6(high, low);
        LONG.set(bytes, at, to6[slot]);
        LONG.set(bytes, at + 8, to6[slot + 1]);
        if (tally.add(Replaced.IPV6, high != to6[slot] || low != to6[slot + 1])) {
            tally.example(Replaced.IPV6, IpAddress.v6(high, low), IpAddress.v6(to6[slot], to6[slot + 1]));
        }
    }

    int map4(int address) {
        int slot = (address * 0x9E3779B9) >>> 18;
        if (from4[slot] != address) { // an empty slot holds 0, which stays 0
            int kept = kept4(address);
            int mask = kept >= 32 ? 0 : -1 >>> kept;
            to4[slot] = mask == 0 ? address : address ^ pan.flips(address) & mask;
            from4[slot] = address;
        }
        return to4[slot];
    }

    /** @return where in {@link #to6} the two halves stand */
    private int map6(long high, long low) {
        int slot = (int) ((high * 31 + low) * 0x9E3779B97F4A7C15L >>> 50) << 1;
        if (from6[slot] != high || from6[slot + 1] != low) {
            int kept = kept6(high, low);
            long maskHigh = kept >= 64 ? 0 : -1L >>> kept;
            long maskLow = kept <= 64 ? -1L : kept >= 128 ? 0 : -1L >>> (kept - 64);
            pan.flips(high, low);
            from6[slot] = high;
            from6[slot + 1] = low;
            to6[slot] = high ^ pan.flipsHigh() & maskHigh;
            to6[slot + 1] = low ^ pan.flipsLow() & maskLow;
        }
        return slot;
    }

    /** How many of the first bits lead to a range that is kept. */
    private static int kept4(int address) {
        int kept = 0;
        for (int i = 0; i < KEPT_4.length; i += 3) {
            int shared = Integer.numberOfLeadingZeros(address ^ KEPT_4[i]);
            kept = Math.max(kept, kept(shared, KEPT_4[i + 1], KEPT_4[i + 2] == 1, 32));
        }
        return kept;
    }

    private static int kept6(long high, long low) {
        int kept = high >>> 56 == 0xFF ? MULTICAST_SCOPE : 0;
        for (int i = 0; i < KEPT_6.length; i += 3) {
            long other = high ^ KEPT_6[i];
            int shared = other != 0 ? Long.numberOfLeadingZeros(other) : 64 + Long.numberOfLeadingZeros(low);
            kept = Math.max(kept, kept(shared, (int) KEPT_6[i + 1], KEPT_6[i + 2] == 1, 128));
        }
        return kept;
    }

    private static int kept(int shared, int prefix, boolean whole, int all) {
        return shared < prefix ? shared + 1 : whole ? all : prefix;
    }
}
