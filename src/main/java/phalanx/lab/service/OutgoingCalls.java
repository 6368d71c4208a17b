package phalanx.lab.service;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import phalanx.lab.deploy.ServiceSettings;
import phalanx.lab.http.HttpCaller;

/** Calls to other services, with a span each that the service called goes on with. On workers. */
final class OutgoingCalls implements AutoCloseable {
    private final HttpCaller caller;
    private final Supplier<ServiceTelemetry> telemetry;

    OutgoingCalls(HttpCaller caller, Supplier<ServiceTelemetry> telemetry) {
        this.caller = caller;
        this.telemetry = telemetry;
    }

    /** The service called answered, and not with what was asked for. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String service, int status) {
            super(service + " answered " + status);
        }
    }

    /** Sends a request; the answer is a good one. */
    String call(String service, ServiceSettings.Dependency to, String method, String path, String body)
            throws HttpCaller.Unanswered, Refused {
        Span span = telemetry
                .get()
                .tracer()
                .spanBuilder(method)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("http.request.method", method)
                .setAttribute("url.full", "http://" + to.at() + path)
                .setAttribute("server.address", to.at().host())
                .setAttribute("server.port", to.at().port())
                .setAttribute("peer.service", service)
                .startSpan();
        try {
            Map<String, String> headers = new HashMap<>();
            W3CTraceContextPropagator.getInstance().inject(Context.current().with(span), headers, Map::put);
            HttpCaller.Reply reply = caller.call(
                    new HttpCaller.Call(method, to.at(), path, body, headers, Duration.ofMillis(to.limitMillis())));
            span.setAttribute("http.response.status_code", reply.status());
            if (reply.status() >= 400) {
                span.setAttribute("error.type", Integer.toString(reply.status()))
                        .setStatus(StatusCode.ERROR);
                throw new Refused(service, reply.status());
            }
            return reply.body();
        } catch (HttpCaller.Unanswered e) {
            span.recordException(e)
                    .setAttribute("error.type", e.why().name().toLowerCase(Locale.ROOT))
                    .setStatus(StatusCode.ERROR, String.valueOf(e.getMessage()));
            throw e;
        } finally {
            span.end();
        }
    }

    @Override
    public void close() {
        caller.close();
    }
}
