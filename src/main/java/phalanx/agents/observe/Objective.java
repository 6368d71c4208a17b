package phalanx.agents.observe;

/**
 * What users were promised: a figure of what they ask stays below a limit. Immutable, any thread.
 *
 * @param limit in the unit of the measure
 */
public record Objective(Subject subject, Measure measure, double limit) {
    /** Whether a moment breaks it; what was not measured breaks nothing. */
    public boolean broken(Observation observation) {
        return observation.now(subject, measure).orElse(0) > limit;
    }
}
