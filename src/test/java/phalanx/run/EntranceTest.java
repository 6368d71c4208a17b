package phalanx.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who goes when more come than there are places. */
class EntranceTest {
    private final Entrance entrance = new Entrance(4, 3);
    private final List<String> gone = new ArrayList<>();

    private Entrance.Visitor comes(String name, String address) {
        return entrance.enter(InetAddress.ofLiteral(address), () -> gone.add(name));
    }

    @Test
    void of_one_address_who_waits_longest_goes() {
        Entrance.Visitor first = comes("a", "192.0.2.1");
        Entrance.Visitor second = comes("b", "192.0.2.1");
        comes("c", "192.0.2.1");
        assertEquals(List.of(), gone);
        comes("d", "192.0.2.1");
        assertEquals(List.of("a"), gone);
        assertFalse(first.leave(), "its place is another one's");
        assertTrue(second.leave());
        assertFalse(second.leave());
        comes("e", "192.0.2.1");
        assertEquals(List.of("a"), gone, "there was a place");
    }

    @Test
    void when_all_places_are_taken_one_of_the_address_with_the_most_goes() {
        comes("a", "192.0.2.1");
        comes("b", "192.0.2.2");
        comes("c", "192.0.2.2");
        comes("d", "192.0.2.3");
        Entrance.Visitor last = comes("e", "192.0.2.4");
        assertEquals(List.of("b"), gone);
        comes("f", "192.0.2.5");
        assertEquals(List.of("b", "a"), gone, "of equal ones, who waits longest");
        assertTrue(last.leave());
    }

    @Test
    void a_network_of_ipv6_is_one_address_as_whoever_has_it_has_them_all() {
        for (int i = 1; i <= 4; i++) {
            comes("v6 " + i, "2001:db8::" + i);
        }
        assertEquals(List.of("v6 1"), gone);
        comes("elsewhere", "2001:db8:0:1::1");
        assertEquals(List.of("v6 1"), gone);
    }
}
