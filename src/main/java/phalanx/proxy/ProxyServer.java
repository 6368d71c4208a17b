package phalanx.proxy;

import io.netty.channel.ChannelFuture;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phalanx.config.Fault;
import phalanx.config.HostPort;
import phalanx.config.Node;
import phalanx.proxy.admin.AdminApi;
import phalanx.proxy.admin.AdminControl;
import phalanx.proxy.admin.ProxyMetrics;
import phalanx.proxy.discover.Discovery;
import phalanx.proxy.discover.DiscoverySettings;
import phalanx.proxy.fault.Faults;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Variables;
import phalanx.proxy.listen.ListenService;
import phalanx.proxy.listen.Listener;
import phalanx.proxy.listen.ServerContext;
import phalanx.proxy.record.AccessLog;
import phalanx.proxy.record.LogFile;
import phalanx.proxy.record.RequestLog;
import phalanx.proxy.record.TrafficTap;
import phalanx.proxy.route.ClientContext;
import phalanx.proxy.route.ConnectionPool;
import phalanx.proxy.route.ForwardTarget;
import phalanx.proxy.route.HealthChecker;
import phalanx.proxy.route.Upstream;
import phalanx.proxy.route.UpstreamSettings;
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
    static final String LOG = "PHX-5004";
    static final String UNKNOWN_HOST = "PHX-5003";
    private static final Duration FAREWELL = Duration.ofSeconds(1);
    /** Requests kept for the console. */
    private static final int LOGGED = 10_000;

    private final Workers workers;
    private final List<ConnectionPool> pools = new ArrayList<>();
    /** Replaced whole, so that the event loops never wait for a reload. */
    private volatile Map<String, Upstream> upstreams = Map.of();

    private final Map<String, HealthChecker> checkers = new HashMap<>();
    private final Map<String, Map<DiscoverySettings, Discovery>> discoveries = new HashMap<>();
    private final Map<HostPort, ListenState> states = new LinkedHashMap<>();
    private volatile List<ListenState> serving = List.of();
    private final Map<HostPort, Listener> listeners = new LinkedHashMap<>();
    private final Map<StreamAddress, BoundStream> streams = new LinkedHashMap<>();
    private final Map<String, LogFile> logFiles = new HashMap<>();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final ProxyMetrics metrics;
    private final RequestLog log;
    private volatile ProxyConfig config;
    private volatile @Nullable TrafficTap tap;
    private volatile @Nullable SpanExporter spans;
    private @Nullable Listener admin;

    /** TCP and UDP may share a port. */
    private record StreamAddress(HostPort at, boolean udp) {}

    private record BoundStream(StreamProxy proxy, Listener listener) {}

    private ProxyServer(ProxyConfig config) {
        this.config = config;
        this.workers = new Workers(config.transport(), config.workers(), System.nanoTime());
        this.metrics = new ProxyMetrics(config.workers());
        this.log = new RequestLog(config.workers(), LOGGED / config.workers() + 1);
        for (Worker worker : workers.all()) {
            pools.add(new ConnectionPool(worker, config.transport(), () -> tap));
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

    /** Shows the octets of connections made from now on; null shows no more. */
    public void tap(@Nullable TrafficTap shown) {
        tap = shown;
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
        return upstreams.values();
    }

    @Override
    public RequestLog log() {
        return log;
    }

    @Override
    public List<RouteFaults> routes() {
        return serving.stream()
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
        ProxyConfig.Read read = ProxyConfig.read(config.file());
        if (read.config().isEmpty()) {
            return read.faults().stream().map(Fault::toString).toList();
        }
        return switch (apply(read.config().get())) {
            case Outcome.Ok<ProxyConfig> _ -> List.of();
            case Outcome.Failed<ProxyConfig>(Problem problem) -> List.of(problem.toString());
        };
    }

    private synchronized Outcome<ProxyConfig> apply(ProxyConfig changed) {
        Outcome<Map<String, Upstream>> prepared = prepare(changed);
        if (prepared instanceof Outcome.Failed<Map<String, Upstream>>(Problem problem)) {
            return Outcome.failed(problem);
        }
        Map<String, Upstream> next = ((Outcome.Ok<Map<String, Upstream>>) prepared).value();
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
                switch (logFile(settings.log().get().target())) {
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
            ListenState state = new ListenState(entry.getValue(), draining, metrics, () -> tap);
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
            StreamProxy proxy = StreamProxy.of(
                    stream, Objects.requireNonNull(next.get(stream.upstream().text())), workers);
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
                            .update(
                                    stream,
                                    Objects.requireNonNull(
                                            next.get(stream.upstream().text())));
                    return false;
                }
            }
            entry.getValue().listener().close();
            return true;
        });
        listeners.putAll(opened);
        states.putAll(openedStates);
        serving = List.copyOf(states.values());
        take(next, changed);
        config = changed;
        return Outcome.ok(changed);
    }

    /** The upstreams as they will be; those that stay are the same objects, untouched so far. */
    private Outcome<Map<String, Upstream>> prepare(ProxyConfig changed) {
        Map<String, Upstream> next = new HashMap<>();
        for (UpstreamSettings settings : changed.upstreams()) {
            for (UpstreamSettings.ServerSettings server : settings.servers()) {
                if (resolve(server.name()).isEmpty()) {
                    return Outcome.failed(new Problem(
                            UNKNOWN_HOST,
                            settings.at() + ": no address is known for "
                                    + server.name().host() + ".",
                            "Mend the name, or write an address."));
                }
            }
            if (settings.tls().on()
                    && ClientContext.of(settings, changed.folder())
                            instanceof Outcome.Failed<ClientContext>(Problem problem)) {
                return Outcome.failed(problem);
            }
            Upstream kept = upstreams.get(settings.name());
            Upstream upstream = kept != null ? kept : new Upstream(settings, changed.ai(settings.name()));
            if (kept == null) { // before anybody can ask it
                fill(upstream, settings, changed);
            }
            next.put(settings.name(), upstream);
        }
        return Outcome.ok(next);
    }

    private void take(Map<String, Upstream> next, ProxyConfig changed) {
        for (UpstreamSettings settings : changed.upstreams()) {
            Upstream upstream = Objects.requireNonNull(next.get(settings.name()));
            upstream.settings(settings, changed.ai(settings.name()));
            fill(upstream, settings, changed);
            discover(upstream, settings);
            checkers.computeIfAbsent(
                    settings.name(),
                    _ -> HealthChecker.start(
                            upstream,
                            workers.all().get(checkers.size() % workers.all().size()),
                            workers.transport()));
        }
        discoveries.entrySet().removeIf(entry -> {
            boolean gone = !next.containsKey(entry.getKey());
            if (gone) {
                entry.getValue().values().forEach(Discovery::close);
            }
            return gone;
        });
        upstreams = Map.copyOf(next);
        SpanExporter exporter = spans;
        TraceSettings trace = changed.trace().orElse(null);
        if (exporter == null ? trace != null : !exporter.settings().equals(trace)) {
            if (exporter != null) {
                exporter.close();
            }
            spans = trace == null ? null : new SpanExporter(trace, workers.all().getLast(), workers.transport());
        }
        checkers.keySet().removeIf(name -> {
            if (next.containsKey(name)) {
                return false;
            }
            Objects.requireNonNull(checkers.get(name)).close();
            return true;
        });
    }

    private static void fill(Upstream upstream, UpstreamSettings settings, ProxyConfig from) {
        upstream.tls(
                settings.tls().on()
                                && ClientContext.of(settings, from.folder())
                                        instanceof Outcome.Ok<ClientContext>(ClientContext context)
                        ? context
                        : null);
        Map<HostPort, InetSocketAddress> addresses = new HashMap<>();
        settings.servers()
                .forEach(server -> resolve(server.name()).ifPresent(address -> addresses.put(server.name(), address)));
        upstream.servers(addresses);
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

    /** The file of a log; one that is open is opened anew, so that a renamed one is let go. */
    private Outcome<LogFile> logFile(String target) {
        LogFile open = logFiles.get(target);
        if (open != null) {
            open.reopen();
            return Outcome.ok(open);
        }
        try {
            LogFile file = LogFile.open(target, workers.disk().next());
            logFiles.put(target, file);
            return Outcome.ok(file);
        } catch (IOException e) {
            return Outcome.failed(new Problem(
                    LOG,
                    "The log " + target + " cannot be written (" + e.getMessage() + ").",
                    "Mend its name or its rights."));
        }
    }

    private static Optional<InetSocketAddress> resolve(HostPort name) {
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByName(name.host()), name.port()));
        } catch (UnknownHostException _) {
            return Optional.empty();
        }
    }

    private Site site(
            SiteSettings settings,
            Optional<SslContext> tls,
            Map<String, Upstream> known,
            @Nullable AccessLog accessLog) {
        List<Site.Route> routes = new ArrayList<>();
        for (RouteSettings route : settings.routes()) {
            routes.add(new Site.Route(route, new Faults(route.faults()), target(route, known)));
        }
        return new Site(settings, tls, routes, metrics, log, accessLog, () -> spans);
    }

    private static ForwardTarget.Share share(RouteAction.Share share, Map<String, Upstream> known) {
        return new ForwardTarget.Share(
                Objects.requireNonNull(known.get(share.name().text())), share.weight());
    }

    private Exchange.Handler target(RouteSettings route, Map<String, Upstream> known) {
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
        Optional<InetSocketAddress> address = resolve(at);
        if (address.isEmpty()) {
            return Outcome.failed(new Problem(
                    UNKNOWN_HOST,
                    "No address is known for " + at.host() + ".",
                    "Listen on an address of this machine."));
        }
        ChannelFuture bound = binding.apply(address.get()).awaitUninterruptibly();
        if (bound.isSuccess()) {
            return Outcome.ok(Listener.of(bound));
        }
        return Outcome.failed(new Problem(
                TAKEN,
                at + " cannot be listened on (" + bound.cause().getMessage() + ").",
                "Another program may have it, or its port is below 1024: choose another, or stop the other program."));
    }

    /** Takes no new connections and requests, and waits for those under way. */
    public void drain(Duration longest) {
        draining.set(true);
        listeners.values().forEach(Listener::close);
        streams.values().forEach(stream -> stream.listener().close());
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
        checkers.values().forEach(HealthChecker::close);
        discoveries.values().forEach(sources -> sources.values().forEach(Discovery::close));
        logFiles.values().forEach(LogFile::close);
        workers.close();
    }
}
