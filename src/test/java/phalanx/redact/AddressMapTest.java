package phalanx.redact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phalanx.decode.Bytes;

/** Addresses are replaced as the reference implementation of Crypto-PAn does it, and what an address is for stays. */
class AddressMapTest {
    /** The key of the reference implementation's sample. */
    private static final byte[] SAMPLE = {
        21,
        34,
        23,
        (byte) 141,
        51,
        (byte) 164,
        (byte) 207,
        (byte) 128,
        19,
        10,
        91,
        22,
        73,
        (byte) 144,
        125,
        16,
        (byte) 216,
        (byte) 152,
        (byte) 143,
        (byte) 131,
        121,
        121,
        101,
        39,
        98,
        87,
        76,
        45,
        42,
        (byte) 132,
        34,
        2
    };

    private final AddressMap map = new AddressMap(new CryptoPan(SAMPLE), new Tally(false));

    private static byte[] bytes(String address) throws UnknownHostException {
        return InetAddress.getByName(address).getAddress();
    }

    /** From sample_trace_raw.dat and sample_trace_sanitized.dat of the reference implementation (Fan, Xu, Ammar, Moon). */
    @ParameterizedTest
    @CsvSource({
        "128.11.68.132, 135.242.180.132",
        "129.118.74.4, 134.136.186.123",
        "130.132.252.244, 133.68.164.234",
        "141.223.7.43, 141.167.8.160",
        "141.233.145.108, 141.129.237.235",
        "152.163.225.39, 151.140.114.167",
        "156.29.3.236, 147.225.12.42",
        "165.247.96.84, 162.9.99.234",
        "166.107.77.190, 160.132.178.185",
        "192.102.249.13, 252.138.62.131",
        "192.215.32.125, 252.43.47.189",
        "192.233.80.103, 252.25.108.8",
        "192.41.57.43, 252.222.221.184",
        "193.150.244.223, 253.169.52.216",
        "195.205.63.100, 255.186.223.5",
        "198.200.171.101, 249.199.68.213",
        "202.49.198.20, 245.206.7.234",
        "203.12.160.252, 244.248.163.4",
        "204.184.162.189, 243.192.77.90",
        "205.178.38.67, 242.108.198.51"
    })
    void the_reference_s_sample_comes_out_as_there(String raw, String sanitized) throws UnknownHostException {
        int address = Bytes.i32(bytes(raw), 0);
        assertEquals(Bytes.i32(bytes(sanitized), 0), address ^ new CryptoPan(SAMPLE).flips(address));
    }

    /** The reference knows IPv4 only; these are of the implementations that carried it on to IPv6, with the same key. */
    @ParameterizedTest
    @CsvSource({
        "::1, 78ff:f001:9fc0:20df:8380:b1f1:704:ed",
        "::2, 78ff:f001:9fc0:20df:8380:b1f1:704:ef",
        "::ffff, 78ff:f001:9fc0:20df:8380:b1f1:704:f838",
        "2001:db8::1, 4401:2bc:603f:d91d:27f:ff8e:e6f1:dc1e",
        "2001:db8::2, 4401:2bc:603f:d91d:27f:ff8e:e6f1:dc1c"
    })
    void six_is_done_as_four(String raw, String sanitized) throws UnknownHostException {
        byte[] before = bytes(raw);
        byte[] after = bytes(sanitized);
        CryptoPan pan = new CryptoPan(SAMPLE);
        pan.flips(Bytes.i64(before, 0), Bytes.i64(before, 8));
        assertEquals(Bytes.i64(after, 0), Bytes.i64(before, 0) ^ pan.flipsHigh());
        assertEquals(Bytes.i64(after, 8), Bytes.i64(before, 8) ^ pan.flipsLow());
    }

    @Test
    void prefixes_stay_as_long_as_they_were_and_no_two_addresses_become_one() {
        Random random = new Random(5);
        Set<Integer> seen = new HashSet<>();
        Set<Integer> mapped = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            int one = random.nextInt();
            int other = one ^ 1 << random.nextInt(32) ^ random.nextInt(16);
            int shared = Integer.numberOfLeadingZeros(one ^ other);
            assertEquals(shared, Integer.numberOfLeadingZeros(map.map4(one) ^ map.map4(other)));
            assertEquals(seen.add(one), mapped.add(map.map4(one)));
        }
        for (int i = 0; i < 2_000; i++) {
            byte[] one = new byte[16];
            random.nextBytes(one);
            byte[] other = one.clone();
            int bit = random.nextInt(128);
            other[bit / 8] ^= (byte) (0x80 >>> bit % 8);
            map.replace6(one, 0);
            map.replace6(other, 0);
            int difference = Arrays.mismatch(one, other);
            assertEquals(
                    bit,
                    difference * 8 + Integer.numberOfLeadingZeros((one[difference] ^ other[difference]) & 0xFF) - 24);
        }
    }

    @Test
    void a_bit_is_flipped_as_often_as_not() {
        Random random = new Random(6);
        CryptoPan pan = new CryptoPan(RedactionKey.random().cryptoPan());
        int[] flipped = new int[32];
        for (int i = 0; i < 4_000; i++) {
            int flips = pan.flips(random.nextInt());
            for (int bit = 0; bit < 32; bit++) {
                flipped[bit] += flips >>> bit & 1;
            }
        }
        for (int bit = 0; bit < 20; bit++) { // of the first bits there are few prefixes
            assertTrue(Math.abs(flipped[bit] - 2_000) < 200, bit + ": " + flipped[bit]);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0", "127.0.0.1", "224.0.0.251", "255.255.255.255", "::", "::1", "ff02::1", "ff05::2"})
    void addresses_that_mean_the_same_everywhere_stay(String address) throws UnknownHostException {
        byte[] before = bytes(address);
        byte[] after = before.clone();
        replace(after);
        assertEquals(InetAddress.getByAddress(before), InetAddress.getByAddress(after));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 8",
        "172.20.1.9, 12",
        "192.168.7.7, 16",
        "100.77.1.1, 10",
        "169.254.3.4, 16",
        "239.1.2.3, 4",
        "fe80::a00:27ff:fe4e:66a1, 10",
        "fd12:3456::9, 7",
        "ff02::1:ff4e:66a1, 96"
    })
    void what_an_address_is_for_stays_and_the_rest_does_not(String address, int kept) throws UnknownHostException {
        byte[] before = bytes(address);
        byte[] after = before.clone();
        replace(after);
        assertNotEquals(InetAddress.getByAddress(before), InetAddress.getByAddress(after));
        for (int bit = 0; bit < kept; bit++) {
            assertEquals(before[bit / 8] >>> 7 - bit % 8 & 1, after[bit / 8] >>> 7 - bit % 8 & 1, "bit " + bit);
        }
    }

    private void replace(byte[] address) {
        if (address.length == 4) {
            map.replace4(address, 0);
        } else {
            map.replace6(address, 0);
        }
    }
}
