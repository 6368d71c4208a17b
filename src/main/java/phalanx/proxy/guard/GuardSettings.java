package phalanx.proxy.guard;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import phalanx.config.Directive;
import phalanx.config.Node;
import phalanx.config.Section;
import phalanx.proxy.listen.AddressRange;

/**
 * What is kept away from the servers. Any thread.
 *
 * @param perAddress requests a second of one client address, 0 for no limit
 * @param burst requests that one address may send at once
 * @param global requests a second of all clients, 0 for no limit
 * @param banThreshold strikes above which an address is banned
 * @param banDuration for how long
 * @param allowed addresses that are never banned
 */
public record GuardSettings(
        int perAddress, int burst, int global, int banThreshold, Duration banDuration, List<AddressRange> allowed) {
    private static final String PLACES = "http server";
    private static final Directive PER_ADDRESS = Directive.of(
            PLACES, "rate_limit_per_ip NUMBER", "0", "Requests a second of one client address; 0 for no limit.");
    private static final Directive BURST = Directive.of(
            PLACES,
            "rate_limit_burst NUMBER",
            "",
            "Requests that one address may send at once; the rate itself where not given.");
    private static final Directive GLOBAL =
            Directive.of(PLACES, "global_rate_limit NUMBER", "0", "Requests a second of all clients; 0 for no limit.");
    private static final Directive THRESHOLD = Directive.of(
            PLACES, "waf_auto_ban_threshold NUMBER", "15", "Strikes above which an address is banned for a while.");
    private static final Directive DURATION =
            Directive.of(PLACES, "waf_auto_ban_duration TIME", "3600s", "How long an address stays banned.");

    private static final Directive ALLOW = Directive.of(
            PLACES,
            "waf_allow ADDRESS[/BITS]...",
            "127.0.0.0/8 ::1",
            "Clients that are never banned; what they send is inspected all the same.");
    private static final List<AddressRange> LOOPBACK = Stream.of("127.0.0.0/8", "::1")
            .flatMap(text -> AddressRange.read(text).stream())
            .toList();

    public static final List<Directive> DIRECTIVES = List.of(PER_ADDRESS, BURST, GLOBAL, THRESHOLD, DURATION, ALLOW);

    /** Reads them from a {@code server} block. */
    public static GuardSettings from(Section section) {
        int perAddress = (int) section.number(PER_ADDRESS, 0, 0, 1_000_000_000);
        return new GuardSettings(
                perAddress,
                (int) section.number(BURST, Math.max(1, perAddress), 1, 1_000_000_000),
                (int) section.number(GLOBAL, 0, 0, 1_000_000_000),
                (int) section.number(THRESHOLD, 15, 1, 1_000_000_000),
                section.time(DURATION, Duration.ofHours(1)),
                allowed(section));
    }

    private static List<AddressRange> allowed(Section section) {
        List<Node> nodes = section.nearest(ALLOW);
        return nodes.isEmpty()
                ? LOOPBACK
                : nodes.stream()
                        .flatMap(node -> node.arguments().stream())
                        .flatMap(word ->
                                section
                                        .read(ALLOW, word, "an address, with its bits or without", AddressRange::read)
                                        .stream())
                        .toList();
    }

    /** Whether a client is never banned. */
    boolean allows(InetAddress client) {
        return allowed.stream().anyMatch(range -> range.contains(client));
    }
}
