package phalanx.proxy;

import io.netty.channel.ChannelFuture;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phalanx.config.Fault;
import phalanx.config.HostPort;
import phalanx.config.Node;
import phalanx.proxy.admin.AdminApi;
import phalanx.proxy.admin.AdminControl;
import phalanx.proxy.admin.CaptureControl;
import phalanx.proxy.admin.ProxyMetrics;
import phalanx.proxy.breakpoint.Breakpoints;
import phalanx.proxy.fault.Faults;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Variables;
import phalanx.proxy.listen.ListenService;
import phalanx.proxy.listen.Listener;
import phalanx.proxy.listen.ServerContext;
import phalanx.proxy.record.AccessLog;
import phalanx.proxy.record.AccessLogSettings;
import phalanx.proxy.record.ActiveRequests;
import phalanx.proxy.record.LogFile;
import phalanx.proxy.record.LogFiles;
import phalanx.proxy.record.RecordedExchange;
import phalanx.proxy.record.Recording;
import phalanx.proxy.record.Replay;
import phalanx.proxy.record.RequestLog;
import phalanx.proxy.record.TrafficTap;
import phalanx.proxy.route.ConnectionPool;
import phalanx.proxy.route.ForwardTarget;
import phalanx.proxy.route.Upstream;
import phalanx.proxy.serve.CgiSettings;
import phalanx.proxy.serve.CgiTarget;
import phalanx.proxy.serve.StaticFiles;
import phalanx.proxy.serve.StaticSettings;
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
    private static final int MOST_REPLAYS = 32;
    /** Requests kept for the console. */
    private static final int LOGGED = 10_000;

    private final Workers workers;
    private final List<ConnectionPool> pools = new ArrayList<>();
    private final UpstreamSet upstreams;
    private final LogFiles logFiles;
    private final Map<HostPort, ListenState> states = new LinkedHashMap<>();
    /** What listens, by its port; replaced whole. */
    private volatile Map<Integer, ListenState> serving = Map.of();

    private final Map<HostPort, Listener> listeners = new LinkedHashMap<>();
    private final Map<StreamAddress, BoundStream> streams = new LinkedHashMap<>();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final ProxyMetrics metrics;
    private final RequestLog log;
    private final ActiveRequests active;
    private final Recording recording = new Recording();
    private final Breakpoints breakpoints = new Breakpoints();
    private final AtomicInteger replays = new AtomicInteger();
    private volatile @Nullable CaptureControl captures;
    private volatile ProxyConfig config;
    private final Tapping tapping = new Tapping();
    private volatile @Nullable SpanExporter spans;
    private @Nullable Listener admin;

    /** TCP and UDP may share a port. */
    private record StreamAddress(HostPort at, boolean udp) {}

    private record BoundStream(StreamProxy proxy, Listener listener) {}

    private ProxyServer(ProxyConfig config) {
        this.config = config;
        this.workers = new Workers(config.transport(), config.workers(), System.nanoTime());
        this.metrics = new ProxyMetrics(config.workers());
        this.upstreams = new UpstreamSet(workers);
        this.logFiles = new LogFiles(workers.disk(), metrics.logLinesLost());
        this.log = new RequestLog(config.workers(), LOGGED / config.workers() + 1);
        this.active = new ActiveRequests(workers.all());
        for (Worker worker : workers.all()) {
            pools.add(new ConnectionPool(worker, config.transport(), tapping::tap));
        }
    }

    /** Starts what a configuration asks for, or nothing at all. */
    public static Outcome<ProxyServer> start(ProxyConfig config) {
        ProxyServer server = new ProxyServer(config);
        Outcome<ProxyServer> outcome =
                server.apply(config).then(_ -> server.openAdmin()).then(_ -> Outcome.ok(server));
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
        return listeners.values().stream().map(Listener::address).toList();
    }

    /** The addresses of streams, {@code tcp} or {@code udp} before each. */
    public synchronized List<String> streamAddresses() {
        return streams.entrySet().stream()
                .map(e -> (e.getKey().udp() ? "udp=" : "tcp=")
                        + Variables.endpoint(e.getValue().listener().address()))
                .toList();
    }

    /** Where the admin API answers. */
    public InetSocketAddress adminAddress() {
        return Objects.requireNonNull(admin).address();
    }

    private Outcome<Listener> openAdmin() {
        return bind(config.admin(), new AdminListen(new AdminApi(this, workers.disk()), draining))
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
    public Optional<CaptureControl> captures() {
        return Optional.ofNullable(captures);
    }

    /** Names who captures the traffic when it is asked to. */
    public void captures(CaptureControl by) {
        captures = by;
    }

    @Override
    public Optional<String> replay(RecordedExchange recorded, Consumer<Exchange> done) {
        ListenState state = serving.get(recorded.listenPort());
        if (!Replay.possible(recorded)) {
            return Optional.of("This request cannot be sent again: its body was not kept whole, or it is a tunnel.");
        }
        if (state == null) {
            return Optional.of("Nothing listens any more on the port that it came to.");
        }
        if (replays.incrementAndGet() > MOST_REPLAYS) {
            replays.decrementAndGet();
            return Optional.of("Too many requests are being sent again; wait until some are answered.");
        }
        Replay.send(
                recorded,
                workers.all().getFirst(),
                state.named(recorded.request().host()),
                over -> {
                    replays.decrementAndGet();
                    done.accept(over);
                });
        return Optional.empty();
    }

    @Override
    public List<RouteFaults> routes() {
        return serving.values().stream()
                .flatMap(state -> state.sites().stream())
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
        return upstreams.prepare(changed).then(next -> apply(changed, next));
    }

    private Outcome<ProxyConfig> apply(ProxyConfig changed, UpstreamSet.Prepared next) {
        Map<HostPort, List<Site>> sites = new LinkedHashMap<>();
        for (SiteSettings settings : changed.sites()) {
            Optional<SslContext> tls = Optional.empty();
            if (settings.tls().isPresent()) {
                switch (ServerContext.of(settings.tls().get(), changed.folder())) {
                    case Outcome.Ok<SslContext>(SslContext context) -> tls = Optional.of(context);
                    case Outcome.Failed<SslContext>(Problem problem) -> {
                        return Outcome.failed(problem);
                    }
                }
            }
            AccessLog accessLog = null;
            if (settings.log().isPresent()) {
                switch (logFiles.of(settings.log().get().target())) {
                    case Outcome.Ok<LogFile>(LogFile file) ->
                        accessLog = new AccessLog(settings.log().get(), file);
                    case Outcome.Failed<LogFile>(Problem problem) -> {
                        return Outcome.failed(problem);
                    }
                }
            }
            Site site = site(settings, tls, next, accessLog);
            settings.listens()
                    .forEach(at ->
                            sites.computeIfAbsent(at, _ -> new ArrayList<>()).add(site));
        }
        Map<HostPort, Listener> opened = new LinkedHashMap<>();
        Map<HostPort, ListenState> openedStates = new LinkedHashMap<>();
        for (Map.Entry<HostPort, List<Site>> entry : sites.entrySet()) {
            if (listeners.containsKey(entry.getKey())) {
                continue;
            }
            ListenState state = new ListenState(entry.getValue(), draining, metrics, tapping);
            Outcome<Listener> bound = bind(entry.getKey(), state);
            if (bound instanceof Outcome.Failed<Listener>(Problem problem)) {
                opened.values().forEach(Listener::close);
                return Outcome.failed(problem);
            }
            opened.put(entry.getKey(), ((Outcome.Ok<Listener>) bound).value());
            openedStates.put(entry.getKey(), state);
        }
        Map<StreamAddress, BoundStream> openedStreams = new LinkedHashMap<>();
        for (StreamSettings stream : changed.streams()) {
            StreamAddress address = new StreamAddress(stream.listen(), stream.udp());
            if (streams.containsKey(address) || openedStreams.containsKey(address)) {
                continue;
            }
            StreamProxy proxy =
                    StreamProxy.of(stream, next.get(stream.upstream().text()), workers);
            Outcome<Listener> bound = bind(stream.listen(), proxy::bind);
            if (bound instanceof Outcome.Failed<Listener>(Problem problem)) {
                opened.values().forEach(Listener::close);
                openedStreams.values().forEach(s -> s.listener().close());
                return Outcome.failed(problem);
            }
            openedStreams.put(address, new BoundStream(proxy, ((Outcome.Ok<Listener>) bound).value()));
        }
        // From here on nothing fails.
        sites.forEach((at, list) -> {
            ListenState state = states.get(at);
            if (state != null) {
                state.sites(list);
            }
        });
        listeners.keySet().removeIf(at -> {
            if (sites.containsKey(at)) {
                return false;
            }
            Objects.requireNonNull(listeners.get(at)).close();
            states.remove(at);
            return true;
        });
        streams.putAll(openedStreams);
        streams.entrySet().removeIf(entry -> {
            for (StreamSettings stream : changed.streams()) {
                if (entry.getKey().equals(new StreamAddress(stream.listen(), stream.udp()))) {
                    entry.getValue()
                            .proxy()
                            .update(stream, next.get(stream.upstream().text()));
                    return false;
                }
            }
            entry.getValue().listener().close();
            return true;
        });
        listeners.putAll(opened);
        states.putAll(openedStates);
        Map<Integer, ListenState> byPort = new LinkedHashMap<>();
        listeners.forEach(
                (at, listener) -> byPort.put(listener.address().getPort(), Objects.requireNonNull(states.get(at))));
        serving = Collections.unmodifiableMap(byPort);
        upstreams.take(next);
        logFiles.keep(changed.sites().stream()
                .flatMap(site -> site.log().stream())
                .map(AccessLogSettings::target)
                .collect(Collectors.toSet()));
        trace(changed.trace().orElse(null));
        config = changed;
        return Outcome.ok(changed);
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

    private Site site(
            SiteSettings settings,
            Optional<SslContext> tls,
            UpstreamSet.Prepared known,
            @Nullable AccessLog accessLog) {
        List<Site.Route> routes = new ArrayList<>();
        for (RouteSettings route : settings.routes()) {
            routes.add(new Site.Route(route, new Faults(route.faults()), target(route, known)));
        }
        return new Site(
                settings,
                tls,
                routes,
                new Watchers(metrics, log, active, recording, breakpoints, accessLog, () -> spans));
    }

    private static ForwardTarget.Share share(RouteAction.Share share, UpstreamSet.Prepared known) {
        return new ForwardTarget.Share(known.get(share.name().text()), share.weight());
    }

    private Exchange.Handler target(RouteSettings route, UpstreamSet.Prepared known) {
        return switch (route.action()) {
            case RouteAction.Forward(List<RouteAction.Share> shares, Optional<RouteAction.Share> mirror) ->
                new ForwardTarget(
                        shares.stream().map(share -> share(share, known)).toList(),
                        mirror.map(share -> share(share, known)),
                        route.request(),
                        route.forward(),
                        pools);
            case RouteAction.Return answer -> new FixedAnswer(answer);
            case RouteAction.Files(StaticSettings files) -> new StaticFiles(files, workers.disk());
            case RouteAction.Cgi(CgiSettings cgi) -> new CgiTarget(cgi, route.forward(), workers.transport());
        };
    }

    private Outcome<Listener> bind(HostPort at, ListenService service) {
        return bind(at, address -> Listener.bind(workers, address, service));
    }

    private static Outcome<Listener> bind(HostPort at, Function<InetSocketAddress, ChannelFuture> binding) {
        return Addresses.of(at, "listen: ").then(address -> {
            ChannelFuture bound = binding.apply(address).awaitUninterruptibly();
            return bound.isSuccess()
                    ? Outcome.ok(Listener.of(bound))
                    : Outcome.failed(new Problem(
                            TAKEN,
                            at + " cannot be listened on (" + bound.cause().getMessage() + ").",
                            "Another program may have it, or its port is below 1024: choose another, or stop the other"
                                    + " program."));
        });
    }

    /** Takes no new connections and requests, and waits for those under way. */
    public void drain(Duration longest) {
        synchronized (this) { // not in the middle of a reload, and none after it
            draining.set(true);
            listeners.values().forEach(Listener::close);
            streams.values().forEach(stream -> stream.listener().close());
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
        listeners.values().forEach(Listener::close);
        if (admin != null) {
            admin.close();
        }
        upstreams.close();
        logFiles.close();
        workers.close();
    }
}
