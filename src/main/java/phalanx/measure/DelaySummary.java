package phalanx.measure;

/**
 * One-way delay over a segment on the aligned clocks, nanoseconds.
 *
 * @param samples packets seen at both ends
 */
public record DelaySummary(long samples, long minNanos, long medianNanos, long p95Nanos, long maxNanos) {}
