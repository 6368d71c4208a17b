package phalanx.proxy.route;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phalanx.config.Directive;
import phalanx.config.HostPort;
import phalanx.config.Node;
import phalanx.config.Position;
import phalanx.config.Section;
import phalanx.config.Values;
import phalanx.config.Word;
import phalanx.proxy.discover.DiscoverySettings;

/**
 * An {@code upstream} block. Any thread.
 *
 * @param servers as named; a name that stands for several addresses becomes several servers
 * @param keepAlive idle connections kept for each server and event loop (standard 256)
 * @param keepAliveTimeout how long one is kept; shorter than what servers keep theirs (nginx 75 s, Node 5 s: standard 4 s)
 * @param mostFailures requests that fail one after another before a server is ejected, 0 for never (standard 3)
 * @param ejection for how long, times the number of ejections without a success between (standard 10 s)
 * @param panic share of servers in percent: when fewer are well, the sick get requests too (standard 50, as Envoy)
 * @param slowStart how long a server that came back gets less than its share (standard none)
 * @param queue requests that may wait for a free place when all servers are full, for each event loop (standard 100)
 * @param queueTimeout how long one waits (standard 5 s)
 * @param retryShare retries allowed as a percentage of requests under way (standard 20, never fewer than 3)
 */
public record UpstreamSettings(
        String name,
        Position at,
        Algorithm algorithm,
        List<ServerSettings> servers,
        List<DiscoverySettings> discoveries,
        HealthCheckSettings healthCheck,
        Protocol protocol,
        UpstreamTls tls,
        int keepAlive,
        Duration keepAliveTimeout,
        int mostFailures,
        Duration ejection,
        int panic,
        Duration slowStart,
        int queue,
        Duration queueTimeout,
        int retryShare,
        Optional<AiSettings> ai) {

    /** The balancers. */
    public enum Algorithm {
        ROUND_ROBIN,
        WEIGHTED_ROUND_ROBIN,
        LEAST_CONNECTIONS,
        IP_HASH,
        RANDOM,
        AI_PREDICTIVE
    }

    /** What the servers are spoken to in. */
    public enum Protocol {
        HTTP_1,
        HTTP_2
    }

    /** A {@code server} line. */
    public record ServerSettings(HostPort name, int weight, int mostActive, boolean backup, boolean down) {}

    public static final Directive UPSTREAM =
            Directive.of("main http", "upstream NAME { ... }", "", "Servers that do the same, and how one is chosen.");
    private static final Directive ALGORITHM = Directive.of(
            "upstream",
            "algorithm NAME",
            "roundrobin",
            "roundrobin, weightedroundrobin, leastconnections, iphash, random or aipredictive.");
    private static final Directive SERVER = Directive.of(
            "upstream",
            "server HOST:PORT [weight=N] [max_conns=N] [backup] [down]",
            "weight=1",
            "A server; port 80 where none is given.");
    private static final Directive PROTOCOL = Directive.of(
            "upstream",
            "protocol NAME",
            "http1",
            "http1, or http2 (also for gRPC): over TLS, or in plain text with prior knowledge.");
    private static final Directive KEEP_ALIVE = Directive.of(
            "upstream", "keepalive CONNECTIONS", "256", "Idle connections kept for each server and worker thread.");
    private static final Directive KEEP_ALIVE_TIMEOUT = Directive.of(
            "upstream",
            "keepalive_timeout TIME",
            "4s",
            "How long an idle connection is kept: less than the server keeps it.");
    private static final Directive MOST_FAILURES = Directive.of(
            "upstream",
            "max_fails NUMBER",
            "3",
            "Requests that fail one after another before a server gets none for a while; 0 for never.");
    private static final Directive FAIL_TIMEOUT = Directive.of(
            "upstream", "fail_timeout TIME", "10s", "How long it then gets none; longer each time it fails again.");
    private static final Directive PANIC = Directive.of(
            "upstream",
            "panic_threshold PERCENT",
            "50",
            "When a smaller share of the servers is well, all get requests; 0 for never.");
    private static final Directive SLOW_START = Directive.of(
            "upstream", "slow_start TIME", "0s", "How long a server that came back gets less than its share.");
    private static final Directive QUEUE = Directive.of(
            "upstream",
            "queue REQUESTS [timeout=TIME]",
            "100 timeout=5s",
            "Requests that may wait while all servers have max_conns exchanges, for each worker thread.");
    private static final Directive RETRY_BUDGET = Directive.of(
            "upstream", "retry_budget PERCENT", "20", "Retries against requests under way; three are always allowed.");

    private static final List<Directive> OWN = List.of(
            UPSTREAM,
            ALGORITHM,
            SERVER,
            PROTOCOL,
            KEEP_ALIVE,
            KEEP_ALIVE_TIMEOUT,
            MOST_FAILURES,
            FAIL_TIMEOUT,
            PANIC,
            SLOW_START,
            QUEUE,
            RETRY_BUDGET);

    private static final Map<String, Algorithm> ALGORITHMS = Map.of(
            "roundrobin", Algorithm.ROUND_ROBIN,
            "weightedroundrobin", Algorithm.WEIGHTED_ROUND_ROBIN,
            "leastconnections", Algorithm.LEAST_CONNECTIONS,
            "iphash", Algorithm.IP_HASH,
            "random", Algorithm.RANDOM,
            "aipredictive", Algorithm.AI_PREDICTIVE);

    /** All that an upstream block may hold. */
    public static List<Directive> directives() {
        List<Directive> all = new ArrayList<>(OWN);
        all.addAll(AiSettings.DIRECTIVES);
        all.addAll(HealthCheckSettings.DIRECTIVES);
        all.addAll(UpstreamTls.DIRECTIVES);
        all.addAll(DiscoverySettings.DIRECTIVES);
        return all;
    }

    /** Reads a block. */
    public static UpstreamSettings from(Node node, Section outer, Path folder) {
        Section section = outer.inner(node);
        List<ServerSettings> servers = new ArrayList<>();
        for (Node server : section.all(SERVER)) {
            server(section, server).ifPresent(servers::add);
        }
        List<DiscoverySettings> discoveries = DiscoverySettings.from(section, folder);
        if (servers.isEmpty() && discoveries.isEmpty() && section.all(SERVER).isEmpty()) {
            section.refuse(
                    node.at(), "The upstream " + node.argument(0) + " has no server.", "Add: server 127.0.0.1:9001;");
        }
        int queue = 100;
        Duration queueTimeout = Duration.ofSeconds(5);
        Optional<Node> queueNode = section.own(QUEUE);
        if (queueNode.isPresent()) {
            queue = (int) section.number(QUEUE, 100, 0, 100_000);
            for (Word word : queueNode
                    .get()
                    .arguments()
                    .subList(1, queueNode.get().arguments().size())) {
                Optional<Duration> time = word.text().startsWith("timeout=")
                        ? Values.time(word.text().substring(8))
                        : Optional.empty();
                if (time.isEmpty()) {
                    section.refuse(word.at(), "queue does not know \"" + word.text() + "\".", "Write: " + QUEUE.form());
                }
                queueTimeout = time.orElse(queueTimeout);
            }
        }
        UpstreamSettings settings = new UpstreamSettings(
                node.argument(0),
                node.at(),
                section.choice(ALGORITHM, ALGORITHMS).orElse(Algorithm.ROUND_ROBIN),
                List.copyOf(servers),
                discoveries,
                HealthCheckSettings.from(section),
                section.choice(PROTOCOL, Map.of("http1", Protocol.HTTP_1, "http2", Protocol.HTTP_2))
                        .orElse(Protocol.HTTP_1),
                UpstreamTls.from(section),
                (int) section.number(KEEP_ALIVE, 256, 0, 100_000),
                section.time(KEEP_ALIVE_TIMEOUT, Duration.ofSeconds(4)),
                (int) section.number(MOST_FAILURES, 3, 0, 1_000_000),
                section.time(FAIL_TIMEOUT, Duration.ofSeconds(10)),
                (int) section.number(PANIC, 50, 0, 100),
                section.time(SLOW_START, Duration.ZERO),
                queue,
                queueTimeout,
                (int) section.number(RETRY_BUDGET, 20, 0, 100),
                AiSettings.givenIn(section) ? Optional.of(AiSettings.from(section)) : Optional.empty());
        section.finish();
        return settings;
    }

    private static Optional<ServerSettings> server(Section section, Node node) {
        Optional<HostPort> name = section.read(
                SERVER, node.arguments().getFirst(), "HOST:PORT", text -> HostPort.read(text, HostPort.LOOPBACK, 80));
        int weight = 1;
        int most = 0;
        boolean backup = false;
        boolean down = false;
        for (Word word : node.arguments().subList(1, node.arguments().size())) {
            String text = word.text();
            if (text.equals("backup")) {
                backup = true;
            } else if (text.equals("down")) {
                down = true;
            } else if (text.startsWith("weight=")) {
                weight = amount(section, word, 7, 1);
            } else if (text.startsWith("max_conns=")) {
                most = amount(section, word, 10, 0);
            } else {
                section.refuse(word.at(), "server does not know \"" + text + "\".", "Write: " + SERVER.form());
            }
        }
        int w = weight;
        int m = most;
        boolean b = backup;
        boolean d = down;
        return name.map(n -> new ServerSettings(n, w, m, b, d));
    }

    private static int amount(Section section, Word word, int from, long least) {
        Optional<Long> value = Values.number(word.text().substring(from), least, 1_000_000);
        if (value.isEmpty()) {
            section.refuse(
                    word.at(),
                    "\"" + word.text() + "\" wants a whole number from " + least + " to 1000000.",
                    "Write: " + SERVER.form());
        }
        return value.orElse(least).intValue();
    }

    /** The balancer it asks for. */
    Balancer balancer(AiSettings standard) {
        return switch (algorithm) {
            case ROUND_ROBIN -> new RoundRobin();
            case WEIGHTED_ROUND_ROBIN -> new WeightedRoundRobin();
            case LEAST_CONNECTIONS -> new LeastConnections();
            case IP_HASH -> new IpHash();
            case RANDOM -> new PowerOfTwo();
            case AI_PREDICTIVE -> new AiPredictive(ai.orElse(standard));
        };
    }
}
