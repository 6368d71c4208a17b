package phalanx.proxy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import phalanx.config.Directive;
import phalanx.config.Node;
import phalanx.config.Position;
import phalanx.config.Section;
import phalanx.proxy.encode.EncodingSettings;
import phalanx.proxy.fault.Fault;
import phalanx.proxy.fault.Faults;
import phalanx.proxy.guard.client.Limit;
import phalanx.proxy.guard.client.LimitZone;
import phalanx.proxy.guard.inspect.WafSettings;
import phalanx.proxy.guard.rules.RuleBook;
import phalanx.proxy.route.ForwardSettings;
import phalanx.proxy.route.RequestRewrite;
import phalanx.proxy.route.ResponseRewrite;
import phalanx.proxy.route.RouteMatch;
import phalanx.proxy.serve.CgiSettings;
import phalanx.proxy.serve.StaticSettings;
import phalanx.proxy.trace.TraceSettings;

/** A {@code route} block. Any thread. */
record RouteSettings(
        Position at,
        RouteMatch match,
        RouteAction action,
        RequestRewrite request,
        ResponseRewrite response,
        EncodingSettings encoding,
        ForwardSettings forward,
        long mostBody,
        boolean traced,
        List<Fault> faults,
        List<Limit> limits,
        Optional<WafSettings> waf) {
    static final Directive ROUTE = Directive.of(
            "server", "route [=|^~|~|~*] PATH { ... }", "", "Requests whose path matches, as nginx's location.");
    static final Directive LOCATION =
            Directive.of("server", "location [=|^~|~|~*] PATH { ... }", "", "The same as route.");
    private static final Directive MOST_BODY = Directive.of(
            "http server route",
            "client_max_body_size SIZE",
            "0",
            "The largest body of a request; larger ones get 413; 0 for any.");

    static final List<Directive> DIRECTIVES = List.of(ROUTE, LOCATION, MOST_BODY);

    /** Reads a block; empty when it cannot be used at all. */
    static Optional<RouteSettings> from(
            Section server, Node node, Path folder, Map<String, LimitZone> zones, Supplier<RuleBook> rules) {
        Section section = server.inner(node);
        Optional<RouteMatch> match = RouteMatch.from(server, node);
        List<RouteAction> actions = new ArrayList<>();
        RouteAction.forward(section).ifPresent(actions::add);
        RouteAction.answer(section).ifPresent(actions::add);
        Optional<CgiSettings> cgi = CgiSettings.from(
                section,
                StaticSettings.root(section)
                        .map(root -> folder.resolve(root).toString())
                        .orElse(""));
        Optional<StaticSettings> files =
                StaticSettings.from(section, match.map(RouteMatch::text).orElse("/"), folder);
        if (cgi.isPresent()) {
            actions.add(new RouteAction.Cgi(cgi.get()));
        } else if (files.isPresent()) {
            actions.add(new RouteAction.Files(files.get()));
        }
        RouteMatch matched = match.orElse(new RouteMatch(RouteMatch.Kind.PREFIX, "/", null));
        RequestRewrite request = RequestRewrite.from(section, matched);
        ResponseRewrite response = ResponseRewrite.from(section);
        EncodingSettings encoding = EncodingSettings.from(section);
        ForwardSettings forward = ForwardSettings.from(section);
        boolean traced = TraceSettings.traced(section);
        List<Fault> faults = Faults.from(section);
        List<Limit> limits = Limit.from(section, zones);
        Optional<WafSettings> waf = WafSettings.from(section, rules);
        long mostBody = section.bytes(MOST_BODY, 0);
        section.finish();
        if (actions.size() != 1) {
            server.refuse(
                    node.at(),
                    actions.isEmpty() ? "This route leads nowhere." : "This route leads to more than one place.",
                    "Give it one of: upstream NAME; root FOLDER; fastcgi_pass HOST:PORT; uwsgi_pass HOST:PORT; return STATUS;");
            return Optional.empty();
        }
        return match.map(m -> new RouteSettings(
                node.at(),
                m,
                actions.getFirst(),
                request,
                response,
                encoding,
                forward,
                mostBody,
                traced,
                faults,
                limits,
                waf));
    }
}
