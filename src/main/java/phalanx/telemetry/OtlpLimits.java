package phalanx.telemetry;

import java.time.Duration;

/**
 * How much is received. Immutable, any thread.
 *
 * @param mostOctets of a message, unpacked
 * @param mostComing octets of all messages that are under way together
 * @param mostConnections at once, of both kinds together
 * @param mostSpans that are held, and log records as many; older ones go
 * @param mostSeries that are held, with {@code mostPoints} each
 * @param patience within which a message must have begun after its connection, and have come after its begin
 */
public record OtlpLimits(
        int mostOctets,
        long mostComing,
        int mostConnections,
        int mostSpans,
        int mostSeries,
        int mostPoints,
        Duration patience) {
    /**
     * 8 MiB a message, twice what the collector takes; 256 connections, of which a service may have three; 100,000 spans, which take some
     * 60 MB.
     */
    public static final OtlpLimits USUAL =
            new OtlpLimits(8 << 20, 64L << 20, 256, 100_000, 2_000, 3_600, Duration.ofSeconds(30));

    /** For a process of 512 MiB: a tenth of the spans, and ten minutes of series. */
    public static final OtlpLimits SMALL =
            new OtlpLimits(4 << 20, 16L << 20, 16, 10_000, 1_000, 600, Duration.ofSeconds(30));
}
