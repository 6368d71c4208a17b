package phalanx.agents;

import phalanx.act.DryRun;
import phalanx.agents.observe.Observation;
import phalanx.agents.trail.Proposal;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.Vote;

/** Judges what another proposes, by facts alone. On the loop's thread, within milliseconds. */
interface Voter {
    Role role();

    Opinion vote(Proposal proposal, DryRun dryRun, Incident.View incident, Observation observation);

    /** @param reason one sentence */
    record Opinion(Vote.Choice choice, String reason) {
        static Opinion yes(String reason) {
            return new Opinion(Vote.Choice.YES, reason);
        }

        static Opinion no(String reason) {
            return new Opinion(Vote.Choice.NO, reason);
        }
    }
}
