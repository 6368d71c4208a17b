package phalanx.agents.memory;

import java.time.Instant;
import phalanx.act.Remedy;
import phalanx.agents.cause.Cause;

/**
 * A remedy that was carried out once, and what came of it. Immutable, any thread.
 *
 * @param signature what the incident looked like, in words
 * @param vector of the signature
 * @param service where the cause was
 * @param healed whether the remedy ended the trouble
 */
public record Precedent(
        String incident,
        Instant at,
        String signature,
        float[] vector,
        Cause cause,
        String service,
        Remedy.Kind remedy,
        boolean healed) {
    /** Whether another one tells of the same remedy against the same incident. */
    public boolean same(Precedent other) {
        return incident.equals(other.incident)
                && cause == other.cause
                && service.equals(other.service)
                && remedy == other.remedy
                && healed == other.healed;
    }
}
