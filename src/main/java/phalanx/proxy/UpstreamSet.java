package phalanx.proxy;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phalanx.config.HostPort;
import phalanx.proxy.discover.Discovery;
import phalanx.proxy.discover.DiscoverySettings;
import phalanx.proxy.route.ClientContext;
import phalanx.proxy.route.HealthChecker;
import phalanx.proxy.route.Upstream;
import phalanx.proxy.route.UpstreamSettings;
import phalanx.proxy.transport.Workers;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * The upstreams in force, with their health checks and what finds their servers. Reading from any thread; changes one at a time.
 */
final class UpstreamSet implements AutoCloseable {
    private final Workers workers;
    /** Replaced whole, so that the event loops never wait for a change. */
    private volatile Map<String, Upstream> upstreams = Map.of();

    private final Map<String, HealthChecker> checkers = new HashMap<>();
    private final Map<String, Map<DiscoverySettings, Discovery>> discoveries = new HashMap<>();

    /**
     * An upstream as it will be.
     *
     * @param upstream the one that stays, untouched so far, or a new one
     */
    private record Next(
            Upstream upstream,
            UpstreamSettings settings,
            Map<HostPort, InetSocketAddress> addresses,
            @Nullable ClientContext tls) {
        void fill() {
            upstream.tls(tls);
            upstream.servers(addresses);
        }
    }

    /** A set as it will be, all that may fail behind it. */
    static final class Prepared {
        private final Map<String, Next> next = new LinkedHashMap<>();
        private final ProxyConfig config;

        private Prepared(ProxyConfig config) {
            this.config = config;
        }

        /** The upstream of a name that the configuration has. */
        Upstream get(String name) {
            return Objects.requireNonNull(next.get(name)).upstream();
        }
    }

    UpstreamSet(Workers workers) {
        this.workers = workers;
    }

    Collection<Upstream> all() {
        return upstreams.values();
    }

    /** Finds the addresses and files that a configuration's upstreams need. Nothing changes yet. */
    Outcome<Prepared> prepare(ProxyConfig config) {
        Prepared prepared = new Prepared(config);
        for (UpstreamSettings settings : config.upstreams()) {
            Map<HostPort, InetSocketAddress> addresses = new HashMap<>();
            for (UpstreamSettings.ServerSettings server : settings.servers()) {
                switch (Addresses.of(server.name(), settings.at() + ": ")) {
                    case Outcome.Ok<InetSocketAddress>(InetSocketAddress address) ->
                        addresses.put(server.name(), address);
                    case Outcome.Failed<InetSocketAddress>(Problem problem) -> {
                        return Outcome.failed(problem);
                    }
                }
            }
            ClientContext tls = null;
            if (settings.tls().on()) {
                switch (ClientContext.of(settings, config.folder())) {
                    case Outcome.Ok<ClientContext>(ClientContext context) -> tls = context;
                    case Outcome.Failed<ClientContext>(Problem problem) -> {
                        return Outcome.failed(problem);
                    }
                }
            }
            Upstream kept = upstreams.get(settings.name());
            Upstream upstream = kept != null ? kept : new Upstream(settings, config.ai(settings.name()));
            Next next = new Next(upstream, settings, addresses, tls);
            if (kept == null) { // before anybody can ask it
                next.fill();
            }
            prepared.next.put(settings.name(), next);
        }
        return Outcome.ok(prepared);
    }

    /** Takes what was prepared into force. */
    void take(Prepared prepared) {
        Map<String, Upstream> now = new HashMap<>();
        prepared.next.forEach((name, next) -> {
            Upstream upstream = next.upstream();
            upstream.settings(next.settings(), prepared.config.ai(name));
            next.fill();
            discover(upstream, next.settings());
            checkers.computeIfAbsent(
                    name,
                    _ -> HealthChecker.start(
                            upstream,
                            workers.all().get(checkers.size() % workers.all().size()),
                            workers.transport()));
            now.put(name, upstream);
        });
        upstreams = Map.copyOf(now);
        discoveries.entrySet().removeIf(entry -> {
            boolean gone = !now.containsKey(entry.getKey());
            if (gone) {
                entry.getValue().values().forEach(Discovery::close);
            }
            return gone;
        });
        checkers.entrySet().removeIf(entry -> {
            boolean gone = !now.containsKey(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
    }

    /** Asks the sources of servers that are asked for, and no longer those that are not. */
    private void discover(Upstream upstream, UpstreamSettings settings) {
        Map<DiscoverySettings, Discovery> running = discoveries.computeIfAbsent(upstream.name(), _ -> new HashMap<>());
        running.entrySet().removeIf(entry -> {
            boolean gone = !settings.discoveries().contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        for (DiscoverySettings source : settings.discoveries()) {
            running.computeIfAbsent(
                    source, _ -> Discovery.start(source, workers, found -> upstream.found(source, found)));
        }
    }

    @Override
    public void close() {
        checkers.values().forEach(HealthChecker::close);
        discoveries.values().forEach(sources -> sources.values().forEach(Discovery::close));
    }
}
