package phalanx.act;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import phalanx.config.Values;
import phalanx.proxy.admin.AdminControl;
import phalanx.proxy.route.Health;
import phalanx.proxy.route.Server;
import phalanx.proxy.route.Upstream;

/** Remedies by the control of the proxy in this program: shares of servers, draining, marking down, bans. They last until the proxy ends. */
public final class ProxyRemedies implements Remedies {
    private static final String UP = "up";
    private static final String WEIGHT = "weight ";
    /** Actions remembered, so that none is carried out twice. */
    private static final int REMEMBERED = 1_000;

    private final AdminControl proxy;
    private final ClientBan bans;
    private final Map<String, Carried> done = new LinkedHashMap<>();

    public ProxyRemedies(AdminControl proxy) {
        this.proxy = proxy;
        this.bans = new ClientBan(proxy);
    }

    /** A server in its upstream. */
    private record Place(Upstream upstream, Server server) {
        /** Share of the servers that get nothing from people's or agents' will. @param more of those that do now */
        double outOfUse(int more) {
            long out = upstream.servers().stream().filter(Place::takenOut).count();
            return (double) (out + more) / Math.max(1, upstream.servers().size());
        }

        private static boolean takenOut(Server server) {
            Health.State state = server.health().state();
            return state == Health.State.MARKED_DOWN || state == Health.State.DRAINING;
        }
    }

    private Optional<Place> place(String upstream, String server) {
        return proxy.upstreams().stream()
                .filter(one -> one.name().equals(upstream))
                .flatMap(one -> one.servers().stream()
                        .filter(known -> known.toString().equals(server))
                        .map(known -> new Place(one, known)))
                .findFirst();
    }

    private Optional<Place> place(Remedy remedy) {
        return switch (remedy) {
            case Remedy.Weight(String upstream, String server, int _) -> place(upstream, server);
            case Remedy.Drain(String upstream, String server) -> place(upstream, server);
            case Remedy.MarkDown(String upstream, String server) -> place(upstream, server);
            default -> Optional.empty();
        };
    }

    private static String unknown(Remedy remedy) {
        return "The proxy has no server " + remedy.target() + ".";
    }

    @Override
    public DryRun dryRun(Remedy remedy) {
        if (remedy instanceof Remedy.Ban ban) {
            return bans.dryRun(ban);
        }
        return place(remedy).map(place -> tried(remedy, place)).orElseGet(() -> DryRun.refused(unknown(remedy)));
    }

    private static DryRun tried(Remedy remedy, Place place) {
        Server server = place.server();
        if (remedy instanceof Remedy.Weight(String _, String _, int weight)) {
            return server.weight() == weight
                    ? DryRun.refused(server + " has weight " + weight + " already.")
                    : new DryRun(
                            true,
                            server + " gets weight " + weight + " in place of " + server.weight() + ".",
                            "",
                            "Weight " + server.weight() + " again.",
                            place.outOfUse(weight == 0 ? 1 : 0));
        }
        if (Place.takenOut(server)) {
            return DryRun.refused(server + " gets no requests already.");
        }
        double out = place.outOfUse(1);
        return out >= 1
                ? DryRun.refused(server + " is the last server of its upstream that gets requests.")
                : new DryRun(true, server + " gets no requests any more.", "", "It is taken in again.", out);
    }

    @Override
    public synchronized Carried carryOut(Remedy remedy, String proposal) {
        Carried before = done.get(proposal);
        if (before != null) {
            return before;
        }
        DryRun tried = dryRun(remedy);
        Carried carried = tried.passed() ? apply(remedy, tried) : Carried.failed(tried.says());
        done.put(proposal, carried);
        if (done.size() > REMEMBERED) {
            done.remove(done.keySet().iterator().next());
        }
        return carried;
    }

    private Carried apply(Remedy remedy, DryRun tried) {
        if (remedy instanceof Remedy.Ban ban) {
            return bans.apply(ban, tried);
        }
        Server server = place(remedy).orElseThrow().server();
        return switch (remedy) {
            case Remedy.Weight(String _, String _, int weight) -> {
                String back = WEIGHT + server.weight();
                server.weight(weight);
                yield Carried.done(tried.says(), back);
            }
            case Remedy.Drain _ -> {
                server.health().drain(true);
                yield Carried.done(tried.says(), UP);
            }
            default -> {
                server.health().markDown(true);
                yield Carried.done(tried.says(), UP);
            }
        };
    }

    @Override
    public synchronized Carried stateOf(Remedy remedy, String proposal) {
        Carried known = done.get(proposal);
        return known != null
                ? known
                : Carried.failed(
                        "The proxy was started anew since, as its configuration says; nothing of the action is left.");
    }

    @Override
    public synchronized Carried takeBack(Remedy remedy, String proposal, String wayBack) {
        if (remedy instanceof Remedy.Ban ban) {
            return bans.takeBack(ban, wayBack);
        }
        Optional<Place> place = place(remedy);
        if (place.isEmpty()) {
            return Carried.failed(unknown(remedy));
        }
        Server server = place.get().server();
        return remedy instanceof Remedy.Weight(String _, String _, int weight)
                ? weightBack(server, weight, wayBack)
                : takenIn(server, remedy);
    }

    /** What somebody set since is his, and stays. */
    private static Carried weightBack(Server server, int set, String wayBack) {
        Optional<Long> before =
                Values.number(wayBack.startsWith(WEIGHT) ? wayBack.substring(WEIGHT.length()) : "", 0, 1_000_000);
        if (before.isEmpty()) {
            return Carried.failed("The weight before is not known.");
        }
        if (server.weight() != set) {
            return Carried.done(server + " keeps weight " + server.weight() + ", which was set meanwhile.", "");
        }
        server.weight(before.get().intValue());
        return Carried.done(server + " has weight " + before.get() + " again.", "");
    }

    private static Carried takenIn(Server server, Remedy remedy) {
        if (remedy instanceof Remedy.Drain) {
            server.health().drain(false);
        } else {
            server.health().markDown(false);
        }
        return Carried.done(
                Place.takenOut(server)
                        ? "Somebody else took " + server + " out of use meanwhile; it stays so."
                        : server + " gets requests again.",
                "");
    }
}
