package phalanx.proxy.route;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import phalanx.config.HostPort;
import phalanx.proxy.discover.Discovery;
import phalanx.proxy.discover.DiscoverySettings;

/**
 * Servers that do the same, and the choice among them. Any thread. Kept over a reload: servers that stay keep their health, balancers
 * what they learned.
 */
public final class Upstream {
    private static final int RETRIES_ALWAYS = 3;

    private final String name;
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger retries = new AtomicInteger();
    private volatile UpstreamSettings settings;
    private volatile AiSettings ai;
    private volatile @Nullable ClientContext tls;
    private volatile Balancer balancer;
    private volatile List<Server> servers = List.of();
    private final Map<DiscoverySettings, List<Discovery.Found>> found = new LinkedHashMap<>();
    private Map<HostPort, InetSocketAddress> named = Map.of();

    public Upstream(UpstreamSettings settings, AiSettings ai) {
        this.name = settings.name();
        this.settings = settings;
        this.ai = ai;
        this.balancer = settings.balancer(ai);
    }

    public String name() {
        return name;
    }

    public UpstreamSettings settings() {
        return settings;
    }

    /** TLS to its servers, null for none. */
    @Nullable
    ClientContext tls() {
        return tls;
    }

    public void tls(@Nullable ClientContext context) {
        tls = context;
    }

    public Balancer balancer() {
        return balancer;
    }

    /** In the order of the configuration. */
    public List<Server> servers() {
        return servers;
    }

    /** Exchanges under way. */
    public int active() {
        return active.get();
    }

    /** Takes settings over; the balancer is made anew only when another one, or other constants, are asked for. */
    public synchronized void settings(UpstreamSettings changed, AiSettings changedAi) {
        AiSettings before = settings.ai().orElse(ai);
        AiSettings after = changed.ai().orElse(changedAi);
        boolean same = settings.algorithm() == changed.algorithm()
                && (changed.algorithm() != UpstreamSettings.Algorithm.AI_PREDICTIVE || before.equals(after));
        settings = changed;
        ai = changedAi;
        if (!same) {
            balancer = changed.balancer(changedAi);
        }
    }

    /** The server of a name that is known, or null. */
    public @Nullable Server server(HostPort of) {
        for (Server server : servers) {
            if (server.name().equals(of)) {
                return server;
            }
        }
        return null;
    }

    /**
     * Takes the servers of the configuration, with their addresses; what sources found that are no longer asked is forgotten.
     */
    public synchronized void servers(Map<HostPort, InetSocketAddress> addresses) {
        named = Map.copyOf(addresses);
        found.keySet().retainAll(settings.discoveries());
        rebuild();
    }

    /** Takes what a source has found. */
    public synchronized void found(DiscoverySettings source, List<Discovery.Found> now) {
        if (settings.discoveries().contains(source)) {
            found.put(source, List.copyOf(now));
            rebuild();
        }
    }

    private void rebuild() {
        List<Server> now = new ArrayList<>();
        for (UpstreamSettings.ServerSettings server : settings.servers()) {
            InetSocketAddress address = named.get(server.name());
            if (address != null) {
                Server kept = kept(
                        server.name(), address, server.weight(), server.mostActive(), server.backup(), server.down());
                now.add(kept);
            }
        }
        for (List<Discovery.Found> source : found.values()) {
            for (Discovery.Found one : source) {
                if (now.stream().noneMatch(s -> s.name().equals(one.name()))) {
                    now.add(kept(one.name(), one.address(), one.weight(), 0, false, false));
                }
            }
        }
        servers = List.copyOf(now);
    }

    private Server kept(
            HostPort of, InetSocketAddress address, int weight, int mostActive, boolean backup, boolean down) {
        Server known = server(of);
        if (known != null && known.address().equals(address)) {
            known.settings(weight, mostActive, backup);
            if (down != known.downByConfiguration()) {
                known.downByConfiguration(down);
                known.health().markDown(down);
            }
            return known;
        }
        Server made = new Server(of, address, weight, mostActive, backup);
        made.downByConfiguration(down);
        made.health().markDown(down);
        return made;
    }

