package phalanx.proxy.http;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client's connection before its first request. Any thread.
 *
 * @param number counts the connections of this process, from 1 on
 * @param local the address it was accepted on
 * @param peer the other end of it as the kernel has it
 * @param client who is behind it: the peer, or whom a trusted PROXY header names
 * @param tls what was agreed on, null on a plain connection
 */
public record ClientConnection(
        long number,
        InetSocketAddress local,
        InetSocketAddress peer,
        InetSocketAddress client,
        @Nullable Tls tls) {
    /**
     * @param serverName the name the client asked for (SNI), or null
     * @param clientSubject the subject of the client's certificate, or null where it gave none
     */
    public record Tls(
            String protocol,
            String cipher,
            @Nullable String serverName,
            @Nullable String clientSubject) {}
}
