package phalanx.show.proxy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import phalanx.proxy.ProxyServer;
import phalanx.proxy.admin.CaptureControl;
import phalanx.proxy.breakpoint.Breakpoint;
import phalanx.proxy.breakpoint.Breakpoints;
import phalanx.proxy.guard.client.Reputation;
import phalanx.proxy.record.RequestRecord;
import phalanx.proxy.route.AiPredictive;
import phalanx.proxy.route.Health;
import phalanx.proxy.route.Server;
import phalanx.proxy.route.Upstream;

/**
 * A proxy at one moment. Any thread; nothing changes.
 *
 * @param servers of all upstreams
 * @param bans the longest first
 * @param requests those under way, then those that are over, the newest first; only those that match the filter
 * @param searched requests that were looked through
 * @param total requests since the start
 * @param breakpoints that are set
 * @param stopped what waits at one
 * @param capturing the folder captured to
 */
public record ConsoleSnapshot(
        List<ServerRow> servers,
        List<Reputation.Ban> bans,
        List<RequestRecord> requests,
        long searched,
        long total,
        List<Breakpoint> breakpoints,
        List<Breakpoints.Stopped> stopped,
        boolean recording,
        Optional<Path> capturing) {
    /** Nothing runs. */
    public static final ConsoleSnapshot NOTHING =
            new ConsoleSnapshot(List.of(), List.of(), List.of(), 0, 0, List.of(), List.of(), false, Optional.empty());

    private static final int MOST_ACTIVE = 200;
    private static final int SHOWN = 1000;
    private static final int MOST_BANS = 1000;
    private static final int SEARCHED = 10_000;

    /**
     * A server of an upstream.
     *
     * @param reward what a bandit believes of it, 0 to 1; negative where nothing is believed
     */
    public record ServerRow(
            String upstream,
            Server server,
            Health.State state,
            String probe,
            int weight,
            int active,
            long requests,
            long failures,
            double latencyMillis,
            double reward) {}

    /** Takes it. Not from the screen thread: waits for the event loops. */
    static ConsoleSnapshot of(ProxyServer proxy, String filter) {
        List<ServerRow> servers = new ArrayList<>();
        for (Upstream upstream : proxy.upstreams()) {
            for (Server server : upstream.servers()) {
                servers.add(row(upstream, server));
            }
        }
        List<String> words = List.of(filter.toLowerCase(Locale.ROOT).strip().split("\\s+", -1));
        boolean all = filter.isBlank();
        List<RequestRecord> requests = new ArrayList<>(proxy.active().now(MOST_ACTIVE));
        requests.addAll(proxy.log().newest(all ? SHOWN : SEARCHED));
        int searched = requests.size();
        if (!all) {
            requests.removeIf(record -> !words.stream().allMatch(text(record)::contains));
        }
        return new ConsoleSnapshot(
                servers,
                proxy.guard().reputation().longest(MOST_BANS),
                requests.size() > SHOWN ? List.copyOf(requests.subList(0, SHOWN)) : requests,
                searched,
                proxy.log().count(),
                proxy.breakpoints().all(),
                proxy.breakpoints().stopped(),
                proxy.recording().on(),
                proxy.captures().flatMap(CaptureControl::now));
    }

    private static ServerRow row(Upstream upstream, Server server) {
        return new ServerRow(
                upstream.name(),
                server,
                server.health().state(),
                server.health().probeSays(),
                server.weight(),
                server.active(),
                server.requests(),
                server.failures(),
                server.latency().millis(),
                upstream.balancer() instanceof AiPredictive bandit ? bandit.score(server) : -1);
    }

    /** What the words of a filter are looked for in. */
    private static String text(RequestRecord record) {
        String failure = record.failure() == null ? "" : record.failure().what();
        return String.join(
                        " ",
                        record.method(),
                        record.host() + record.target(),
                        Integer.toString(record.status()),
                        record.upstream(),
                        String.valueOf(record.upstreamPeer()),
                        String.valueOf(record.client()),
                        String.valueOf(record.from()),
                        record.injected(),
                        record.guard(),
                        failure,
                        record.id())
                .toLowerCase(Locale.ROOT);
    }
}
