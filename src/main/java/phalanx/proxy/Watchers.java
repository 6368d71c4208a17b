package phalanx.proxy;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.admin.ProxyMetrics;
import phalanx.proxy.breakpoint.Breakpoints;
import phalanx.proxy.guard.client.GuardLog;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.record.AccessLog;
import phalanx.proxy.record.ActiveRequests;
import phalanx.proxy.record.Recording;
import phalanx.proxy.record.RequestLog;
import phalanx.proxy.trace.SpanExporter;

/** Who is told of every exchange of a site. Any thread; an exchange is told on its event loop. */
record Watchers(
        ProxyMetrics metrics,
        RequestLog log,
        ActiveRequests active,
        Recording recording,
        Breakpoints breakpoints,
        GuardLog guard,
        @Nullable AccessLog accessLog,
        Supplier<@Nullable SpanExporter> spans) {

    /** An exchange begins; its end is told by itself. */
    void begin(Exchange exchange) {
        metrics.begin();
        active.begin(exchange);
        exchange.whenOver(this::over);
        recording.apply(exchange);
    }

    private void over(Exchange exchange) {
        active.end(exchange);
        metrics.over(exchange);
        log.add(exchange);
        Failure failure = exchange.failure();
        if (failure != null && failure.isDenied()) {
            guard.refused(exchange);
        }
        SpanExporter exporter = spans.get();
        if (exporter != null && exchange.trace() != null) {
            exporter.add(exchange);
        }
        if (accessLog != null) {
            accessLog.add(exchange);
        }
    }
}
