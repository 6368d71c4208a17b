package phalanx.agents.cause;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be wrong, as far as the agents know: a closed vocabulary, one word each in logs and memory. */
public enum Cause {
    /** Requests wait for connections to the database. */
    POOL_EXHAUSTED,
    /** Statements on a table take far longer than usual. */
    SLOW_QUERY,
    /** Something that a service depends on does not answer in time. */
    DEPENDENCY_TIMEOUT,
    /** An instance answers with errors that are its own. */
    SERVER_ERRORS,
    /** An instance fills its memory and collects garbage instead of working. */
    MEMORY_LEAK,
    /** An instance has no processor time left for requests. */
    CPU_SATURATED,
    /** Something changed, and with it the trouble began. */
    BAD_DEPLOY,
    /** An instance takes no connections. */
    DEAD_BACKEND,
    /** More is asked again than anew, and so nothing recovers. */
    RETRY_STORM,
    /** One client asks far more than all others. */
    CLIENT_FLOOD,
    /** The name of a dependency is not resolved. */
    DNS_FAILURE,
    /** The way to an instance is slow while the instance is not. */
    NETWORK_DELAY,
    /** The way to an instance loses connections while the instance is well. */
    NETWORK_LOSS;

    /** The cause of a word, empty for none that is known. */
    public static Optional<Cause> of(String word) {
        return Arrays.stream(values())
                .filter(cause -> cause.word().equals(word))
                .findFirst();
    }

    /** As logs and memory have it: {@code pool-exhausted}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
