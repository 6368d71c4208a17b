package phalanx.agents;

import java.util.List;
import java.util.Optional;
import phalanx.act.Remedy;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.observe.Observation;
import phalanx.agents.trail.Role;

/** Finds the cause of an incident and a remedy: CAG by memory, Brain by the figures. On the loop's thread, within milliseconds. */
interface Investigator {
    Role role();

    /** Looks at it now; what it says may change as more is seen. */
    Look look(Incident.View incident, Observation observation);

    /**
     * What it thinks.
     *
     * @param hypotheses likeliest first; none where it knows nothing to say
     * @param suggestion what it would do; empty where it knows nothing that was not tried
     */
    record Look(List<Hypothesis> hypotheses, Optional<Suggestion> suggestion) {
        public Look {
            hypotheses = List.copyOf(hypotheses);
        }

        static final Look NOTHING = new Look(List.of(), Optional.empty());
    }

    /** A remedy for a hypothesis. @param precedent the incident that it is known from, empty where it was worked out */
    record Suggestion(Hypothesis hypothesis, Remedy remedy, String precedent) {}
}
