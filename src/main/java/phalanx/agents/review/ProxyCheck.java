package phalanx.agents.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
import phalanx.act.JsonEdit;
import phalanx.agents.cause.Cause;
import phalanx.agents.memory.Precedent;
import phalanx.agents.observe.Inventory;
import phalanx.config.ConfEdit;
import phalanx.config.Node;
import phalanx.run.Outcome;

/** What the proxy's configuration lacks: checks of servers, rests after failures, limits at the edge. Any thread. */
final class ProxyCheck {
    /** Room above what is usual, that a limit leaves. */
    private static final double ROOM = 2;

    private final String file;
    private final ConfEdit edit;
    private final Inventory inventory;
    private final Evidence evidence;

    private ProxyCheck(String file, ConfEdit edit, Inventory inventory, Evidence evidence) {
        this.file = file;
        this.edit = edit;
        this.inventory = inventory;
        this.evidence = evidence;
    }

    /** @param usualRate requests a second at the edge, empty where it is not known */
    static List<Weakness> of(
            String file, String text, Inventory inventory, Evidence evidence, OptionalDouble usualRate) {
        return ConfEdit.of(text)
                .map(edit -> new ProxyCheck(file, edit, inventory, evidence).weaknesses(usualRate))
                .orElse(List.of());
    }

    private List<Weakness> weaknesses(OptionalDouble usualRate) {
        List<Weakness> all = new ArrayList<>();
        new TreeMap<>(inventory.services()).forEach((name, service) -> {
            Predicate<Node> upstream = node -> node.name().text().equals("upstream")
                    && !node.arguments().isEmpty()
                    && node.argument(0).equals(service.upstream());
            edit.block(upstream).ifPresent(block -> {
                if (says(block, "health_check", "off")) {
                    all.add(weakness(
                            "proxy: the servers of " + name + " are checked",
                            "A server of " + name
                                    + " that is dead gets its share of the requests, as health checks are off.",
                            evidence.of(name, Cause.DEAD_BACKEND),
                            upstream,
                            "health_check",
                            // any answer but a server's failure: what stands between may be up when the server is not
                            List.of("http", "uri=/", "status=200-499")));
                }
                if (says(block, "max_fails", "0")) {
                    all.add(weakness(
                            "proxy: the servers of " + name + " rest after failures",
                            "A server of " + name + " is asked on whatever it answers, as \"max_fails\" is 0.",
                            evidence.of(name, Cause.SERVER_ERRORS, Cause.NETWORK_LOSS, Cause.DEAD_BACKEND),
                            upstream,
                            "max_fails",
                            List.of("5")));
                }
            });
        });
        Predicate<Node> edge = node -> node.name().text().equals("server") && says(node, "listen", inventory.edge());
        if (!inventory.edge().isEmpty()) {
            edit.block(edge).ifPresent(block -> edge(block, edge, usualRate, all));
        }
        return all;
    }

    private void edge(Node block, Predicate<Node> edge, OptionalDouble usualRate, List<Weakness> all) {
        List<Precedent> storms = evidence.of("", Cause.RETRY_STORM);
        if (!has(block, "global_rate_limit") && usualRate.isPresent()) {
            long rate = (long) Math.ceil(ROOM * usualRate.getAsDouble());
            all.add(weakness(
                    "proxy: a limit of requests at the edge",
                    "The edge takes any number of requests; " + Math.round(usualRate.getAsDouble())
                            + " a second are usual.",
                    storms,
                    edge,
                    "global_rate_limit",
                    List.of(String.valueOf(Math.max(1, rate)))));
        }
        if (!has(block, "proxy_next_upstream_tries")) {
            all.add(weakness(
                    "proxy: a limit of servers asked for one request",
                    "A request that fails is sent to every server there is.",
                    storms,
                    edge,
                    "proxy_next_upstream_tries",
                    List.of("2")));
        }
    }

    private static Optional<Node> directive(Node block, String name) {
        return block.block().orElse(List.of()).stream()
                .filter(node -> node.name().text().equals(name))
                .findFirst();
    }

    private static boolean has(Node block, String name) {
        return directive(block, name).isPresent();
    }

    private static boolean says(Node block, String name, String argument) {
        return directive(block, name)
                .filter(node -> !node.arguments().isEmpty() && node.argument(0).equals(argument))
                .isPresent();
    }

    private Weakness weakness(
            String title,
            String reason,
            List<Precedent> happened,
            Predicate<Node> block,
            String directive,
            List<String> arguments) {
        return new Weakness(
                title,
                file,
                reason,
                happened,
                text -> ConfEdit.of(text)
                        .flatMap(now -> now.block(block).map(found -> now.set(found, directive, arguments)))
                        .<Outcome<String>>map(Outcome::ok)
                        .orElseGet(() -> JsonEdit.unfit(file + " has no place for " + directive + ".")));
    }
}
