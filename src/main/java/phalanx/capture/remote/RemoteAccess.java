package phalanx.capture.remote;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * All that the ways to other machines need. Immutable, any thread.
 *
 * @param push who waits for agents that come by themselves, null for nobody
 * @param patience how long a line that was cut is tried again, and an agent that is to come is waited for
 */
public record RemoteAccess(
        SshAccess ssh, AgentAccess agent, @Nullable PushListener push, Duration patience) {
    /** As long as a machine needs to start anew. */
    public static final Duration USUAL_PATIENCE = Duration.ofSeconds(60);
}
