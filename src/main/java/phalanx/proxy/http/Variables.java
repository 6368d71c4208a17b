package phalanx.proxy.http;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@code $name} stands for in configuration texts; names and meanings are nginx's. Any thread. */
public final class Variables {
    private static final DateTimeFormatter COMMON_LOG =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss xx", Locale.ROOT);
    private static final Map<String, Function<Exchange, @Nullable String>> KNOWN = known();

    private Variables() {}

    private static Map<String, Function<Exchange, @Nullable String>> known() {
        Map<String, Function<Exchange, @Nullable String>> known = new HashMap<>();
        known.put("host", e -> e.request().host());
        known.put("request_method", e -> e.request().method());
        known.put("request_uri", e -> e.request().target());
        known.put("uri", e -> e.request().path());
        known.put("args", e -> e.request().query());
        known.put("query_string", e -> e.request().query());
        known.put("is_args", e -> e.request().query() == null ? "" : "?");
        known.put("scheme", e -> e.request().scheme());
        known.put("https", e -> e.request().scheme().equals("https") ? "on" : "");
        known.put("server_protocol", e -> e.request().protocol());
        known.put(
                "request",
                e -> e.request().method() + " " + e.request().target() + " "
                        + e.request().protocol());
        known.put("remote_addr", e -> text(e.clientAddress()));
        known.put("remote_port", e -> Integer.toString(e.clientAddress().getPort()));
        known.put("realip_remote_addr", e -> text(e.connection().peer()));
        known.put("server_addr", e -> text(e.connection().local()));
        known.put("server_port", e -> Integer.toString(e.connection().local().getPort()));
        known.put("connection", e -> Long.toString(e.connection().number()));
        known.put("request_id", Exchange::id);
        known.put("request_length", e -> Long.toString(e.requestBytes()));
        known.put("content_length", e -> e.request().fields().value(FieldName.CONTENT_LENGTH));
        known.put("content_type", e -> e.request().fields().value(FieldName.CONTENT_TYPE));
        known.put("status", e -> Integer.toString(e.status()));
        known.put("body_bytes_sent", e -> Long.toString(e.responseBytes()));
        known.put("bytes_sent", e -> Long.toString(e.responseBytes()));
        known.put("request_time", e -> seconds(e.times().start, end(e)));
        known.put("msec", e -> String.format(Locale.ROOT, "%.3f", e.times().startMillis / 1e3));
        known.put("time_iso8601", e -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(when(e).withNano(0)));
        known.put("time_local", e -> COMMON_LOG.format(when(e)));
        known.put("upstream_name", e -> e.asked().upstream());
        known.put("upstream_reason", e -> e.asked().reason());
        known.put("upstream_tries", e -> Integer.toString(e.asked().attempts()));
        known.put("upstream_addr", e -> endpoint(e.asked().peer()));
        known.put("upstream_local_addr", e -> endpoint(e.asked().local()));
        known.put("upstream_connect_time", e -> seconds(e.times().chosen, e.times().connected));
        known.put("upstream_header_time", e -> seconds(e.times().connected, e.times().responseHead));
        known.put("upstream_response_time", e -> seconds(e.times().connected, end(e)));
        known.put("proxy_add_x_forwarded_for", Variables::forwardedFor);
        known.put("ssl_protocol", e -> tls(e, ClientConnection.Tls::protocol));
        known.put("ssl_cipher", e -> tls(e, ClientConnection.Tls::cipher));
        known.put("ssl_server_name", e -> tls(e, ClientConnection.Tls::serverName));
        known.put("ssl_client_s_dn", e -> tls(e, ClientConnection.Tls::clientSubject));
        known.put("failed_side", e -> failed(e, f -> f.side().name().toLowerCase(Locale.ROOT)));
        known.put("fault", Exchange::injected);
        known.put("otel_trace_id", e -> trace(e, TraceContext::traceId));
        known.put("otel_span_id", e -> trace(e, TraceContext::server));
        known.put("failure", e -> failed(e, Failure::error));
        return known;
    }

    /** The value of a name, or null for a name that means nothing. */
    static @Nullable Function<Exchange, @Nullable String> of(String name) {
        Function<Exchange, @Nullable String> fixed = KNOWN.get(name);
        if (fixed != null) {
            return fixed;
        }
        if (name.startsWith("http_")) {
            String field = name.substring(5).replace('_', '-');
            return e -> e.request().fields().value(field);
        }
        if (name.startsWith("sent_http_")) {
            String field = name.substring(10).replace('_', '-');
            return e -> {
                ResponseHead head = e.response();
                return head == null ? null : head.fields().value(field);
            };
        }
        if (name.startsWith("arg_")) {
            String argument = name.substring(4);
            return e -> argument(e.request().query(), argument);
        }
        if (name.startsWith("cookie_")) {
            String cookie = name.substring(7);
            return e -> cookie(e.request().fields().joined(FieldName.COOKIE), cookie);
        }
        return null;
    }

    /** All fixed names, and the beginnings of the others. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(KNOWN.keySet());
        names.add("http_NAME");
        names.add("sent_http_NAME");
        names.add("arg_NAME");
        names.add("cookie_NAME");
        return names;
    }

    private static @Nullable String tls(Exchange exchange, Function<ClientConnection.Tls, @Nullable String> part) {
        ClientConnection.Tls tls = exchange.connection().tls();
        return tls == null ? null : part.apply(tls);
    }

    private static @Nullable String trace(Exchange exchange, Function<TraceContext, String> part) {
        TraceContext trace = exchange.trace();
        return trace == null ? null : part.apply(trace);
    }

    private static @Nullable String failed(Exchange exchange, Function<Failure, String> part) {
        Failure failure = exchange.failure();
        return failure == null ? null : part.apply(failure);
    }

    private static String forwardedFor(Exchange exchange) {
        String before = exchange.request().fields().joined(FieldName.X_FORWARDED_FOR);
        String client = text(exchange.connection().client());
        return before == null || before.isEmpty() ? client : before + ", " + client;
    }

    /** The address without its port. */
    public static String text(InetSocketAddress address) {
        String text = address.getAddress().getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** The address with its port; null for none. */
    public static @Nullable String endpoint(@Nullable InetSocketAddress address) {
        return address == null
                ? null
                : text(address).contains(":")
                        ? "[" + text(address) + "]:" + address.getPort()
                        : text(address) + ":" + address.getPort();
    }

    private static long end(Exchange exchange) {
        return exchange.times().end == 0 ? System.nanoTime() : exchange.times().end;
    }

    private static @Nullable String seconds(long from, long to) {
        return from == 0 || to == 0 || to < from ? null : String.format(Locale.ROOT, "%.3f", (to - from) / 1e9);
    }

    private static ZonedDateTime when(Exchange exchange) {
        return Instant.ofEpochMilli(exchange.times().startMillis).atZone(ZoneId.systemDefault());
    }

    private static @Nullable String argument(@Nullable String query, String name) {
        if (query == null) {
            return null;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals >= 0 && pair.substring(0, equals).equals(name)) {
                return pair.substring(equals + 1);
            }
        }
        return null;
    }

    private static @Nullable String cookie(@Nullable String cookies, String name) {
        if (cookies == null) {
            return null;
        }
        for (String pair : cookies.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals >= 0 && pair.substring(0, equals).strip().equals(name)) {
                return pair.substring(equals + 1);
            }
        }
        return null;
    }
}
