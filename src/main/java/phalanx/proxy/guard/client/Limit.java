package phalanx.proxy.guard.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import phalanx.config.Directive;
import phalanx.config.Node;
import phalanx.config.Section;
import phalanx.config.Values;
import phalanx.config.Word;
import phalanx.run.NearestName;

/**
 * A zone that holds at a place: nginx's {@code limit_req}. Any thread.
 *
 * @param ahead requests of a key that may come before their time
 * @param free those of them that are not held back until then
 */
public record Limit(LimitZone zone, int ahead, int free) {
    private static final Directive LIMIT = Directive.of(
            "http server route",
            "limit_req zone=NAME [burst=NUMBER] [nodelay|delay=NUMBER]",
            "",
            "Requests beyond a zone's rate are held back until their time; beyond its burst they get 429 and Retry-After. With nodelay none is held back, with delay none of the first ones.");
    public static final List<Directive> DIRECTIVES = List.of(LIMIT);

    /** Those of a {@code route} block. @param zones by their names */
    public static List<Limit> from(Section route, Map<String, LimitZone> zones) {
        List<Limit> limits = new ArrayList<>();
        route.nearest(LIMIT).forEach(node -> from(route, node, zones).ifPresent(limits::add));
        return List.copyOf(limits);
    }

    private static Optional<Limit> from(Section route, Node node, Map<String, LimitZone> zones) {
        Optional<LimitZone> zone = Optional.empty();
        int burst = 0;
        int free = 0;
        for (Word word : node.arguments()) {
            String text = word.text();
            Optional<Long> number = text.startsWith("burst=") || text.startsWith("delay=")
                    ? Values.number(text.substring(6), 0, 1_000_000_000)
                    : Optional.empty();
            if (text.startsWith("zone=")) {
                String name = text.substring(5);
                zone = Optional.ofNullable(zones.get(name));
                if (zone.isEmpty()) {
                    route.refuse(
                            word.at(),
                            "There is no zone " + name + ".",
                            NearestName.to(name, new TreeSet<>(zones.keySet()))
                                    .map(near -> "Did you mean " + near + "?")
                                    .orElse("Write in http: limit_req_zone $binary_remote_addr zone=" + name
                                            + ":10m rate=10r/s;"));
                    return Optional.empty();
                }
            } else if (text.startsWith("burst=") && number.isPresent()) {
                burst = number.get().intValue();
            } else if (number.isPresent()) {
                free = number.get().intValue();
            } else if (text.equals("nodelay")) {
                free = Integer.MAX_VALUE;
            } else {
                route.refuse(word.at(), "limit_req cannot use \"" + text + "\".", "Write: " + LIMIT.form());
                return Optional.empty();
            }
        }
        if (zone.isEmpty()) {
            route.refuse(node.at(), "limit_req names no zone.", "Write: " + LIMIT.form());
            return Optional.empty();
        }
        return Optional.of(new Limit(zone.get(), burst, free));
    }
}
