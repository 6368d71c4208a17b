package phalanx.show.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a capture filter is built from: pieces of a 5-tuple in any direction, and a VLAN. Immutable, any thread.
 *
 * @param protocol {@code tcp}, {@code udp}, {@code icmp}, empty for any
 * @param host address or network ({@code 10.0.0.0/8}), empty for any
 * @param peer the other side, empty for any
 * @param port number, range ({@code 8000-8100}) or name of a service ({@code https}), empty for any
 * @param vlan id, empty for any and none
 */
record FilterParts(String protocol, String host, String peer, String port, String vlan) {
    static final FilterParts ANY = new FilterParts("", "", "", "", "");

    static final List<String> PROTOCOLS = List.of("", "tcp", "udp", "icmp");

    /** Ports by the names of services (IANA), for those that libpcap does not know by name everywhere. */
    private static final Map<String, Integer> SERVICES = Map.ofEntries(
            Map.entry("ssh", 22),
            Map.entry("smtp", 25),
            Map.entry("dns", 53),
            Map.entry("http", 80),
            Map.entry("ntp", 123),
            Map.entry("ldap", 389),
            Map.entry("https", 443),
            Map.entry("smb", 445),
            Map.entry("mqtt", 1883),
            Map.entry("mysql", 3306),
            Map.entry("rdp", 3389),
            Map.entry("sip", 5060),
            Map.entry("postgresql", 5432),
            Map.entry("amqp", 5672),
            Map.entry("redis", 6379),
            Map.entry("http-alt", 8080),
            Map.entry("kafka", 9092),
            Map.entry("vxlan", 4789));

    private static final Pattern NUMBERS = Pattern.compile("\\d{1,5}(-\\d{1,5})?");
    private static final Pattern NETWORK = Pattern.compile(".+/\\d{1,3}");

    /** Names that can stand for a port. */
    static List<String> services() {
        return SERVICES.keySet().stream().sorted().toList();
    }

    /** The filter in libpcap's language (pcap-filter(7)), empty for everything; whether it is one libpcap must say. */
    String filter() {
        List<String> parts = new ArrayList<>();
        if (!vlan.isBlank()) {
            parts.add("vlan " + vlan.strip()); // first, for what follows it is looked for behind the tag
        }
        if (!protocol.isBlank()) {
            parts.add(protocol.equals("icmp") ? "(icmp or icmp6)" : protocol);
        }
        Stream.of(host, peer)
                .filter(side -> !side.isBlank())
                .map(FilterParts::side)
                .forEach(parts::add);
        if (!port.isBlank()) {
            parts.add(port(port.strip()));
        }
        return String.join(" and ", parts);
    }

    private static String side(String address) {
        String one = address.strip();
        return (NETWORK.matcher(one).matches() ? "net " : "host ") + one;
    }

    private static String port(String said) {
        Integer known = SERVICES.get(said);
        String number = known == null ? said : String.valueOf(known);
        return (NUMBERS.matcher(number).matches() && number.contains("-") ? "portrange " : "port ") + number;
    }
}
