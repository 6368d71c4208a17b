package phalanx.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IpAddressTest {
    private static IpAddress v6(String text) throws UnknownHostException {
        ByteBuffer bytes = ByteBuffer.wrap(InetAddress.getByName(text).getAddress());
        return IpAddress.v6(bytes.getLong(), bytes.getLong());
    }

    @Test
    void ipv6_is_written_in_the_canonical_form_of_rfc_5952() throws UnknownHostException {
        for (String text : new String[] {
            "2001:db8::1",
            "::",
            "::1",
            "fe80::",
            "2001:db8:0:1:1:1:1:1",
            "2001:0:0:1::1",
            "1::8",
            "2001:db8:1:2:3:4:5:6"
        }) {
            assertEquals(text, v6(text).toString());
        }
    }

    @Test
    void any_ipv6_text_reads_back_as_the_same_address() throws UnknownHostException {
        Random random = new Random(3);
        for (int i = 0; i < 1000; i++) {
            IpAddress address = IpAddress.v6(
                    random.nextLong() & 0xFFFF00000000FFFFL, random.nextLong() & 0xFFFFL << 16 * random.nextInt(4));
            assertEquals(address, v6(address.toString()));
        }
    }

    @Test
    void ipv4_is_dotted_and_only_32_bits_wide() {
        assertEquals("192.0.2.255", IpAddress.v4(0xC00002FF).toString());
        assertThrows(IllegalArgumentException.class, () -> new IpAddress(4, 0, 1L << 32));
    }

    @Test
    void multicast_and_link_local_are_told_from_unicast() throws UnknownHostException {
        assertTrue(IpAddress.v4(0xE00000FB).isMulticast());
        assertTrue(v6("ff02::2").isMulticast());
        assertFalse(v6("2001:db8::1").isMulticast());
        assertTrue(v6("fe80::1").isLinkLocal());
        assertFalse(v6("fec0::1").isLinkLocal());
        assertTrue(IpAddress.v4(0xA9FE0001).isLinkLocal());
    }
}
