package phalanx.proxy;

import io.netty.handler.ssl.SslContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phalanx.config.HostPort;
import phalanx.proxy.fault.Faults;
import phalanx.proxy.guard.Gate;
import phalanx.proxy.guard.inspect.Waf;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.listen.ServerContext;
import phalanx.proxy.record.AccessLog;
import phalanx.proxy.record.LogFile;
import phalanx.proxy.record.LogFiles;
import phalanx.proxy.route.ConnectionPool;
import phalanx.proxy.route.ForwardTarget;
import phalanx.proxy.serve.CgiSettings;
import phalanx.proxy.serve.CgiTarget;
import phalanx.proxy.serve.StaticFiles;
import phalanx.proxy.serve.StaticSettings;
import phalanx.proxy.transport.Workers;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * Makes the sites that a configuration asks for. One at a time.
 *
 * @param watchers who is told of the exchanges of a site, given its access log
 */
record SiteMaker(
        Workers workers,
        List<ConnectionPool> pools,
        LogFiles logFiles,
        Gate.Shared guard,
        Function<@Nullable AccessLog, Watchers> watchers) {

    /** The sites by where they listen, in the order of the configuration. */
    Outcome<Map<HostPort, List<Site>>> of(ProxyConfig config, UpstreamSet.Prepared upstreams) {
        Map<HostPort, List<Site>> sites = new LinkedHashMap<>();
        for (SiteSettings settings : config.sites()) {
            switch (site(settings, config, upstreams)) {
                case Outcome.Ok<Site>(Site site) ->
                    settings.listens()
                            .forEach(at -> sites.computeIfAbsent(at, _ -> new ArrayList<>())
                                    .add(site));
                case Outcome.Failed<Site>(Problem problem) -> {
                    return Outcome.failed(problem);
                }
            }
        }
        return Outcome.ok(sites);
    }

    private Outcome<Site> site(SiteSettings settings, ProxyConfig config, UpstreamSet.Prepared upstreams) {
        Gate gate = new Gate(settings.guard(), guard);
        return tls(settings, config)
                .then(tls -> accessLog(settings)
                        .then(log -> Outcome.ok(new Site(
                                settings,
                                tls,
                                settings.routes().stream()
                                        .map(route -> route(gate, route, upstreams))
                                        .toList(),
                                watchers.apply(log.orElse(null)),
                                gate))));
    }

    private static Outcome<Optional<SslContext>> tls(SiteSettings settings, ProxyConfig config) {
        return settings.tls().isEmpty()
                ? Outcome.ok(Optional.empty())
                : ServerContext.of(settings.tls().get(), config.folder())
                        .then(context -> Outcome.ok(Optional.of(context)));
    }

    private Outcome<Optional<AccessLog>> accessLog(SiteSettings settings) {
        return settings.log()
                .map(log -> logFiles.of(log.target())
                        .<Optional<AccessLog>>then((LogFile file) -> Outcome.ok(Optional.of(new AccessLog(log, file)))))
                .orElse(Outcome.ok(Optional.empty()));
    }

    private Site.Route route(Gate gate, RouteSettings route, UpstreamSet.Prepared upstreams) {
        return new Site.Route(
                route,
                new Faults(route.faults()),
                target(route, upstreams),
                gate.limits(route.limits()),
                route.waf().map(waf -> new Waf(waf, gate.strikes())).orElse(null));
    }

    private Exchange.Handler target(RouteSettings route, UpstreamSet.Prepared upstreams) {
        return switch (route.action()) {
            case RouteAction.Forward(List<RouteAction.Share> shares, Optional<RouteAction.Share> mirror) ->
                new ForwardTarget(
                        shares.stream().map(share -> share(share, upstreams)).toList(),
                        mirror.map(share -> share(share, upstreams)),
                        route.request(),
                        route.forward(),
                        pools);
            case RouteAction.Return answer -> new FixedAnswer(answer);
            case RouteAction.Files(StaticSettings files) -> new StaticFiles(files, workers.disk());
            case RouteAction.Cgi(CgiSettings cgi) -> new CgiTarget(cgi, route.forward(), workers.transport());
        };
    }

    private static ForwardTarget.Share share(RouteAction.Share share, UpstreamSet.Prepared upstreams) {
        return new ForwardTarget.Share(upstreams.get(share.name().text()), share.weight());
    }
}
