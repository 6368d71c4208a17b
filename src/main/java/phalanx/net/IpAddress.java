package phalanx.net;

import java.util.Locale;

/**
 * An IPv4 or IPv6 address. An IPv4 address sits in the low 32 bits of {@code low}, with {@code high} 0.
 *
 * @param version 4 or 6
 * @param high upper 64 bits in network order, 0 for IPv4
 * @param low lower 64 bits in network order
 */
public record IpAddress(int version, long high, long low) implements Comparable<IpAddress> {
    public IpAddress {
        if (version != 4 && version != 6) {
            throw new IllegalArgumentException("IP version " + version);
        }
        if (version == 4 && (high != 0 || low >>> 32 != 0)) {
            throw new IllegalArgumentException("an IPv4 address has 32 bits");
        }
    }

    /** @param bits the address in network order */
    public static IpAddress v4(int bits) {
        return new IpAddress(4, 0, Integer.toUnsignedLong(bits));
    }

    public static IpAddress v6(long high, long low) {
        return new IpAddress(6, high, low);
    }

    /** Multicast or broadcast: not one host (RFC 1112 section 4, RFC 4291 section 2.7; 255.255.255.255). */
    public boolean isMulticast() {
        return version == 4 ? (low & 0xF000_0000L) == 0xE000_0000L || low == 0xFFFF_FFFFL : high >>> 56 == 0xFF;
    }

    /** IPv6 link-local unicast (RFC 4291 section 2.5.6) or IPv4 link-local (RFC 3927): never crosses a router. */
    public boolean isLinkLocal() {
        return version == 4 ? low >>> 16 == 0xA9FE : high >>> 54 == 0xFE80 >>> 6;
    }

    @Override
    public int compareTo(IpAddress other) {
        int byVersion = Integer.compare(version, other.version);
        int byHigh = byVersion != 0 ? byVersion : Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** Dotted decimal, or the canonical IPv6 text form (RFC 5952 section 4). */
    @Override
    public String toString() {
        if (version == 4) {
            return (low >>> 24) + "." + (low >>> 16 & 0xFF) + "." + (low >>> 8 & 0xFF) + "." + (low & 0xFF);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (int) ((i < 4 ? high : low) >>> (48 - 16 * (i % 4))) & 0xFFFF;
        }
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && groups[i + length] == 0) {
                length++;
            }
            if (length > bestLength) {
                bestStart = i;
                bestLength = length;
            }
            i += length;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; ) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i++]).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
