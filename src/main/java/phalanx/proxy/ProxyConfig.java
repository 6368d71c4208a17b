package phalanx.proxy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import phalanx.config.ConfText;
import phalanx.config.Directive;
import phalanx.config.Fault;
import phalanx.config.HostPort;
import phalanx.config.Includes;
import phalanx.config.Node;
import phalanx.config.Section;
import phalanx.config.Word;
import phalanx.proxy.encode.EncodingSettings;
import phalanx.proxy.fault.Faults;
import phalanx.proxy.guard.GuardSettings;
import phalanx.proxy.guard.client.Limit;
import phalanx.proxy.guard.client.LimitZone;
import phalanx.proxy.guard.inspect.WafSettings;
import phalanx.proxy.http.HttpDirectives;
import phalanx.proxy.listen.TlsSettings;
import phalanx.proxy.listen.TrustSettings;
import phalanx.proxy.record.AccessLogSettings;
import phalanx.proxy.route.AiSettings;
import phalanx.proxy.route.ForwardSettings;
import phalanx.proxy.route.HealthCheckSettings;
import phalanx.proxy.route.RequestRewrite;
import phalanx.proxy.route.ResponseRewrite;
import phalanx.proxy.route.UpstreamSettings;
import phalanx.proxy.serve.CgiSettings;
import phalanx.proxy.serve.StaticSettings;
import phalanx.proxy.stream.StreamSettings;
import phalanx.proxy.trace.TraceSettings;
import phalanx.proxy.transport.Transport;
import phalanx.run.NearestName;

/**
 * A configuration, read and checked, with nothing of it started. Any thread.
 *
 * @param folder what relative file names start from
 */
