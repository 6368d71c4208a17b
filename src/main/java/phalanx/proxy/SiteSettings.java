package phalanx.proxy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import phalanx.config.Directive;
import phalanx.config.HostPort;
import phalanx.config.Node;
import phalanx.config.Position;
import phalanx.config.Section;
import phalanx.config.Word;
import phalanx.proxy.guard.GuardSettings;
import phalanx.proxy.guard.client.LimitZone;
import phalanx.proxy.guard.inspect.WafSettings;
import phalanx.proxy.guard.rules.RuleBook;
import phalanx.proxy.http.HttpDirectives;
import phalanx.proxy.http.HttpSettings;
import phalanx.proxy.listen.TlsSettings;
import phalanx.proxy.listen.TrustSettings;
import phalanx.proxy.record.AccessLogSettings;
import phalanx.proxy.route.AiSettings;

/**
 * A {@code server} block of {@code http}. Any thread.
 *
 * @param names hosts it answers for, in lower case, {@code *.example.com} among them; empty for all that no other names
 */
record SiteSettings(
        Position at,
        List<HostPort> listens,
        List<String> names,
        boolean standard,
        boolean proxyHeaders,
        TrustSettings trust,
        HttpSettings http,
        Optional<TlsSettings> tls,
        GuardSettings guard,
        AiSettings ai,
        Optional<AccessLogSettings> log,
        List<RouteSettings> routes) {
    static final HostPort STANDARD_LISTEN = new HostPort(HostPort.LOOPBACK, 8080);
    static final Directive SERVER = Directive.of("http", "server { ... }", "", "What is answered at an address.");
    private static final Directive LISTEN = Directive.of(
            "server",
            "listen PORT|HOST:PORT [default_server] [proxy_protocol]",
            "127.0.0.1:8080",
            "Where clients come in; a port alone is on the loopback. TLS, HTTP/1 and HTTP/2 are told apart by their first octets.");
    private static final Directive NAMES = Directive.of(
            "server", "server_name NAME...", "", "The hosts it answers for; *.example.com for all below one.");

    static final List<Directive> DIRECTIVES = List.of(SERVER, LISTEN, NAMES);

    static SiteSettings from(
            Section http,
            Node node,
            Map<String, AccessLogSettings.Format> formats,
            Map<String, LimitZone> zones,
            Path folder) {
        Section section = http.inner(node);
        List<HostPort> listens = new ArrayList<>();
        boolean standard = false;
        boolean proxyHeaders = false;
        for (Node listen : section.all(LISTEN)) {
            section.read(
                            LISTEN,
                            listen.arguments().getFirst(),
                            "a port or HOST:PORT",
                            text -> HostPort.read(text, HostPort.LOOPBACK, 80))
                    .ifPresent(listens::add);
            for (Word word : listen.arguments().subList(1, listen.arguments().size())) {
                if (word.text().equals("default_server")) {
                    standard = true;
                } else if (word.text().equals("proxy_protocol")) {
                    proxyHeaders = true;
                } else if (!word.text().equals("ssl") && !word.text().equals("http2")) { // told by the first octets
                    section.refuse(
                            word.at(), "listen does not know \"" + word.text() + "\".", "Write: " + LISTEN.form());
                }
            }
        }
        if (listens.isEmpty()) {
            listens.add(STANDARD_LISTEN);
        }
        List<String> names = section.one(NAMES)
                .map(n -> n.arguments().stream()
                        .map(w -> w.text().toLowerCase(Locale.ROOT))
                        .filter(name -> !name.equals("_"))
                        .toList())
                .orElse(List.of());
        TrustSettings trust = TrustSettings.from(section);
        HttpSettings httpSettings = HttpDirectives.from(section);
        Optional<TlsSettings> tls = TlsSettings.from(section);
        GuardSettings guard = GuardSettings.from(section, called(names, listens), trust);
        AiSettings ai = AiSettings.from(section);
        Optional<AccessLogSettings> log = AccessLogSettings.from(formats, section, folder);
        Supplier<RuleBook> rules = WafSettings.rules(section, folder);
        List<RouteSettings> routes = new ArrayList<>();
        section.all(RouteSettings.ROUTE)
                .forEach(route ->
                        RouteSettings.from(section, route, folder, zones, rules).ifPresent(routes::add));
        section.all(RouteSettings.LOCATION)
                .forEach(route ->
                        RouteSettings.from(section, route, folder, zones, rules).ifPresent(routes::add));
        section.finish();
        return new SiteSettings(
                node.at(),
                List.copyOf(listens),
                names,
                standard,
                proxyHeaders,
                trust,
                httpSettings,
                tls,
                guard,
                ai,
                log,
                List.copyOf(routes));
    }

    private static String called(List<String> names, List<HostPort> listens) {
        String at = listens.stream().map(HostPort::toString).collect(Collectors.joining(" "));
        return names.isEmpty() ? at : String.join(" ", names) + " at " + at;
    }
}
