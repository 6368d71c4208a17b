package phalanx.agents;

import java.util.List;
import java.util.Optional;
import phalanx.agents.observe.Observation;
import phalanx.agents.trail.Role;

/** What the investigators come to together. Immutable, any thread. @param by whose look it is */
record Diagnosis(Role by, Investigator.Look look) {
    /**
     * The look of the first who is sure, else the best of all; empty where there is nobody to look.
     *
     * @param sure confidence above which nobody else is asked
     */
    static Optional<Diagnosis> of(
            List<Investigator> investigators, Incident.View incident, Observation seen, double sure) {
        Optional<Diagnosis> best = Optional.empty();
        for (Investigator investigator : investigators) {
            Diagnosis next = new Diagnosis(investigator.role(), investigator.look(incident, seen));
            if (next.suggests() && next.confidence() > sure) {
                return Optional.of(next);
            }
            if (best.isEmpty() || next.isBetterThan(best.get())) {
                best = Optional.of(next);
            }
        }
        return best;
    }

    /** Whether it has something to propose. */
    boolean suggests() {
        return look.suggestion().isPresent();
    }

    /** What it proposes to do something to; empty where it proposes nothing. */
    Optional<String> target() {
        return look.suggestion().map(one -> one.remedy().target());
    }

    /** In what it proposes; 0 where that is nothing. */
    double confidence() {
        return look.suggestion().map(one -> one.hypothesis().confidence()).orElse(0.0);
    }

    private boolean isBetterThan(Diagnosis other) {
        return confidence() > other.confidence() || !other.suggests() && suggests();
    }

    /** One sentence for the person who goes on. */
    String uncertain() {
        return look.hypotheses().isEmpty()
                ? "The figures fit no cause that the agents know."
                : "The cause cannot be told for certain. Likeliest: "
                        + look.hypotheses().getFirst().cause().word() + " at "
                        + look.hypotheses().getFirst().place() + ".";
    }
}
