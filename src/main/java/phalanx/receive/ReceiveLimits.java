package phalanx.receive;

import java.time.Duration;

/**
 * How much is taken. Immutable, any thread.
 *
 * @param mostOctets of a capture
 * @param mostTotal octets of all in the folder
 * @param mostFiles in the folder
 * @param slowest octets a second that a sender must keep up
 * @param patience over which that is measured, and within which a request must have begun
 */
public record ReceiveLimits(long mostOctets, long mostTotal, int mostFiles, long slowest, Duration patience) {
    /** 1 GiB a capture, 20 GiB and 1,000 captures in all. */
    public static final ReceiveLimits USUAL =
            new ReceiveLimits(1L << 30, 20L << 30, 1000, 1024, Duration.ofSeconds(10));
}
