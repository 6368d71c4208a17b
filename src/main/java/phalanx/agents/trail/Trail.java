package phalanx.agents.trail;

import phalanx.run.Outcome;

/** Where steps are kept before they count. On the loop's thread. */
public interface Trail {
    /** Keeps a step durably; after a failure the step has not happened. */
    Outcome<Boolean> keep(Message message);
}
