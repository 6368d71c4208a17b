package phalanx.diagnose;

import java.util.List;

/** What one rule says of an investigation. */
public sealed interface Verdict {
    /** The captures cannot answer; {@code why} says what is missing. */
    record NotApplicable(String why) implements Verdict {}

    /** It was looked at and is not so. */
    record Healthy() implements Verdict {}

    /** It is so, at one or more places. */
    record Found(List<Finding> findings) implements Verdict {
        public Found {
            findings = List.copyOf(findings);
            if (findings.isEmpty()) {
                throw new IllegalArgumentException("found nothing");
            }
        }
    }

    /** {@link Healthy} for an empty list, else {@link Found}. */
    static Verdict of(List<Finding> findings) {
        return findings.isEmpty() ? new Healthy() : new Found(findings);
    }
}
