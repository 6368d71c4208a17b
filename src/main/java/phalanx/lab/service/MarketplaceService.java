package phalanx.lab.service;

import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import phalanx.config.HostPort;
import phalanx.lab.deploy.ServiceSettings;
import phalanx.lab.http.HttpCaller;
import phalanx.lab.http.HttpListener;
import phalanx.lab.http.Request;
import phalanx.run.Jobs;

/** An instance of a service at work in this process. Any thread. */
public final class MarketplaceService implements AutoCloseable {
    private static final int LONGEST_QUEUE = 200;
    private static final String OVERLOADED = "overloaded";
    private static final TextMapGetter<Request> FIELDS = new TextMapGetter<>() {
        @Override
        public @Nullable String get(@Nullable Request request, String name) {
            String value = request == null ? "" : request.header(name);
            return value.isEmpty() ? null : value;
        }
    };

    private volatile ServiceTelemetry telemetry;
    private volatile ServiceSettings settings;
    private ServiceTelemetry.Identity identity;
    private final Database database;
    private final Trouble trouble;
    private final OutgoingCalls calls;
    private final List<Business.Route> routes;
    private final Workers workers;
    private final HttpListener listener;
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * What an instance is started with.
     *
     * @param instance service and number: {@code quote-1}
     * @param port where it listens, 0 for any
     * @param dns the server that it asks for names
     * @param collector where telemetry goes: {@code http://127.0.0.1:4318}; empty for nowhere
     */
    public record Start(String instance, int port, InetSocketAddress dns, String collector) {
        /** As words of a command line. */
        public List<String> words() {
            return List.of(instance, Integer.toString(port), Integer.toString(dns.getPort()), collector);
        }

        static Start of(String[] words) {
            return new Start(
                    words[0],
                    Integer.parseInt(words[1]),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(words[2])),
                    words[3]);
        }

        String service() {
            return instance.substring(0, instance.lastIndexOf('-'));
        }
    }

    private MarketplaceService(Start start, String version, ServiceSettings first) throws SQLException, IOException {
        identity = new ServiceTelemetry.Identity(start.collector(), start.service(), start.instance(), version);
        telemetry = new ServiceTelemetry(identity);
        settings = first;
        database = new Database(schema(start.service()), () -> telemetry);
        database.resize(first.poolSize(), first.poolWaitMillis());
        telemetry.watch(database, underWay::get);
        trouble = new Trouble(database);
        calls = new OutgoingCalls(new HttpCaller(start.dns()), () -> telemetry);
        Business business =
                business(start.service(), new Business.Tools(database, () -> settings, calls, () -> telemetry));
        routes = business.routes();
        workers = new Workers(business.workers(), LONGEST_QUEUE);
        listener = new HttpListener(start.port(), this::take);
    }

    /**
     * Serves until the input ends: the whole of a process.
     *
     * @param words those of {@link Start#words}
     * @return the process's exit code
     */
    public static int run(String[] words) {
        Start start = Start.of(words);
        return new ParentLines(System.in, System.out)
                .serve((version, first) -> new MarketplaceService(start, version, first));
    }

    private static Database.Schema schema(String service) {
        return switch (service) {
            case "quote" -> QuoteService.SCHEMA;
            case "policy" -> PolicyService.SCHEMA;
            case "payment" -> PaymentService.SCHEMA;
            default -> BankService.SCHEMA;
        };
    }

    private static Business business(String service, Business.Tools tools) {
        return switch (service) {
            case "quote" -> new QuoteService(tools);
            case "policy" -> new PolicyService(tools);
            case "payment" -> new PaymentService(tools);
            default -> new BankService(tools);
        };
    }

    int port() {
        return listener.port();
    }

    Trouble trouble() {
        return trouble;
    }

    Database database() {
        return database;
    }

    /** Is like this from now on. */
    void deploy(String version, ServiceSettings changed) {
        settings = changed;
        database.resize(changed.poolSize(), changed.poolWaitMillis());
        if (!version.equals(identity.version())) {
            identity = identity.version(version);
            ServiceTelemetry next = new ServiceTelemetry(identity);
            next.watch(database, underWay::get);
            ServiceTelemetry before = telemetry;
            telemetry = next;
            Jobs.assistant("telemetry of before", before::close);
        }
    }

    /** On the event loop. */
    private void take(Request request) {
        if (trouble.hangs()) {
            return;
        }
        Optional<Business.Route> route =
                routes.stream().filter(one -> one.takes(request)).findFirst();
        if (route.isEmpty()) {
            request.answer(404, "{\"error\":\"not found\"}");
            return;
        }
        underWay.incrementAndGet();
        if (!workers.offer(() -> serve(request, route.get()))) {
            end(request, route.get(), span(request, route.get()), 503, OVERLOADED);
        }
    }

    private Span span(Request request, Business.Route route) {
        Context parent = W3CTraceContextPropagator.getInstance().extract(Context.root(), request, FIELDS);
        return telemetry
                .tracer()
                .spanBuilder(route.method() + " " + route.path())
                .setSpanKind(SpanKind.SERVER)
                .setParent(parent)
                .setStartTimestamp(Instant.now().minusNanos(System.nanoTime() - request.arrivedNanos()))
                .setAttribute("http.request.method", route.method())
                .setAttribute("http.route", route.path())
                .setAttribute("url.scheme", "http")
                .setAttribute("url.path", request.path())
                .setAttribute("server.address", HostPort.LOOPBACK)
                .setAttribute("server.port", listener.port())
                .startSpan();
    }

    /** On a worker. */
    private void serve(Request request, Business.Route route) {
        Span span = span(request, route);
        try (Scope _ = span.makeCurrent()) {
            trouble.strike();
            Business.Answer answer = route.work().answer(request);
            request.answer(answer.status(), answer.json());
            over(request, route, span, answer.status(), "");
        } catch (SQLException | HttpCaller.Unanswered | OutgoingCalls.Refused | RuntimeException | OutOfMemoryError e) {
            try (Scope _ = span.makeCurrent()) {
                span.recordException(e);
                telemetry.log(Severity.ERROR, route.method() + " " + route.path() + " failed", e);
            }
            end(request, route, span, status(e), ServiceTelemetry.type(e));
        }
    }

    private static int status(Throwable failure) {
        return switch (failure) {
            case SQLTransientConnectionException _ -> 503;
            case HttpCaller.Unanswered no -> no.why() == HttpCaller.Unanswered.Why.TIMEOUT ? 504 : 502;
            case OutgoingCalls.Refused _ -> 502;
            default -> 500;
        };
    }

    private void end(Request request, Business.Route route, Span span, int status, String error) {
        span.setStatus(StatusCode.ERROR).setAttribute("error.type", error);
        request.answer(status, "{\"error\":\"" + status + "\"}");
        over(request, route, span, status, error);
    }

    private void over(Request request, Business.Route route, Span span, int status, String error) {
        span.setAttribute("http.response.status_code", status).end();
        underWay.decrementAndGet();
        telemetry.served(route.method(), route.path(), status, error, System.nanoTime() - request.arrivedNanos());
    }

    @Override
    public void close() {
        listener.close();
        calls.close();
        database.close();
        telemetry.close();
    }
}
