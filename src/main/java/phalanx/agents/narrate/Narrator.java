package phalanx.agents.narrate;

import java.util.Optional;

/** Tells an incident to people. On a worker: a narrator may take seconds, and gives up when its thread is interrupted. */
@FunctionalInterface
public interface Narrator {
    /** Tells it; the narrative itself always stands. */
    Narration narrate(Narrative narrative) throws InterruptedException;

    /** The narrative as it is: words from templates, nothing else. At once. */
    static Narration template(Narrative narrative) {
        return new Narration(narrative, Optional.empty(), "");
    }
}
