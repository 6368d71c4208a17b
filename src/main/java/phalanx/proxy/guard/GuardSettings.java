package phalanx.proxy.guard;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import phalanx.config.Directive;
import phalanx.config.Node;
import phalanx.config.Section;
import phalanx.proxy.guard.client.Limit;
import phalanx.proxy.guard.client.LimitZone;
import phalanx.proxy.listen.AddressRange;
import phalanx.proxy.listen.TrustSettings;

/**
 * What is kept away from the servers. Any thread.
 *
 * @param limits of all requests of a server
 * @param dropFloods whether connections of clients that are banned, or far above their limit, are closed unread
 * @param banThreshold strikes above which an address is banned
 * @param banDuration for how long
 * @param probeShare of a client's requests, in percent, that may meet 404 or 403; 0 for any
 * @param allowed addresses that are never banned
 * @param trust the proxies before this one, which never are either
 */
public record GuardSettings(
        List<Limit> limits,
        boolean dropFloods,
        int banThreshold,
        Duration banDuration,
        int probeShare,
        List<AddressRange> allowed,
        TrustSettings trust) {
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
    private static final Directive DROP = Directive.of(
            PLACES,
            "rate_limit_drop on|off",
            "off",
            "Close connections of clients that are banned, or far above their limit, before anything of them is read.");
    private static final Directive THRESHOLD = Directive.of(
            PLACES, "waf_auto_ban_threshold NUMBER", "15", "Strikes above which an address is banned for a while.");
    private static final Directive DURATION =
            Directive.of(PLACES, "waf_auto_ban_duration TIME", "3600s", "How long an address stays banned.");
    private static final Directive PROBES = Directive.of(
            PLACES,
            "waf_probe_share NUMBER",
            "80",
            "Share of a client's requests, in percent, that may meet 404 or 403 where requests are inspected; more of them, at"
                    + " different paths, are strikes; 0 for any.");
    private static final Directive ALLOW = Directive.of(
            PLACES,
            "waf_allow ADDRESS[/BITS]...",
            "127.0.0.0/8 ::1",
            "Clients that are never banned; what they send is inspected all the same.");
    private static final List<AddressRange> LOOPBACK = Stream.of("127.0.0.0/8", "::1")
            .flatMap(text -> AddressRange.read(text).stream())
            .toList();

    public static final List<Directive> DIRECTIVES = Stream.of(
                    List.of(PER_ADDRESS, BURST, GLOBAL, DROP, THRESHOLD, DURATION, PROBES, ALLOW),
                    LimitZone.DIRECTIVES,
                    Limit.DIRECTIVES)
            .flatMap(List::stream)
            .toList();

    /**
     * Reads them from a {@code server} block.
     *
     * @param server what people and counts call it by, wherever in the file it stands: its name or address
     * @param trust the proxies before this one
     */
    public static GuardSettings from(Section section, String server, TrustSettings trust) {
        return new GuardSettings(
                limits(section, server),
                section.flag(DROP, false),
                (int) section.number(THRESHOLD, 15, 1, 1_000_000_000),
                section.time(DURATION, Duration.ofHours(1)),
                (int) section.number(PROBES, 80, 0, 100),
                allowed(section),
                trust);
    }

    private static List<Limit> limits(Section section, String server) {
        int perAddress = (int) section.number(PER_ADDRESS, 0, 0, 1_000_000_000);
        int burst = (int) section.number(BURST, Math.max(1, perAddress), 1, 1_000_000_000);
        int global = (int) section.number(GLOBAL, 0, 0, 1_000_000_000);
        List<Limit> limits = new ArrayList<>();
        if (perAddress > 0) {
            String name = PER_ADDRESS.name() + " of " + server;
            limits.add(new Limit(LimitZone.perSecond(name, LimitZone.Key.ADDRESS, perAddress), burst - 1, burst - 1));
        }
        if (global > 0) {
            String name = GLOBAL.name() + " of " + server;
            limits.add(new Limit(LimitZone.perSecond(name, LimitZone.Key.ALL, global), global - 1, global - 1));
        }
        return List.copyOf(limits);
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

    /** Whether a client is never banned: by the list, or as a proxy that is believed about its clients. */
    public boolean allows(InetAddress client) {
        return trust.trusts(client) || allowed.stream().anyMatch(range -> range.contains(client));
    }
}
