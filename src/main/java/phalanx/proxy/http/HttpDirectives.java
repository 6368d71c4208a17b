package phalanx.proxy.http;

import java.time.Duration;
import java.util.List;
import phalanx.config.Directive;
import phalanx.config.Section;

/** The directives of {@link HttpSettings}. Any thread. */
public final class HttpDirectives {
    private static final String PLACES = "http server";
    private static final HttpSettings STANDARD = HttpSettings.STANDARD;
    private static final Directive HEADER_SIZE = Directive.of(
            PLACES, "client_header_size SIZE", "32k", "The largest header of a request; larger ones get 431.");
    private static final Directive HEADER_FIELDS =
            Directive.of(PLACES, "client_header_fields NUMBER", "100", "The most fields of a request; more get 431.");
    private static final Directive TARGET_SIZE =
            Directive.of(PLACES, "client_target_size SIZE", "8k", "The longest path and query; longer ones get 414.");
    private static final Directive HEADER_TIMEOUT = Directive.of(
            PLACES,
            "client_header_timeout TIME",
            "10s",
            "From the first octet of a header to its last; later ones get 408.");
    private static final Directive BODY_TIMEOUT = Directive.of(
            PLACES, "client_body_timeout TIME", "60s", "The longest silence of a client in the middle of a body.");
    private static final Directive BODY_RATE = Directive.of(
            PLACES,
            "client_body_min_rate SIZE",
            "0",
            "What must come of a body in a second, looked at over five; slower requests are given up, with 408 where no"
                    + " answer has begun. 0 for any.");
    private static final Directive SEND_TIMEOUT = Directive.of(
            PLACES, "send_timeout TIME", "60s", "The longest time in which a client takes nothing of an answer.");
    private static final Directive KEEP_ALIVE = Directive.of(
            PLACES,
            "keepalive_client_timeout TIME",
            "75s",
            "How long a client's connection may stay without a request.");
    private static final Directive KEEP_ALIVE_REQUESTS =
            Directive.of(PLACES, "keepalive_requests NUMBER", "100000", "Requests on one connection.");
    private static final Directive STREAMS = Directive.of(
            PLACES, "http2_max_concurrent_streams NUMBER", "128", "Requests at once on one HTTP/2 connection.");

    public static final List<Directive> DIRECTIVES = List.of(
            HEADER_SIZE,
            HEADER_FIELDS,
            TARGET_SIZE,
            HEADER_TIMEOUT,
            BODY_TIMEOUT,
            BODY_RATE,
            SEND_TIMEOUT,
            KEEP_ALIVE,
            KEEP_ALIVE_REQUESTS,
            STREAMS);

    private HttpDirectives() {}

    /** Reads them from a {@code server} block. */
    public static HttpSettings from(Section section) {
        return new HttpSettings(
                new Http1Limits(
                        Math.clamp(section.bytes(HEADER_SIZE, STANDARD.limits().headerBytes()), 512, 1 << 20),
                        (int) section.number(HEADER_FIELDS, STANDARD.limits().headerFields(), 1, 10_000),
                        Math.clamp(section.bytes(TARGET_SIZE, STANDARD.limits().targetBytes()), 64, 1 << 20)),
                least(section.time(HEADER_TIMEOUT, STANDARD.headerTimeout())),
                least(section.time(BODY_TIMEOUT, STANDARD.bodyTimeout())),
                section.bytes(BODY_RATE, STANDARD.bodyRate()),
                least(section.time(SEND_TIMEOUT, STANDARD.sendTimeout())),
                section.time(KEEP_ALIVE, STANDARD.keepAliveTimeout()),
                section.number(KEEP_ALIVE_REQUESTS, STANDARD.keepAliveRequests(), 1, Long.MAX_VALUE),
                (int) section.number(STREAMS, STANDARD.concurrentStreams(), 1, 10_000));
    }

    private static Duration least(Duration time) {
        return time.compareTo(Duration.ofMillis(250)) < 0 ? Duration.ofMillis(250) : time;
    }
}
