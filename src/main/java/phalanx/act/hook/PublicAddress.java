package phalanx.act.hook;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Which addresses may be asked (IANA special-purpose address registries, RFC 6890). Any thread. */
final class PublicAddress {
    /** Octets of networks and the length of their prefixes: none of them is of the internet. */
    private static final int[][] NONE_V4 = {
        {0, 0, 8},
        {10, 0, 8},
        {100, 64, 10},
        {127, 0, 8},
        {169, 254, 16},
        {172, 16, 12},
        {192, 168, 16},
        {198, 18, 15},
        {224, 0, 3}
    };

    private PublicAddress() {}

    /** Where machines in a cloud ask for their secrets: nobody is ever sent there. */
    static boolean metadata(InetAddress address) {
        String text = address.getHostAddress().replaceFirst("%.*", "");
        return text.equals("169.254.169.254")
                || text.equals("169.254.170.2")
                || text.equals("100.100.100.200")
                || text.equals("fd00:ec2:0:0:0:0:0:254");
    }

    /** Whether an address is one of the internet. */
    static boolean isPublic(InetAddress address) {
        byte[] octets = address.getAddress();
        return switch (address) {
            case Inet4Address _ -> {
                int value = (octets[0] & 0xff) << 24 | (octets[1] & 0xff) << 16 | (octets[2] & 0xff) << 8;
                boolean found = value >>> 8 == 0xc00000 // 192.0.0.0/24
                        || value >>> 8 == 0xc00002 // 192.0.2.0/24
                        || value >>> 8 == 0xc63364 // 198.51.100.0/24
                        || value >>> 8 == 0xcb0071; // 203.0.113.0/24
                for (int[] net : NONE_V4) {
                    found |= (value ^ (net[0] << 24 | net[1] << 16)) >>> (32 - net[2]) == 0;
                }
                yield !found;
            }
            case Inet6Address _ -> {
                int first = (octets[0] & 0xff) << 8 | octets[1] & 0xff;
                int second = (octets[2] & 0xff) << 8 | octets[3] & 0xff;
                yield first >>> 13 == 1 // 2000::/3
                        && first != 0x2002 // holds an IPv4 address
                        && !(first == 0x2001
                                && (second < 0x200 || second == 0xdb8)); // Teredo and the like; for documents
            }
            default -> false;
        };
    }
}
