package phalanx.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phalanx.config.Fault;
import phalanx.config.HostPort;
import phalanx.config.Node;
import phalanx.proxy.admin.AdminApi;
import phalanx.proxy.admin.AdminControl;
import phalanx.proxy.admin.AdminExtension;
import phalanx.proxy.admin.CaptureControl;
import phalanx.proxy.admin.ProxyMetrics;
import phalanx.proxy.breakpoint.Breakpoints;
import phalanx.proxy.guard.Gate;
import phalanx.proxy.guard.client.Floods;
import phalanx.proxy.guard.client.GuardLog;
import phalanx.proxy.guard.client.RateZones;
import phalanx.proxy.guard.client.Reputation;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Variables;
import phalanx.proxy.listen.ListenService;
import phalanx.proxy.listen.Listener;
import phalanx.proxy.record.AccessLogSettings;
import phalanx.proxy.record.ActiveRequests;
import phalanx.proxy.record.LogFiles;
import phalanx.proxy.record.RecordedExchange;
import phalanx.proxy.record.Recording;
import phalanx.proxy.record.RequestLog;
import phalanx.proxy.record.TrafficTap;
import phalanx.proxy.route.ConnectionPool;
import phalanx.proxy.route.Upstream;
import phalanx.proxy.stream.StreamProxy;
import phalanx.proxy.stream.StreamSettings;
import phalanx.proxy.trace.SpanExporter;
import phalanx.proxy.trace.TraceSettings;
import phalanx.proxy.transport.Worker;
import phalanx.proxy.transport.Workers;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** A proxy at work: listeners, sites, upstreams. Any thread; one change at a time. */
public final class ProxyServer implements AdminControl, AutoCloseable {
    public static final String TAKEN = "PHX-5001";
    static final String ENDING = "PHX-5009";
    private static final Duration FAREWELL = Duration.ofSeconds(1);
    /** Requests kept for the console. */
    private static final int LOGGED = 10_000;

    private final Workers workers;
    private final List<ConnectionPool> pools = new ArrayList<>();
    private final UpstreamSet upstreams;
    private final LogFiles logFiles;
    private final Listeners<HostPort, ListenState> http = new Listeners<>();
    private final Listeners<StreamAddress, StreamProxy> streams = new Listeners<>();
    private final SiteMaker siteMaker;
    private final Replays replays;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final ProxyMetrics metrics;
    private final RequestLog log;
    private final ActiveRequests active;
    private final Recording recording = new Recording();
    private final Breakpoints breakpoints = new Breakpoints();
    private final Map<String, AdminExtension> extensions = new ConcurrentHashMap<>();
    private final Gate.Shared guard;
    private final BanFile bans;
    private volatile @Nullable CaptureControl captures;
    private volatile ProxyConfig config;
    private final Tapping tapping = new Tapping();
    private volatile @Nullable SpanExporter spans;
    private @Nullable Listener admin;

    /** TCP and UDP may share a port. */
    private record StreamAddress(HostPort at, boolean udp) {
        static StreamAddress of(StreamSettings settings) {
            return new StreamAddress(settings.listen(), settings.udp());
        }
    }

    private ProxyServer(ProxyConfig config) {
        this.config = config;
        this.workers = new Workers(config.transport(), config.workers(), System.nanoTime());
        this.metrics = new ProxyMetrics(config.workers());
        this.upstreams = new UpstreamSet(workers);
        GuardLog guardLog = new GuardLog(Clock.systemUTC());
        this.guard =
                new Gate.Shared(new Reputation(Clock.systemUTC(), guardLog), new RateZones(), new Floods(), guardLog);
        this.bans = new BanFile(guard.reputation(), workers);
        this.logFiles = new LogFiles(workers.disk(), metrics.logLinesLost());
        this.log = new RequestLog(config.workers(), LOGGED / config.workers() + 1);
        this.active = new ActiveRequests(workers.all());
        for (Worker worker : workers.all()) {
            pools.add(new ConnectionPool(worker, config.transport(), tapping::tap));
        }
        this.replays = new Replays(workers.all().getFirst());
        this.siteMaker = new SiteMaker(
                workers,
                pools,
                logFiles,
                guard,
                accessLog ->
                        new Watchers(metrics, log, active, recording, breakpoints, guardLog, accessLog, () -> spans));
    }

