package phalanx.proxy.trace;

import java.util.List;
import java.util.Optional;
import phalanx.config.Directive;
import phalanx.config.HostPort;
import phalanx.config.Section;

/**
 * Where spans go. Any thread.
 *
 * @param collector takes OTLP over HTTP, usually on port 4318
 */
public record TraceSettings(HostPort collector, String serviceName) {
    private static final Directive EXPORTER = Directive.of(
            "main", "otel_exporter HOST:PORT", "", "The collector that spans are sent to, as OTLP over HTTP in JSON.");
    private static final Directive NAME =
            Directive.of("main", "otel_service_name NAME", "phalanx-proxy", "What spans call this service.");
    private static final Directive TRACE = Directive.of(
            "http server route",
            "otel_trace on|off",
            "off",
            "Make spans of requests and pass the trace on by traceparent.");

    public static final List<Directive> DIRECTIVES = List.of(EXPORTER, NAME, TRACE);

    /** Reads what stands outside all blocks; empty where no spans are sent. */
    public static Optional<TraceSettings> from(Section main) {
        String name = main.text(NAME).orElse(NAME.standard());
        return main.read(EXPORTER, "HOST:PORT", text -> HostPort.read(text, HostPort.LOOPBACK, 4318))
                .map(collector -> new TraceSettings(collector, name));
    }

    /** Whether a route's requests are traced. */
    public static boolean traced(Section route) {
        return route.flag(TRACE, false);
    }
}