public record ProxyConfig(
        Path file,
        Path folder,
        int workers,
        HostPort admin,
        Transport transport,
        List<UpstreamSettings> upstreams,
        List<SiteSettings> sites,
        List<StreamSettings> streams,
        Optional<TraceSettings> trace,
        Optional<Path> bans,
        List<Node> nodes) {
    static final HostPort STANDARD_ADMIN = new HostPort(HostPort.LOOPBACK, 9090);

    private static final Directive WORKERS = Directive.of(
            "main", "worker_threads NUMBER", "the machine's cores", "Event loops; a connection stays on one.");
    private static final Directive ADMIN =
            Directive.of("main", "admin PORT|HOST:PORT", "127.0.0.1:9090", "Where the admin API answers.");
    private static final Directive TRANSPORT =
            Directive.of("main", "transport io_uring|epoll|nio", "the best there is", "How sockets are served.");
    private static final Directive BANS = Directive.of(
            "main",
            "waf_bans FILE",
            "",
            "Where bans are kept, so that they outlast a restart; without it they do not.");
    private static final Directive HTTP = Directive.of("main", "http { ... }", "", "What speaks HTTP.");

    /** Every directive there is. */
    public static final List<Directive> DIRECTIVES = all();

    private static List<Directive> all() {
        List<Directive> all = new ArrayList<>(List.of(WORKERS, ADMIN, TRANSPORT, BANS, HTTP));
        all.addAll(UpstreamSettings.directives());
        all.addAll(SiteSettings.DIRECTIVES);
        all.addAll(HttpDirectives.DIRECTIVES);
        all.addAll(TlsSettings.DIRECTIVES);
        all.addAll(TrustSettings.DIRECTIVES);
        all.addAll(GuardSettings.DIRECTIVES);
        all.addAll(WafSettings.DIRECTIVES);
        all.addAll(AccessLogSettings.DIRECTIVES);
        all.addAll(RouteSettings.DIRECTIVES);
        all.addAll(RouteAction.DIRECTIVES);
        all.addAll(RequestRewrite.DIRECTIVES);
        all.addAll(ResponseRewrite.DIRECTIVES);
        all.addAll(ForwardSettings.DIRECTIVES);
        all.addAll(StaticSettings.DIRECTIVES);
        all.addAll(Faults.DIRECTIVES);
        all.addAll(TraceSettings.DIRECTIVES);
        all.addAll(EncodingSettings.DIRECTIVES);
        all.addAll(CgiSettings.DIRECTIVES);
        all.addAll(StreamSettings.DIRECTIVES);
        return List.copyOf(all);
    }

    /**
     * What a file holds.
     *
     * @param config empty when there is a fault
     */
    public record Read(Optional<ProxyConfig> config, List<Fault> faults) {}

    /** Reads a file and what it includes; every fault is named. */
    public static Read read(Path file) {
        return of(file, Includes.read(file));
    }

    /** Checks a text that is to become a file. */
    public static Read read(Path file, String text) {
        return of(file, Includes.read(file, text));
    }

    private static Read of(Path file, ConfText.Parsed parsed) {
        if (parsed.fault().isPresent()) {
            return new Read(Optional.empty(), List.of(parsed.fault().get()));
        }
        List<Fault> faults = new ArrayList<>();
        ProxyConfig config = from(file, parsed.nodes(), faults);
        faults.sort(Comparator.comparing((Fault f) -> f.at().file())
                .thenComparingInt(f -> f.at().line())
                .thenComparingInt(f -> f.at().column()));
        return faults.isEmpty()
                ? new Read(Optional.of(config), List.of())
                : new Read(
                        Optional.empty(), // what several blocks inherit is told once
                        faults.stream().distinct().toList());
    }

    private static ProxyConfig from(Path file, List<Node> nodes, List<Fault> faults) {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
        Section main = Section.outermost(file.toString(), nodes, DIRECTIVES, faults);
        int workers = (int) main.number(WORKERS, Runtime.getRuntime().availableProcessors(), 1, 1024);
        HostPort admin = main.read(ADMIN, "a port or HOST:PORT", text -> HostPort.read(text, HostPort.LOOPBACK, 9090))
                .orElse(STANDARD_ADMIN);
        Transport transport = main.read(
                        TRANSPORT, "io_uring, epoll or nio, as far as the machine has it", Transport::named)
                .orElseGet(Transport::best);
        List<UpstreamSettings> upstreams = new ArrayList<>();
        main.all(UpstreamSettings.UPSTREAM).forEach(node -> upstreams.add(UpstreamSettings.from(node, main, folder)));
        List<SiteSettings> sites = new ArrayList<>();
        main.own(HTTP).ifPresent(node -> {
            Section http = main.inner(node);
            http.all(UpstreamSettings.UPSTREAM).forEach(up -> upstreams.add(UpstreamSettings.from(up, http, folder)));
            Map<String, AccessLogSettings.Format> formats = AccessLogSettings.formats(http);
            Map<String, LimitZone> zones = LimitZone.all(http);
            http.all(SiteSettings.SERVER)
                    .forEach(server -> sites.add(SiteSettings.from(http, server, formats, zones, folder)));
            // What may stand here for the servers inside was read by them; what none of them read is still checked.
            DIRECTIVES.stream().filter(d -> d.blocks().contains("http")).forEach(http::all);
            http.finish();
        });
        List<StreamSettings> streams = main.own(StreamSettings.STREAM)
                .map(node -> StreamSettings.from(main, node))
                .orElse(List.of());
        Optional<TraceSettings> trace = TraceSettings.from(main);
        Optional<Path> bans = main.text(BANS).map(folder::resolve);
        main.finish();
        ProxyConfig config = new ProxyConfig(
                file,
                folder,
                workers,
                admin,
                transport,
                List.copyOf(upstreams),
                List.copyOf(sites),
                streams,
                trace,
                bans,
                nodes);
        config.checkNames(main);
        return config;
    }

    /** The zones of all limits that hold somewhere. */
    Set<LimitZone> zones() {
        return sites.stream()
                .flatMap(site -> Stream.concat(
                        site.guard().limits().stream(),
                        site.routes().stream().flatMap(route -> route.limits().stream())))
                .map(Limit::zone)
                .collect(Collectors.toSet());
    }

    /** What is asked for and not done, or does not do what it seems to: sentences for the user. */
    public List<String> notices() {
        List<String> notices = new ArrayList<>();
        for (UpstreamSettings upstream : upstreams) {
            if (upstream.healthCheck().kind() == HealthCheckSettings.Kind.TCP && datagramsOnly(upstream)) {
                notices.add(upstream.at() + ": the upstream " + upstream.name()
                        + " is asked by UDP and probed by TCP, so that its servers may count as down."
                        + " Write health_check off there, unless they listen on both.");
            }
        }
        return notices;
    }

    private boolean datagramsOnly(UpstreamSettings upstream) {
        List<StreamSettings> users = streams.stream()
                .filter(stream -> stream.upstream().text().equals(upstream.name()))
                .toList();
        return !users.isEmpty()
                && users.stream().allMatch(StreamSettings::udp)
                && sites.stream()
                        .flatMap(site -> site.routes().stream())
                        .noneMatch(route -> route.action() instanceof RouteAction.Forward forward
                                && forward.leadsTo(upstream.name()));
    }

    /** The constants of a bandit that its upstream does not name itself: those of the first server that leads to it. */
    AiSettings ai(String upstream) {
        for (SiteSettings site : sites) {
            for (RouteSettings route : site.routes()) {
                if (route.action() instanceof RouteAction.Forward forward && forward.leadsTo(upstream)) {
                    return site.ai();
                }
            }
        }
        return AiSettings.STANDARD;
    }

    private void checkNames(Section main) {
        Map<String, UpstreamSettings> byName = new HashMap<>();
        for (UpstreamSettings upstream : upstreams) {
            if (byName.put(upstream.name(), upstream) != null) {
                main.refuse(
                        upstream.at(),
                        "The upstream " + upstream.name() + " stands here twice.",
                        "Rename one of them.");
            }
        }
        streams.forEach(stream -> checkName(main, stream.upstream(), byName));
        for (SiteSettings site : sites) {
            for (RouteSettings route : site.routes()) {
                if (route.action() instanceof RouteAction.Forward forward) {
                    forward.shares().forEach(share -> checkName(main, share.name(), byName));
                    forward.mirror().ifPresent(share -> checkName(main, share.name(), byName));
                }
            }
        }
    }

    private static void checkName(Section main, Word name, Map<String, UpstreamSettings> known) {
        if (!known.containsKey(name.text())) {
            main.refuse(
                    name.at(),
                    "There is no upstream " + name.text() + ".",
                    NearestName.to(name.text(), new TreeSet<>(known.keySet()))
                            .map(n -> "Did you mean " + n + "?")
                            .orElse("Write it: upstream " + name.text() + " { server 127.0.0.1:9001; }"));
        }
    }
}
