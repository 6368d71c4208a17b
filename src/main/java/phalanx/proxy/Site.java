package phalanx.proxy;

import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.fault.Faults;
import phalanx.proxy.guard.Gate;
import phalanx.proxy.guard.client.RateLimits;
import phalanx.proxy.guard.inspect.Waf;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.TraceContext;
import phalanx.proxy.route.RequestPath;
import phalanx.proxy.route.RouteTable;

/** A {@code server} block at work: takes an exchange through its stages. Any thread; an exchange stays on its event loop. */
final class Site implements Exchange.Handler {
    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final int LONGEST_ID = 64;

    /** A route at work. */
    record Route(
            RouteSettings settings,
            Faults faults,
            Exchange.Handler target,
            RateLimits limits,
            @Nullable Waf waf) implements Exchange.Handler {
        @Override
        public void handle(Exchange exchange) {
            if (faults.now().isEmpty()) {
                answer(exchange);
            } else {
                faults.apply(exchange, this::answer);
            }
        }

        private void answer(Exchange exchange) {
            settings.encoding().apply(exchange);
            target.handle(exchange);
        }
    }

    private final SiteSettings settings;
    private final Optional<SslContext> tls;
    private final List<Route> all;
    private final RouteTable<Route> routes = new RouteTable<>();
    private final Watchers watchers;
    private final boolean inspects;
    private final Gate gate;

    Site(SiteSettings settings, Optional<SslContext> tls, List<Route> all, Watchers watchers, Gate gate) {
        this.gate = gate;
        this.watchers = watchers;
        this.settings = settings;
        this.tls = tls;
        this.all = List.copyOf(all);
        inspects = all.stream()
                .anyMatch(route -> route.waf() != null && !route.waf().monitors());
        all.forEach(route -> routes.add(route.settings().match(), route));
    }

    SiteSettings settings() {
        return settings;
    }

    Optional<SslContext> tls() {
        return tls;
    }

    Gate gate() {
        return gate;
    }

    /** Its routes, in the order of the configuration. */
    List<Route> routes() {
        return all;
    }

    @Override
    public void handle(Exchange exchange) {
        exchange.id(id(exchange));
        watchers.begin(exchange);
        exchange.clientAddress(settings.trust()
                .client(exchange.connection(), exchange.request().fields()));
        if (gate.refuses(exchange)) {
            return;
        }
        String path = exchange.request().path();
        String normalized = path.equals("*") ? "/" : RequestPath.normalized(path);
        if (normalized == null) {
            exchange.failed(Failure.client(400, "The path leaves the root, or is badly encoded."));
            return;
        }
        Route route = routes.find(normalized);
        if (route == null) {
            if (inspects) {
                gate.watch(exchange); // who tries paths tries such as no route has
            }
            exchange.failed(Failure.proxy(
                    404, "destination_not_found", "No route leads from " + settings.at() + " to this path."));
            return;
        }
        long hold = route.limits().take(exchange);
        if (hold == 0) {
            admitted(exchange, route);
        } else if (hold != RateLimits.REFUSED) {
            exchange.worker()
                    .loop()
                    .schedule(
                            () -> {
                                if (!exchange.over()) {
                                    admitted(exchange, route);
                                }
                            },
                            hold,
                            TimeUnit.NANOSECONDS);
        }
    }

    private void admitted(Exchange exchange, Route route) {
        long most = route.settings().mostBody();
        if (most > 0 && exchange.request().contentLength() > most) {
            exchange.failed(Failure.client(413, "The body is larger than " + most + " bytes."));
            return;
        }
        if (route.settings().traced()) {
            exchange.trace(TraceContext.of(
                    exchange.request().fields().value(FieldName.TRACEPARENT),
                    exchange.worker().random()));
        }
        exchange.mostRequestBytes(most);
        route.settings().response().apply(exchange);
        Waf waf = route.waf();
        if (waf == null) {
            watchers.breakpoints().apply(exchange, route);
        } else {
            if (!waf.monitors()) {
                gate.watch(exchange);
            }
            waf.apply(exchange, inspected -> watchers.breakpoints().apply(inspected, route));
        }
    }

    /** The client's own id where it is a plain one, so that its log and ours can be joined; else a new one. */
    private static String id(Exchange exchange) {
        @Nullable String given = exchange.request().fields().value(FieldName.X_REQUEST_ID);
        if (given != null && !given.isEmpty() && given.length() <= LONGEST_ID && plain(given)) {
            return given;
        }
        SplittableRandom random = exchange.worker().random();
        char[] id = new char[32];
        for (int half = 0; half < 2; half++) {
            long bits = random.nextLong();
            for (int i = 0; i < 16; i++) {
                id[half * 16 + i] = HEX[(int) (bits >>> 4 * i) & 15];
            }
        }
        return new String(id);
    }

    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_')) {
                return false;
            }
        }
        return true;
    }
}
