package phalanx.agents;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phalanx.agents.govern.EnvironmentPolicy;
import phalanx.agents.govern.Guardrail;
import phalanx.agents.govern.Restraint;
import phalanx.agents.govern.Trust;
import phalanx.agents.govern.TrustPolicy;
import phalanx.agents.observe.Observation;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Proposal;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.Tally;
import phalanx.agents.trail.Vote;

/** The vote on proposals: who is asked, what they say, what follows from it under the policy. On the loop's thread. */
record Poll(List<Voter> voters, TrustPolicy policy, Guardrail guardrail, Trust trust) {
    Poll {
        voters = List.copyOf(voters);
    }

    /** What follows from a vote. @param by whose word it is */
    record Verdict(Role by, Message.Decision decision, String reason, Tally tally) {}

    /** The ballot for a proposal. @param budgetSpent whether the error budget is */
    Ballot open(Message.Proposed proposed, Restraint restraint, boolean budgetSpent, Instant now) {
        Guardrail.Ruling ruling = guardrail.judge(proposed.proposal(), proposed.dryRun(), restraint, budgetSpent, now);
        Map<Role, Double> asked = new EnumMap<>(Role.class);
        voters.forEach(voter -> asked.put(voter.role(), trust.of(voter.role())));
        asked.put(Role.GUARDRAIL, trust.of(Role.GUARDRAIL));
        return new Ballot(proposed.proposal(), proposed.dryRun(), ruling, asked);
    }

    /** What all say but for who proposed, the Guardrail last. */
    List<Vote> votes(Ballot ballot, Incident.View incident, Observation seen) {
        List<Vote> votes = new ArrayList<>();
        for (Voter voter : voters) {
            if (voter.role() != ballot.proposal.by()) {
                votes.add(vote(ballot, voter.role(), voter.vote(ballot.proposal, ballot.dryRun, incident, seen)));
            }
        }
        votes.add(vote(
                ballot,
                Role.GUARDRAIL,
                switch (ballot.ruling) {
                    case Guardrail.Ruling.Allowed _ -> Voter.Opinion.yes("It keeps to the policy.");
                    case Guardrail.Ruling.AskHuman(String why) -> Voter.Opinion.yes("A person decides: " + why);
                    case Guardrail.Ruling.Refused(String _, String why) -> new Voter.Opinion(Vote.Choice.VETO, why);
                }));
        return votes;
    }

    private Vote vote(Ballot ballot, Role role, Voter.Opinion opinion) {
        return new Vote(ballot.proposal.id(), role, opinion.choice(), trust.of(role), opinion.reason());
    }

    /** Why what was approved is not begun: a person's yes may have taken its time. */
    Optional<String> refusal(Ballot ballot, Docket docket, boolean budgetSpent) {
        if (docket.paused) {
            return Optional.of("The agents are paused.");
        }
        Guardrail.Ruling now =
                guardrail.judge(ballot.proposal, ballot.dryRun, docket.restraint, budgetSpent, docket.now);
        return now instanceof Guardrail.Ruling.Refused(String _, String why)
                ? Optional.of("The policy allows it no more: " + why)
                : Optional.empty();
    }

    /** Counts what was said so far. */
    Verdict count(Ballot ballot) {
        Proposal proposal = ballot.proposal;
        EnvironmentPolicy environment = guardrail.environment();
        double needed = environment.approveAt().getOrDefault(proposal.remedy().risk(), 1.0);
        Tally tally =
                Tally.of(proposal.by(), ballot.asked, ballot.votes.values(), policy.quorum(), needed, policy.veto());
        if (ballot.ruling instanceof Guardrail.Ruling.Refused(String _, String why)) {
            return new Verdict(Role.GUARDRAIL, Message.Decision.REJECTED, why, tally);
        }
        if (!tally.accepted()) {
            return new Verdict(proposal.by(), Message.Decision.REJECTED, "The vote did not accept it.", tally);
        }
        if (!policy.enabled() || environment.mode() == EnvironmentPolicy.Mode.DRY_RUN) {
            return new Verdict(Role.GUARDRAIL, Message.Decision.DRY_RUN, "The policy is to try without effect.", tally);
        }
        return ballot.ruling instanceof Guardrail.Ruling.AskHuman(String why)
                ? new Verdict(Role.GUARDRAIL, Message.Decision.ASKED, why, tally)
                : new Verdict(proposal.by(), Message.Decision.APPROVED, "The vote accepted it.", tally);
    }
}
