package phalanx.proxy.guard.client;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** What counts as one client: an IPv4 address, of IPv6 the first 64 bits (RFC 6177: one customer has at least that). Any thread. */
public final class ClientNetwork {
    private static final int OCTETS = 8;

    private ClientNetwork() {}

    /** The client that an address belongs to. */
    public static InetAddress of(InetAddress address) {
        if (!(address instanceof Inet6Address) || address.isLoopbackAddress()) {
            return address; // this machine is no network
        }
        byte[] octets = address.getAddress();
        Arrays.fill(octets, OCTETS, octets.length, (byte) 0);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException _) {
            return address; // of 16 octets: never
        }
    }

    /** An address without a name's look-up, for IPv6 with {@code /64} or without; empty for any other network. */
    public static Optional<InetAddress> read(String text) {
        int slash = text.indexOf('/');
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
        if (octets == null || slash >= 0 && !(octets.length == 2 * OCTETS && text.endsWith("/64"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByAddress(octets));
        } catch (UnknownHostException _) {
            return Optional.empty();
        }
    }

    /** For people: the address, {@code /64} behind it for IPv6. */
    public static String text(InetAddress network) {
        return NetUtil.toAddressString(network)
                + (network instanceof Inet6Address && !network.isLoopbackAddress() ? "/64" : "");
    }
}
