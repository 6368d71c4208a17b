package phalanx.proxy.route;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phalanx.config.Directive;
import phalanx.config.Node;
import phalanx.config.Section;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.RequestHead;
import phalanx.proxy.http.Template;
import phalanx.proxy.http.TraceContext;
import phalanx.proxy.http.Variables;

/**
 * The request as a server gets it: without what belongs to the client's connection (RFC 9110 section 7.6.1), with what tells where it
 * came from, and with what the route asks for. Any thread.
 *
 * @param stripPrefix the route's prefix, taken off the path; empty to leave it
 * @param forwarded which fields tell of the client
 */
public record RequestRewrite(
        String stripPrefix,
        List<PathRewrite> paths,
        List<SetField> fields,
        Forwarded forwarded,
        boolean via,
        Set<String> upgrades) {
    /** A path that matches becomes another; {@code $1} stands for a group. */
    public record PathRewrite(Pattern pattern, String replacement) {}

    /** A field that the server gets with this value; an empty value removes it. */
    public record SetField(String name, Template value) {}

    /** Which fields tell the server who asked. */
    public enum Forwarded {
        OFF,
        X_FORWARDED,
        RFC_7239,
        BOTH
    }

    private static final String PLACES = "http server route";
    private static final Directive SET = Directive.of(
            PLACES,
            "proxy_set_header NAME VALUE",
            "",
            "A field that servers get, in place of the client's; an empty value removes it.");
    private static final Directive STRIP = Directive.of(
            "route", "strip_prefix on|off", "off", "Take the route's prefix off the path before it is sent.");
    private static final Directive REWRITE = Directive.of(
            "route",
            "rewrite REGEX REPLACEMENT",
            "",
            "A path that matches is sent as the replacement, $1 being a group.");
    private static final Directive FORWARDED = Directive.of(
            PLACES,
            "forwarded_headers off|x-forwarded|forwarded|both",
            "x-forwarded",
            "Which fields tell servers who asked: X-Forwarded-For, -Proto and -Host, or Forwarded (RFC 7239).");
    private static final Directive VIA =
            Directive.of(PLACES, "via on|off", "on", "Add Via to requests, as RFC 9110 asks of a gateway.");
    private static final Directive UPGRADES = Directive.of(
            PLACES, "upgrade_protocols NAME...", "websocket", "Protocols that clients may upgrade to; none for none.");

    public static final List<Directive> DIRECTIVES = List.of(SET, STRIP, REWRITE, FORWARDED, VIA, UPGRADES);

    private static final Map<String, Forwarded> CHOICES = Map.of(
            "off", Forwarded.OFF,
            "x-forwarded", Forwarded.X_FORWARDED,
            "forwarded", Forwarded.RFC_7239,
            "both", Forwarded.BOTH);

    /** Reads a route's block. */
    public static RequestRewrite from(Section section, RouteMatch match) {
        List<PathRewrite> paths = new ArrayList<>();
        for (Node node : section.all(REWRITE)) {
            RouteMatch.pattern(section, node.arguments().getFirst(), 0).ifPresent(pattern -> {
                for (int i = 1; i <= 9; i++) {
                    if (i > pattern.groupCount() && node.argument(1).contains("$" + i)) {
                        section.refuse(
                                node.arguments().get(1).at(),
                                "The expression has no group " + i + ".",
                                "It has " + pattern.groupCount() + ": write $1 and so on for those.");
                        return;
                    }
                }
                paths.add(new PathRewrite(pattern, node.argument(1)));
            });
        }
        List<SetField> fields = new ArrayList<>();
        for (Node node : section.nearest(SET)) {
            if (!FieldName.valid(node.argument(0))) {
                section.refuse(
                        node.arguments().getFirst().at(),
                        "\"" + node.argument(0) + "\" is no name of a field.",
                        "Write: " + SET.form());
                continue;
            }
            fields.add(new SetField(
                    node.argument(0),
                    Template.from(section, SET, node.arguments().get(1))));
        }
        boolean strip = section.flag(STRIP, false);
        if (strip && match.kind() == RouteMatch.Kind.REGEX) {
            section.refuse(section.at(), "strip_prefix means nothing for an expression.", "Use rewrite in its place.");
        }
        Set<String> upgrades = Set.copyOf(section.one(UPGRADES)
                .map(node -> node.arguments().stream()
                        .map(w -> w.text().toLowerCase(Locale.ROOT))
                        .distinct()
                        .toList())
                .orElse(List.of("websocket")));
        return new RequestRewrite(
                strip ? match.text() : "",
                List.copyOf(paths),
                List.copyOf(fields),
                section.choice(FORWARDED, CHOICES).orElse(Forwarded.X_FORWARDED),
                section.flag(VIA, true),
                upgrades);
    }

    /** The request to send. */
    RequestHead outgoing(Exchange exchange) {
        RequestHead request = exchange.request();
        String upgrade = upgrade(request);
        Fields fields = request.fields().forwarded();
        if (!request.authority().isEmpty()) { // the host it was routed by, whatever the Host field said
            fields.set(FieldName.HOST, request.authority());
        } else if (!fields.has(FieldName.HOST)) { // HTTP/1.0 need not name one, HTTP/1.1 must (RFC 9112 section 3.2)
            fields.set(FieldName.HOST, "");
        }
        if (forwarded == Forwarded.X_FORWARDED || forwarded == Forwarded.BOTH) {
            xForwarded(exchange, fields);
        }
        if (forwarded == Forwarded.RFC_7239 || forwarded == Forwarded.BOTH) {
            forwardedElement(exchange, fields);
        }
        if (upgrade != null && request.version() == 20 && !fields.has(FieldName.SEC_WEBSOCKET_KEY)) {
            byte[] key = new byte[16]; // HTTP/2 has none (RFC 8441 section 5)
            exchange.worker().random().nextBytes(key);
            fields.add(FieldName.SEC_WEBSOCKET_KEY, Base64.getEncoder().encodeToString(key));
        }
        if (via) {
            fields.add(
                    FieldName.VIA,
                    request.version() == 20 ? "2.0 phalanx" : request.version() == 10 ? "1.0 phalanx" : "1.1 phalanx");
        }
        if (!exchange.id().isEmpty()) {
            fields.set(FieldName.X_REQUEST_ID, exchange.id());
        }
        TraceContext trace = exchange.trace();
        if (trace != null) {
            fields.set(FieldName.TRACEPARENT, trace.traceparent());
        }
        for (SetField set : this.fields) {
            String value = set.value().fill(exchange);
            fields.remove(set.name());
            if (!value.isEmpty()) {
                fields.add(set.name(), value);
            }
        }
        return request.forServer(target(request.target()), fields, upgrade);
    }

    private @Nullable String upgrade(RequestHead request) {
        String asked = request.upgrade();
        return asked != null && upgrades.contains(asked.toLowerCase(Locale.ROOT)) ? asked : null;
    }

    private static void xForwarded(Exchange exchange, Fields fields) {
        RequestHead request = exchange.request();
        String before = fields.joined(FieldName.X_FORWARDED_FOR);
        String client = Variables.text(exchange.connection().client());
        fields.set(FieldName.X_FORWARDED_FOR, before == null || before.isEmpty() ? client : before + ", " + client);
        fields.set(FieldName.X_FORWARDED_PROTO, request.scheme());
        fields.remove(FieldName.X_REAL_IP);
        if (!request.authority().isEmpty()) {
            fields.set(FieldName.X_FORWARDED_HOST, request.authority());
        }
    }

    private static void forwardedElement(Exchange exchange, Fields fields) {
        RequestHead request = exchange.request();
        String client = Variables.text(exchange.connection().client());
        String element = "for=" + (client.contains(":") ? "\"[" + client + "]\"" : client) + ";proto="
                + request.scheme() + (request.authority().isEmpty() ? "" : ";host=\"" + request.authority() + "\"");
        String before = fields.joined(FieldName.FORWARDED);
        fields.set(FieldName.FORWARDED, before == null || before.isEmpty() ? element : before + ", " + element);
    }

    private String target(String target) {
        if (stripPrefix.isEmpty() && paths.isEmpty()) {
            return target;
        }
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question);
        if (!stripPrefix.isEmpty()) {
            if (!path.startsWith(stripPrefix)) { // written otherwise: what the route matched is what is sent
                path = RequestPath.encoded(Objects.requireNonNullElse(RequestPath.normalized(path), path));
            }
            path = path.startsWith(stripPrefix) ? path.substring(stripPrefix.length()) : path;
            path = path.startsWith("/") ? path : "/" + path;
        }
        for (PathRewrite rewrite : paths) {
            Matcher matcher = rewrite.pattern().matcher(path);
            if (matcher.find()) {
                String rewritten = matcher.replaceFirst(rewrite.replacement());
                path = rewritten.startsWith("/") && rewritten.chars().allMatch(c -> c > 0x20 && c < 0x7F && c != '#')
                        ? rewritten
                        : path;
                break;
            }
        }
        return path + query;
    }
}
