package phalanx.agents;

import java.util.function.Supplier;
import phalanx.act.DryRun;
import phalanx.agents.observe.Observation;
import phalanx.agents.trail.Proposal;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.Vote;

/** A voter that says what a test tells it to. */
record ToldVoter(Role role, Supplier<Vote.Choice> choice) implements Voter {
    @Override
    public Opinion vote(Proposal proposal, DryRun dryRun, Incident.View incident, Observation seen) {
        return new Opinion(choice.get(), "told to");
    }
}