    /**
     * Chooses a server and takes one of its places; the caller gives it back.
     *
     * @param tried servers that failed this request already
     * @return null when nobody may be asked, or all are full ({@link #full})
     */
    public Balancer.@Nullable Choice choose(Balancer.Asking asking, Set<Server> tried) {
        long now = System.nanoTime();
        List<Server> candidates = candidates(asking.random(), tried, now);
        while (!candidates.isEmpty()) {
            Balancer.Choice choice = candidates.size() == 1
                    ? new Balancer.Choice(candidates.getFirst(), "the only one")
                    : balancer.choose(candidates, asking);
            if (choice.server().acquire()) {
                choice.server().health().chosen(now);
                return choice;
            }
            candidates = new ArrayList<>(candidates);
            candidates.remove(choice.server()); // filled up by another thread since
        }
        return null;
    }

    /** Whether somebody would be asked if only a place were free. */
    boolean full(Set<Server> tried) {
        long now = System.nanoTime();
        for (Server server : servers) {
            if (!tried.contains(server) && server.health().available(now)) {
                return true;
            }
        }
        return false;
    }

    private List<Server> candidates(SplittableRandom random, Set<Server> tried, long now) {
        List<Server> all = servers;
        if (tried.isEmpty() && everybodyWell(all, now)) {
            return all;
        }
        int primaries = 0;
        int well = 0;
        for (Server server : all) {
            if (!server.backup()) {
                primaries++;
                well += server.health().available(now) ? 1 : 0;
            }
        }
        boolean backups = well == 0
                && all.stream()
                        .anyMatch(s ->
                                s.backup() && !tried.contains(s) && s.health().available(now));
        boolean panic = !backups && well * 100 < settings.panic() * primaries;
        List<Server> chosen = new ArrayList<>(all.size());
        for (Server server : all) {
            if (!server.backup()
                    && !tried.contains(server)
                    && free(server)
                    && (panic ? !server.health().takenOut() : server.health().available(now))) {
                chosen.add(server);
            }
        }
        if (chosen.isEmpty()) {
            for (Server server : all) {
                if (server.backup()
                        && !tried.contains(server)
                        && free(server)
                        && server.health().available(now)) {
                    chosen.add(server);
                }
            }
        }
        return slowStart(chosen, random, now);
    }

    private boolean everybodyWell(List<Server> all, long now) {
        long slowNanos = settings.slowStart().toNanos();
        for (Server server : all) {
            if (server.backup()
                    || !free(server)
                    || !server.health().available(now)
                    || slowNanos > 0 && now - server.health().upSince() < slowNanos) {
                return false;
            }
        }
        return true;
    }

    /** Leaves out servers that just came back, the more often the shorter ago. */
    private List<Server> slowStart(List<Server> chosen, SplittableRandom random, long now) {
        long slowNanos = settings.slowStart().toNanos();
        if (slowNanos == 0 || chosen.size() < 2) {
            return chosen;
        }
        List<Server> ready = new ArrayList<>(chosen.size());
        for (Server server : chosen) {
            long up = now - server.health().upSince();
            if (up >= slowNanos || random.nextDouble() < Math.max(0.05, (double) up / slowNanos)) {
                ready.add(server);
            }
        }
        return ready.isEmpty() ? chosen : ready;
    }

    /** Whether any server has a free place. */
    boolean free() {
        for (Server server : servers) {
            if (free(server)) {
                return true;
            }
        }
        return false;
    }

    private static boolean free(Server server) {
        return server.mostActive() == 0 || server.active() < server.mostActive();
    }

    /**
     * An attempt on a server is over; its place is free.
     *
     * @param broke whether it failed so that it may be ejected
     * @param failed whether it counts as failed: an answer of 5xx does too
     */
    public void ended(Server server, boolean broke, boolean failed) {
        server.release();
        outcome(server, broke, failed);
    }

    /** How an attempt on a server went, which may keep its place. */
    public void outcome(Server server, boolean broke, boolean failed) {
        server.count(failed);
        server.health()
                .ended(broke, settings.mostFailures(), settings.ejection().toNanos(), System.nanoTime());
    }

    /** An attempt is over that says nothing of the server; its place is free. */
    public void endedUnknown(Server server) {
        server.release();
        server.count(false);
        server.health().endedUnknown();
    }

    /** Something begins that it is responsible for. */
    public void begin() {
        active.incrementAndGet();
    }

    /** It is over. */
    public void end() {
        active.decrementAndGet();
    }

    /** Asks for a retry within the budget; whoever got one gives it back by {@link #retryOver}. */
    boolean retry() {
        int most = Math.max(RETRIES_ALWAYS, active.get() * settings.retryShare() / 100);
        if (retries.incrementAndGet() > most) {
            retries.decrementAndGet();
            return false;
        }
        return true;
    }

    void retryOver() {
        retries.decrementAndGet();
    }
}
