package phalanx.topology;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a place does, as far as its name or its traffic tell. */
public enum PlaceRole {
    /** Opens conversations. */
    CLIENT,
    /** Answers conversations that others open. */
    SERVER,
    /** Opens some and answers others. */
    CLIENT_AND_SERVER,
    LOAD_BALANCER,
    FIREWALL,
    ROUTER,
    /** Recorded here; its name says nothing more. */
    CAPTURE_POINT,
    /** No conversation was seen being opened, or hosts of several roles. */
    UNKNOWN;

    private record Hint(PlaceRole role, Set<String> words) {}

    /** In this order, as "lb-client-side" is a load balancer. */
    private static final List<Hint> HINTS = List.of(
            new Hint(
                    LOAD_BALANCER,
                    Set.of(
                            "lb",
                            "slb",
                            "alb",
                            "elb",
                            "nlb",
                            "loadbalancer",
                            "balancer",
                            "lastverteiler",
                            "haproxy",
                            "nginx",
                            "envoy")),
            new Hint(FIREWALL, Set.of("fw", "ngfw", "firewall", "pfsense", "opnsense", "iptables", "nftables")),
            new Hint(ROUTER, Set.of("router", "rtr", "gw", "gateway", "edge", "wan", "nat")),
            new Hint(CLIENT, Set.of("client", "clients")),
            new Hint(SERVER, Set.of("server", "srv", "backend")));

    /**
     * What stands at a capture point: as the user says, else as its name claims, as {@code haproxy-2} is a load balancer.
     *
     * @param said by the user, in words; empty when nothing was
     */
    static PlaceRole of(String said, String hopName) {
        PlaceRole told = in(said);
        return told == CAPTURE_POINT ? in(hopName) : told;
    }

    private static PlaceRole in(String text) {
        List<String> words = List.of(text.toLowerCase(Locale.ROOT).split("\\P{L}+", -1));
        return HINTS.stream()
                .filter(hint -> words.stream().anyMatch(hint.words()::contains))
                .map(Hint::role)
                .findFirst()
                .orElse(CAPTURE_POINT);
    }

    /** The role that traffic shows. */
    static PlaceRole ofTraffic(boolean opens, boolean answers) {
        if (opens && answers) {
            return CLIENT_AND_SERVER;
        }
        return opens ? CLIENT : answers ? SERVER : UNKNOWN;
    }
}
