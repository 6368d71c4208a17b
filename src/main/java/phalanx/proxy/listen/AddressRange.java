package phalanx.proxy.listen;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Optional;
import phalanx.config.Values;

/**
 * Addresses that share their first bits (RFC 4632, RFC 4291 section 2.3). Any thread.
 *
 * @param network its octets, 4 or 16
 * @param bits how many count
 */
public record AddressRange(byte[] network, int bits) {
    /** Reads {@code ADDRESS} or {@code ADDRESS/BITS}. */
    public static Optional<AddressRange> read(String text) {
        int slash = text.indexOf('/');
        byte[] network = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            return Optional.empty();
        }
        int most = network.length * 8;
        return slash < 0
                ? Optional.of(new AddressRange(network, most))
                : Values.number(text.substring(slash + 1), 0, most)
                        .map(bits -> new AddressRange(network, bits.intValue()));
    }

    /** Whether an address is one of them. */
    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length != network.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >>> (i & 7);
            if ((octets[i >>> 3] & mask) != (network[i >>> 3] & mask)) {
                return false;
            }
        }
        return true;
    }
}
