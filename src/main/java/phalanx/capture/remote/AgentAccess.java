package phalanx.capture.remote;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * By what agents are believed, and what they are shown. Immutable, any thread.
 *
 * @param fingerprints of certificates, as agents print them: {@code SHA256:...}
 * @param token null for none, and then no agent answers
 */
public record AgentAccess(
        Set<String> fingerprints, @Nullable HopToken token) {
    /** Believes nobody. */
    public static final AgentAccess NONE = new AgentAccess(Set.of(), null);

    public AgentAccess {
        fingerprints = Set.copyOf(fingerprints);
    }
}
