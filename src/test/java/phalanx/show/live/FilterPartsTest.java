package phalanx.show.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import phalanx.capture.live.CaptureFilter;

/** Capture filters from what is known of traffic; libpcap says whether they are some. */
class FilterPartsTest {
    @Test
    void pieces_are_joined_and_libpcap_understands_them() {
        List<FilterParts> all = List.of(
                FilterParts.ANY,
                new FilterParts("tcp", "", "", "https", ""),
                new FilterParts("tcp", "10.0.0.1", "192.0.2.0/24", "8000-8100", "12"),
                new FilterParts("icmp", "2001:db8::1", "", "", ""),
                new FilterParts("", "", "", "kafka", ""));
        assertEquals(
                List.of(
                        "",
                        "tcp and port 443",
                        "vlan 12 and tcp and host 10.0.0.1 and net 192.0.2.0/24 and portrange 8000-8100",
                        "(icmp or icmp6) and host 2001:db8::1",
                        "port 9092"),
                all.stream().map(FilterParts::filter).toList());
        all.forEach(parts -> assertNull(CaptureFilter.check(parts.filter()), parts::filter));
    }

    @Test
    void every_service_has_a_port_and_nonsense_is_refused() {
        FilterParts.services()
                .forEach(name -> assertNull(CaptureFilter.check(new FilterParts("", "", "", name, "").filter()), name));
        assertNotNull(CaptureFilter.check(new FilterParts("", "10.0.0.1 (", "", "", "").filter()));
    }
}