    /** Starts what a configuration asks for, or nothing at all. */
    public static Outcome<ProxyServer> start(ProxyConfig config) {
        ProxyServer server = new ProxyServer(config);
        Outcome<ProxyServer> outcome = server.bans
                .read(config)
                .then(read -> {
                    server.bans.take(read); // before anybody can come in
                    return server.apply(config);
                })
                .then(_ -> server.openAdmin())
                .then(_ -> Outcome.ok(server));
        if (outcome instanceof Outcome.Failed<ProxyServer>) {
            server.close();
        }
        return outcome;
    }

    /** Shows the octets of connections made from now on; kept ones end behind the response under way. Null shows no more. */
    public void tap(@Nullable TrafficTap shown) {
        tapping.show(shown);
    }

    /** Where the configuration in force lies. */
    public Path folder() {
        return config.folder();
    }

    /** The addresses bound, in the order of the configuration. */
    public List<InetSocketAddress> http() {
        return http.all().values().stream().map(one -> one.listener().address()).toList();
    }

    /** The addresses of streams, {@code tcp} or {@code udp} before each. */
    public List<String> streamAddresses() {
        return streams.all().entrySet().stream()
                .map(e -> (e.getKey().udp() ? "udp=" : "tcp=")
                        + Variables.endpoint(e.getValue().listener().address()))
                .toList();
    }

    /** Where the admin API answers. */
    public InetSocketAddress adminAddress() {
        return Objects.requireNonNull(admin).address();
    }

    private Outcome<Listener> openAdmin() {
        return bind(config.admin(), new AdminListen(new AdminApi(this, workers.control()), draining))
                .then(listener -> {
                    admin = listener;
                    return Outcome.ok(listener);
                });
    }

    @Override
    public boolean ready() {
        return !draining.get();
    }

    @Override
    public ProxyMetrics metrics() {
        return metrics;
    }

    @Override
    public Collection<Upstream> upstreams() {
        return upstreams.all();
    }

    @Override
    public RequestLog log() {
        return log;
    }

    @Override
    public ActiveRequests active() {
        return active;
    }

    @Override
    public Recording recording() {
        return recording;
    }

    @Override
    public Breakpoints breakpoints() {
        return breakpoints;
    }

    @Override
    public Gate.Shared guard() {
        return guard;
    }

    @Override
    public boolean bannable(InetAddress client) {
        return config.sites().stream().noneMatch(site -> site.guard().allows(client));
    }

    @Override
    public Optional<CaptureControl> captures() {
        return Optional.ofNullable(captures);
    }

    /** Names who captures the traffic when it is asked to. */
    public void captures(CaptureControl by) {
        captures = by;
    }

    @Override
    public Optional<AdminExtension> extension(String part) {
        return Optional.ofNullable(extensions.get(part));
    }

    @Override
    public String extensionHelp() {
        return extensions.values().stream().map(one -> "\n" + one.help()).collect(Collectors.joining());
    }

    /** Names who answers at the admin port what begins with a part of a path, null for nobody any more. */
    public void extend(String part, @Nullable AdminExtension by) {
        if (by == null) {
            extensions.remove(part);
        } else {
            extensions.put(part, by);
        }
    }

    @Override
    public Optional<String> replay(RecordedExchange recorded, Consumer<Exchange> done) {
        return replays.send(recorded, http.all().values(), done);
    }

    @Override
    public List<RouteFaults> routes() {
        return http.all().values().stream()
                .flatMap(one -> one.service().sites().stream())
                .distinct()
                .flatMap(site -> site.routes().stream())
                .map(route -> new RouteFaults(
                        route.settings().at().toString(),
                        route.settings().match().text(),
                        route.faults()))
                .toList();
    }

    @Override
    public List<Node> configuration() {
        return config.nodes();
    }

    @Override
    public List<String> reload() {
        return reload(config.file());
    }

    /** As {@link #reload()}, from another file, which is the one from then on. */
    public List<String> reload(Path file) {
        ProxyConfig.Read read = ProxyConfig.read(file);
        if (read.config().isEmpty()) {
            return read.faults().stream().map(Fault::toString).toList();
        }
        return switch (apply(read.config().get())) {
            case Outcome.Ok<ProxyConfig> _ -> List.of();
            case Outcome.Failed<ProxyConfig>(Problem problem) -> List.of(problem.toString());
        };
    }

