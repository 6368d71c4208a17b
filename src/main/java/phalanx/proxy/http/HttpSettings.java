package phalanx.proxy.http;

import java.time.Duration;

/**
 * How a listener speaks HTTP with its clients. Any thread.
 *
 * @param limits how much of a head is read
 * @param headerTimeout from the first octet of a head to its last (standard 10 s)
 * @param bodyTimeout between two pieces of a request's body (standard 60 s)
 * @param bodyRate octets of a request's body that must come in a second (standard 0: any)
 * @param sendTimeout between two pieces of a response that the client takes (standard 60 s)
 * @param keepAliveTimeout how long a connection may stay without a request (standard 75 s)
 * @param keepAliveRequests requests on one connection (standard 100,000)
 * @param concurrentStreams streams of one HTTP/2 connection (standard 128)
 */
public record HttpSettings(
        Http1Limits limits,
        Duration headerTimeout,
        Duration bodyTimeout,
        long bodyRate,
        Duration sendTimeout,
        Duration keepAliveTimeout,
        long keepAliveRequests,
        int concurrentStreams) {
    public static final HttpSettings STANDARD = new HttpSettings(
            Http1Limits.STANDARD,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            0,
            Duration.ofSeconds(60),
            Duration.ofSeconds(75),
            100_000,
            128);
}
