package phalanx.proxy.record;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.Failure;

/**
 * What was noted of an exchange: enough to find its packets on both sides. Long texts are cut. Any thread.
 *
 * @param id in both logs and in X-Request-ID
 * @param startMillis when the request's head was whole, milliseconds since 1970
 * @param connection the number of the client's connection
 * @param client the client's end of its connection, as the kernel has it
 * @param local our end of it
 * @param upstreamLocal our end of the connection to the server, null where there was none
 * @param upstreamPeer the server's end of it
 * @param reason why this server was chosen
 * @param injected faults made on purpose
 * @param connectNanos from the choice to a connection; 0 where there was none, as for all the others
 * @param headNanos from the connection to the first octet of the answer
 * @param totalNanos from the request's head to the end of the answer
 * @param endNanos its end, in {@link System#nanoTime}
 * @param failure null where nothing failed
 */
public record RequestRecord(
        String id,
        long startMillis,
        long connection,
        @Nullable InetSocketAddress client,
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
        long connectNanos,
        long headNanos,
        long totalNanos,
        long endNanos,
        @Nullable Failure failure) {}
