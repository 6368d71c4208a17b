package phalanx.topology;

/**
 * Calls of one service by another, as their traces tell. Immutable, any thread.
 *
 * @param count of calls
 * @param failed of these
 * @param p50Nanos and {@code p99Nanos}: how long they took, as the caller saw it where it tells
 */
public record Calls(long count, long failed, long p50Nanos, long p99Nanos) {}
