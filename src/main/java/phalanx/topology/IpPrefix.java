package phalanx.topology;

import phalanx.net.IpAddress;

/**
 * A block of addresses (RFC 4632 section 3.1).
 *
 * @param base its lowest address
 * @param bits that all its addresses share, 0..32 or 0..128
 */
public record IpPrefix(IpAddress base, int bits) {
    /** The block of that size around an address. */
    public static IpPrefix of(IpAddress address, int bits) {
        if (address.version() == 4) {
            return new IpPrefix(new IpAddress(4, 0, address.low() & mask(bits + Integer.SIZE)), bits);
        }
        return new IpPrefix(IpAddress.v6(address.high() & mask(bits), address.low() & mask(bits - 64)), bits);
    }

    /** The upper so many of 64 bits. */
    private static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= 64 ? -1 : -1L << (64 - bits);
    }

    /** {@code 10.1.2.0/24}. */
    @Override
    public String toString() {
        return base + "/" + bits;
    }
}
