package phalanx.proxy.admin;

import io.netty.util.internal.PlatformDependent;
import java.util.Collection;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import phalanx.proxy.route.AiPredictive;
import phalanx.proxy.route.Health;
import phalanx.proxy.route.Server;
import phalanx.proxy.route.Upstream;

/** The counters in Prometheus' text format, version 0.0.4. Any thread. */
final class PrometheusText {
    private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999};

    private final StringBuilder out = new StringBuilder(4096);

    static String of(AdminControl control) {
        return new PrometheusText().write(control);
    }

    private String write(AdminControl control) {
        ProxyMetrics metrics = control.metrics();
        head("phalanx_connections", "gauge", "Client connections that are open.");
        line("phalanx_connections", "", metrics.connections.sum());
        head("phalanx_connections_accepted_total", "counter", "Client connections accepted.");
        line("phalanx_connections_accepted_total", "", metrics.connectionsAccepted.sum());
        head("phalanx_http_active", "gauge", "Requests under way.");
        line("phalanx_http_active", "", metrics.active());
        head("phalanx_http_requests_total", "counter", "Requests that are over, however they ended.");
        line("phalanx_http_requests_total", "", metrics.requests.sum());
        head(
                "phalanx_http_responses_total",
                "counter",
                "Responses by the class of their status; 499 is a client that went away.");
        for (int i = 1; i < metrics.classes.length; i++) {
            line("phalanx_http_responses_total", "{code=\"" + i + "xx\"}", metrics.classes[i].sum());
        }
        line("phalanx_http_responses_total", "{code=\"499\"}", metrics.clientGone.sum());
        head(
                "phalanx_http_messages_refused_total",
                "counter",
                "Messages that were no request that could be understood in one way only.");
        line("phalanx_http_messages_refused_total", "", metrics.refused.sum());
        head(
                "phalanx_http_leaks_total",
                "counter",
                "Answers that showed stack traces, errors of databases, lists of files or private keys, where waf_leaks is on.");
        line("phalanx_http_leaks_total", "", metrics.leaks.sum());
        head("phalanx_http_request_bytes_total", "counter", "Bytes of the bodies of requests.");
        line("phalanx_http_request_bytes_total", "", metrics.requestBytes.sum());
        head("phalanx_http_response_bytes_total", "counter", "Bytes of the bodies of responses.");
        line("phalanx_http_response_bytes_total", "", metrics.responseBytes.sum());
        head("phalanx_log_lines_lost_total", "counter", "Lines of logs that the disk did not take.");
        line("phalanx_log_lines_lost_total", "", metrics.logLinesLost().sum());
        head("phalanx_spans_dropped_total", "counter", "Requests whose spans the collector did not take.");
        line("phalanx_spans_dropped_total", "", metrics.spansDropped().sum());
        times(metrics.micros());
        guard(control);
        upstreams(control.upstreams());
        head("phalanx_heap_bytes", "gauge", "Java heap in use.");
        line(
                "phalanx_heap_bytes",
                "",
                Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        head("phalanx_direct_memory_bytes", "gauge", "Memory of network buffers.");
        line("phalanx_direct_memory_bytes", "", PlatformDependent.usedDirectMemory());
        return out.toString();
    }

    private void times(Histogram micros) {
        head("phalanx_http_request_duration_seconds", "summary", "From a request's header to the end of its response.");
        for (double quantile : QUANTILES) {
            out.append("phalanx_http_request_duration_seconds{quantile=\"")
                    .append(quantile)
                    .append("\"} ")
                    .append(String.format(Locale.ROOT, "%.6f", micros.getValueAtPercentile(quantile * 100) / 1e6))
                    .append('\n');
        }
        out.append("phalanx_http_request_duration_seconds_sum ")
                .append(String.format(Locale.ROOT, "%.6f", micros.getMean() * micros.getTotalCount() / 1e6))
                .append('\n');
        line("phalanx_http_request_duration_seconds_count", "", micros.getTotalCount());
    }

    private void guard(AdminControl control) {
        ProxyMetrics metrics = control.metrics();
        head(
                "phalanx_guard_refused_total",
                "counter",
                "Requests that the guard refused: attacks and bans 403, limits 429, bodies longer than are inspected 413.");
        line("phalanx_guard_refused_total", "{code=\"403\"}", metrics.denied.sum());
        line("phalanx_guard_refused_total", "{code=\"429\"}", metrics.limited.sum());
        line("phalanx_guard_refused_total", "{code=\"413\"}", metrics.tooLong.sum());
        head("phalanx_connections_dropped_total", "counter", "Connections closed before anything of them was read.");
        line("phalanx_connections_dropped_total", "", metrics.dropped.sum());
        head("phalanx_guard_bans", "gauge", "Clients that are banned.");
        line("phalanx_guard_bans", "", control.guard().reputation().count());
    }

    private void upstreams(Collection<Upstream> upstreams) {
        head("phalanx_upstream_active", "gauge", "Requests that a server serves now.");
        each(upstreams, "phalanx_upstream_active", Server::active);
        head("phalanx_upstream_requests_total", "counter", "Requests sent to a server.");
        each(upstreams, "phalanx_upstream_requests_total", Server::requests);
        head(
                "phalanx_upstream_failures_total",
                "counter",
                "Requests that failed on the server's side, answers of 5xx included.");
        each(upstreams, "phalanx_upstream_failures_total", Server::failures);
        head("phalanx_upstream_up", "gauge", "Whether a server gets requests.");
        each(upstreams, "phalanx_upstream_up", s -> s.health().state() == Health.State.UP ? 1 : 0);
        head("phalanx_upstream_latency_seconds", "gauge", "Smoothed time to the first octet of a server's answers.");
        for (Upstream upstream : upstreams) {
            for (Server server : upstream.servers()) {
                out.append("phalanx_upstream_latency_seconds")
                        .append(labels(upstream, server))
                        .append(' ')
                        .append(String.format(
                                Locale.ROOT, "%.6f", server.latency().millis() / 1e3))
                        .append('\n');
            }
        }
        head(
                "phalanx_upstream_reward",
                "gauge",
                "What the bandit believes of a server, 0 to 1; -1 before it was tried.");
        for (Upstream upstream : upstreams) {
            if (upstream.balancer() instanceof AiPredictive bandit) {
                for (Server server : upstream.servers()) {
                    out.append("phalanx_upstream_reward")
                            .append(labels(upstream, server))
                            .append(' ')
                            .append(String.format(Locale.ROOT, "%.4f", bandit.score(server)))
                            .append('\n');
                }
            }
        }
    }

    private void each(Collection<Upstream> upstreams, String name, ToLongFunction<Server> value) {
        for (Upstream upstream : upstreams) {
            for (Server server : upstream.servers()) {
                line(name, labels(upstream, server), value.applyAsLong(server));
            }
        }
    }

    private static String labels(Upstream upstream, Server server) {
        return "{upstream=\"" + escaped(upstream.name()) + "\",server=\"" + escaped(server.toString()) + "\"}";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private void head(String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, String labels, long value) {
        out.append(name).append(labels).append(' ').append(value).append('\n');
    }
}
