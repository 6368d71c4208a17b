package phalanx.agents.cause;

import java.util.List;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Subject;

/**
 * A cause that may be the true one. Immutable, any thread.
 *
 * @param place where it is
 * @param confidence 0..1: of so many such judgements this share was right
 * @param evidence for and against, what weighs most first
 * @param missing what would have told more, but was not measured
 */
public record Hypothesis(
        Cause cause, Subject place, double confidence, List<Evidence> evidence, List<Measure> missing) {
    public Hypothesis {
        evidence = List.copyOf(evidence);
        missing = List.copyOf(missing);
    }
}
