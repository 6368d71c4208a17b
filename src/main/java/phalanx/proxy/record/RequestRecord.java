package phalanx.proxy.record;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.ExchangeTimes;
import phalanx.proxy.http.Failure;

/**
 * What was noted of an exchange: enough to find its packets on both sides. Long texts are cut in those that are over. Any thread.
 *
 * @param id in both logs and in X-Request-ID
 * @param startMillis when the request's head was whole, milliseconds since 1970
 * @param connection the number of the client's connection
 * @param client the client's end of its connection, as the kernel has it
 * @param from who asked: the client, or whom trusted proxies before us name
 * @param local our end of it
 * @param upstreamLocal our end of the connection to the server, null where there was none
 * @param upstreamPeer the server's end of it
 * @param reason why this server was chosen
 * @param injected faults made on purpose
 * @param guard what the guard found in the request, empty for nothing
 * @param chosenNanos from the request's head to the choice of the server that answered; 0 where there was none, as for all the others
 * @param connectNanos from the choice to a connection
 * @param headNanos from the connection to the first octet of the answer
 * @param totalNanos from the request's head to the end of the answer, or to now
 * @param endNanos its end, in {@link System#nanoTime}; 0 while it is under way
 * @param failure null where nothing failed
 */
public record RequestRecord(
        String id,
        long startMillis,
        long connection,
        @Nullable InetSocketAddress client,
        @Nullable InetSocketAddress from,
        @Nullable InetSocketAddress local,
        @Nullable InetSocketAddress upstreamLocal,
        @Nullable InetSocketAddress upstreamPeer,
        String method,
        String host,
        String target,
        String protocol,
        int status,
        long requestBytes,
        long responseBytes,
        String upstream,
        String reason,
        int attempts,
        String injected,
        String guard,
        long chosenNanos,
        long connectNanos,
        long headNanos,
        long totalNanos,
        long endNanos,
        @Nullable Failure failure) {

    /** What is known of an exchange now. On its event loop. */
    public static RequestRecord of(Exchange exchange) {
        ExchangeTimes times = exchange.times();
        return new RequestRecord(
                exchange.id(),
                times.startMillis,
                exchange.connection().number(),
                exchange.connection().peer(),
                exchange.clientAddress(),
                exchange.connection().local(),
                exchange.asked().local(),
                exchange.asked().peer(),
                exchange.request().method(),
                exchange.request().authority(),
                exchange.request().target(),
                exchange.request().protocol(),
                exchange.status(),
                exchange.requestBytes(),
                exchange.responseBytes(),
                exchange.asked().upstream(),
                exchange.asked().reason(),
                exchange.asked().attempts(),
                exchange.injected(),
                exchange.guard(),
                span(times.start, times.chosen),
                span(times.chosen, times.connected),
                span(times.connected, times.responseHead),
                span(times.start, times.end == 0 ? System.nanoTime() : times.end),
                times.end,
                exchange.failure());
    }

    /** Nanoseconds between two times, 0 where one of them is missing. */
    static long span(long from, long to) {
        return from == 0 || to == 0 ? 0 : Math.max(0, to - from);
    }

    /** Whether it is still under way. */
    public boolean active() {
        return endNanos == 0;
    }
}