    private synchronized Outcome<ProxyConfig> apply(ProxyConfig changed) {
        if (draining.get()) {
            return Outcome.failed(new Problem(
                    ENDING,
                    "The proxy drains and takes no changes any more.",
                    "Start it again with the configuration."));
        }
        return bans.read(changed)
                .then(read -> upstreams
                        .prepare(changed)
                        .then(next -> siteMaker
                                .of(changed, next)
                                .then(sites -> http.prepare(sites.keySet(), at -> listen(at, sites))
                                        .then(opened -> apply(changed, next, sites, opened)))
                                .then(taken -> {
                                    bans.take(read);
                                    return Outcome.ok(taken);
                                })));
    }

    private Outcome<Listeners.Bound<ListenState>> listen(HostPort at, Map<HostPort, List<Site>> sites) {
        ListenState state = new ListenState(Objects.requireNonNull(sites.get(at)), draining, metrics, tapping);
        return bind(at, state).then(listener -> Outcome.ok(new Listeners.Bound<>(state, listener)));
    }

    private Outcome<ProxyConfig> apply(
            ProxyConfig changed,
            UpstreamSet.Prepared next,
            Map<HostPort, List<Site>> sites,
            Listeners.Prepared<HostPort, ListenState> opened) {
        Map<StreamAddress, StreamSettings> wanted = new LinkedHashMap<>();
        changed.streams().forEach(stream -> wanted.putIfAbsent(StreamAddress.of(stream), stream));
        Outcome<Listeners.Prepared<StreamAddress, StreamProxy>> openedStreams =
                streams.prepare(wanted.keySet(), at -> listen(Objects.requireNonNull(wanted.get(at)), next));
        return switch (openedStreams) {
            case Outcome.Failed<Listeners.Prepared<StreamAddress, StreamProxy>>(Problem problem) -> {
                opened.cancel();
                yield Outcome.failed(problem);
            }
            case Outcome.Ok<Listeners.Prepared<StreamAddress, StreamProxy>>(
                    Listeners.Prepared<StreamAddress, StreamProxy> ready) -> {
                http.take(opened);
                sites.forEach((at, list) -> http.at(at).sites(list));
                streams.take(ready);
                wanted.forEach((at, stream) ->
                        streams.at(at).update(stream, next.get(stream.upstream().text())));
                take(changed, next);
                yield Outcome.ok(changed);
            }
        };
    }

    private Outcome<Listeners.Bound<StreamProxy>> listen(StreamSettings stream, UpstreamSet.Prepared next) {
        StreamProxy proxy = StreamProxy.of(stream, next.get(stream.upstream().text()), workers);
        return Listeners.bind(stream.listen(), proxy::bind)
                .then(listener -> Outcome.ok(new Listeners.Bound<>(proxy, listener)));
    }

    /** Takes into force what nothing listens for. */
    private void take(ProxyConfig changed, UpstreamSet.Prepared next) {
        upstreams.take(next);
        logFiles.keep(changed.sites().stream()
                .flatMap(site -> site.log().stream())
                .map(AccessLogSettings::target)
                .collect(Collectors.toSet()));
        guard.zones().keep(changed.zones());
        trace(changed.trace().orElse(null));
        config = changed;
    }

    private void trace(@Nullable TraceSettings settings) {
        SpanExporter exporter = spans;
        if (exporter == null ? settings == null : exporter.settings().equals(settings)) {
            return;
        }
        if (exporter != null) {
            exporter.close();
        }
        spans = settings == null
                ? null
                : new SpanExporter(settings, workers.all().getLast(), workers.transport(), metrics.spansDropped());
    }

    private Outcome<Listener> bind(HostPort at, ListenService service) {
        return Listeners.bind(at, address -> Listener.bind(workers, address, service));
    }

    /** Takes no new connections and requests, and waits for those under way. */
    public void drain(Duration longest) {
        synchronized (this) { // not in the middle of a reload, and none after it
            draining.set(true);
            http.close();
            streams.close();
        }
        breakpoints.clear();
        waitFor(longest, () -> metrics.active() == 0 && upstreams().stream().allMatch(u -> u.active() == 0));
        waitFor(FAREWELL, () -> metrics.connections() == 0); // what was written must still reach the clients
    }

    private static void waitFor(Duration longest, BooleanSupplier done) {
        long end = System.nanoTime() + longest.toNanos();
        while (System.nanoTime() < end && !done.getAsBoolean()) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        http.close();
        streams.close();
        if (admin != null) {
            admin.close();
        }
        upstreams.close();
        bans.close();
        logFiles.close();
        workers.close();
    }
}
