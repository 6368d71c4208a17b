package phalanx.agents.observe;

import java.time.Instant;
import java.util.List;

/** A change that was put into force. @param commit its hash in full  @param files that it changed  @param by an agent's fix, not a person's change */
public record Deploy(Instant at, String commit, List<String> files, boolean fix) {
    public Deploy {
        files = List.copyOf(files);
    }
}
