package phalanx.agents.cause;

import org.jspecify.annotations.Nullable;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Proof;
import phalanx.agents.observe.Subject;

/**
 * A measured fact that speaks for a cause, or against it. Immutable, any thread.
 *
 * @param weight how much it moved the judgement, as natural logarithm of the odds: above 0 for, below 0 against
 * @param proof the packets behind it; null for what no packets gave
 */
public record Evidence(
        Subject subject,
        Measure measure,
        Figure figure,
        double weight,
        @Nullable Proof proof) {
    /** No packets gave it. */
    public Evidence(Subject subject, Measure measure, Figure figure, double weight) {
        this(subject, measure, figure, weight, null);
    }
}
