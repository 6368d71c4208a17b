package phalanx.inspect;

import java.util.Arrays;

/**
 * A request and its response on a TCP stream, and what its time went to. The first one of a stream has the name look-up, the connection
 * and the TLS handshake in it.
 *
 * @param stream number of the TCP stream
 * @param frame where the request begins
 * @param startNanos epoch nanoseconds: of the DNS query, of the SYN, or of the request
 * @param shares nanoseconds by {@link TimeShare#ordinal()}
 */
public record Transaction(int stream, long frame, long startNanos, long[] shares) {
    public Transaction {
        shares = Arrays.copyOf(shares, shares.length);
    }

    @Override
    public long[] shares() {
        return Arrays.copyOf(shares, shares.length);
    }

    /** Wall time, nanoseconds. */
    public long nanos() {
        return Arrays.stream(shares).sum();
    }
}
