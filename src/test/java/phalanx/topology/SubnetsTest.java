package phalanx.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import phalanx.net.IpAddress;

class SubnetsTest {
    private static List<Station> hosts(int subnets, int each) {
        List<Station> hosts = new ArrayList<>();
        for (int i = 0; i < subnets * each; i++) {
            hosts.add(new Station.Host(IpAddress.v4(0x0A00_0000 | i / each << 8 | i % each)));
        }
        return hosts;
    }

    private static Set<String> drawn(List<Station> hosts, Set<String> opened) {
        Subnets subnets = Subnets.of(hosts, opened, 200);
        return hosts.stream().map(host -> subnets.apply(host).id()).collect(Collectors.toSet());
    }

    @Test
    void few_hosts_stay_and_many_are_gathered_until_few_enough_are_left() {
        assertEquals(200, drawn(hosts(2, 100), Set.of()).size());
        assertEquals(
                Set.of("subnet-10.0.0.0/24", "subnet-10.0.1.0/24", "subnet-10.0.2.0/24"),
                drawn(hosts(3, 100), Set.of()));
        assertEquals(Set.of("subnet-10.0.0.0/16", "subnet-10.1.0.0/16"), drawn(hosts(300, 2), Set.of()));
    }

    @Test
    void an_opened_subnet_shows_its_hosts_and_a_large_one_its_parts() {
        Set<String> opened = drawn(hosts(3, 100), Set.of("subnet-10.0.1.0/24"));
        assertEquals(102, opened.size());
        assertTrue(opened.contains("host-10.0.1.99"));
        List<Station> one = hosts(1, 250);
        assertEquals(Set.of("subnet-10.0.0.0/24"), drawn(one, Set.of()));
        Set<String> parts = drawn(one, Set.of("subnet-10.0.0.0/24"));
        assertEquals(16, parts.size());
        assertTrue(parts.contains("subnet-10.0.0.240/28"));
    }

    @Test
    void addresses_of_version_6_are_gathered_by_64_bits() {
        List<Station> hosts = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            hosts.add(new Station.Host(IpAddress.v6(0x2001_0db8_0000_0000L | i % 4, i)));
        }
        assertEquals(4, drawn(hosts, Set.of()).size());
        assertTrue(drawn(hosts, Set.of()).contains("subnet-2001:db8::/64"));
    }
}
