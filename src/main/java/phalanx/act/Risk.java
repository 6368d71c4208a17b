package phalanx.act;

/** How much a remedy can spoil. */
public enum Risk {
    /** Taken back in a second, seen by few: the share of a server. */
    LOW,
    /** Taken back in seconds, seen by all who use the service: a limit, a pool, a server less. */
    MEDIUM,
    /** Cannot be taken back at once: something outside is told to act. */
    HIGH
}
