package phalanx.casefile;

/**
 * A change as it was recorded. Immutable, any thread.
 *
 * @param number of the entry in the audit trail, from 1 on
 * @param at when, ISO 8601 in UTC
 * @param who did it: a user, an agent, {@code phalanx} itself
 */
public record Recorded<T extends Change>(long number, String at, String who, T what) {}
