package phalanx.agents;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phalanx.agents.Incident.Stage;
import phalanx.agents.observe.Observation;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.Tally;
import phalanx.agents.trail.Vote;

/** A proposal's way from the vote to a yes or a no: of the voters, of the policy, of a person who is asked. On the loop's thread. */
final class Approval {
    private final Docket docket;
    private final Poll poll;
    private final Watch scout;
    private final Pace pace;

    Approval(Docket docket, Poll poll, Watch scout, Pace pace) {
        this.docket = docket;
        this.poll = poll;
        this.scout = scout;
        this.pace = pace;
    }

    /** Counts when those who have not voted had time enough. */
    void voting(Incident incident, Observation seen) {
        if (incident.past(pace.vote(), seen.at())) {
            count(incident);
        }
        late(incident, seen);
    }

    /** Waits for a person, unless the trouble is over. */
    void asking(Incident incident, Observation seen) {
        if (incident.calm(scout, seen, pace.calm())) {
            docket.close(incident, Message.Ending.PASSED, "It ended while a person was asked.");
        } else if (incident.past(pace.answer(), seen.at())) {
            silence(incident);
        }
        late(incident, seen);
    }

    /** What was decided long ago and is not begun yet is not begun any more. */
    void late(Incident incident, Observation seen) {
        Ballot ballot = incident.ballot;
        if (incident.open()
                && ballot != null
                && !ballot.begun
                && ballot.decided != null
                && !seen.at().isBefore(ballot.decided.plus(Bus.OLDEST))) {
            docket.stop(incident, "What was decided did not arrive within " + Bus.OLDEST.toSeconds() + " s.");
        }
    }

    /** Puts a proposal to the vote. */
    void put(Incident incident, Message.Proposed proposed) {
        Observation seen = docket.observation;
        if (seen == null) {
            return;
        }
        Ballot ballot = poll.open(proposed, docket.restraint, scout.budgetSpent(), docket.now);
        incident.ballot = ballot;
        incident.to(Stage.VOTING, docket.now);
        poll.votes(ballot, incident.view(), seen)
                .forEach(vote -> docket.tell(new Message.Voted(docket.now, incident.id, vote)));
    }

    /** Counts when all have answered. */
    void voted(Incident incident, Vote vote) {
        incident.ballot(vote.proposal()).ifPresent(ballot -> {
            if (incident.stage() == Stage.VOTING && vote.voter() != Role.HUMAN) {
                ballot.votes.putIfAbsent(vote.voter(), vote);
                if (ballot.complete()) {
                    count(incident);
                }
            }
        });
    }

    private void count(Incident incident) {
        Ballot ballot = incident.ballot;
        if (ballot != null && ballot.decided == null) {
            Poll.Verdict verdict = poll.count(ballot);
            decide(incident, ballot, verdict.by(), verdict.decision(), verdict.reason(), verdict.tally());
        }
    }

    /** A person's answer to a proposal that waits for one. @return whether one waited, and takes it */
    boolean answer(String proposal, boolean yes, String says) {
        Optional<Incident> waiting =
                docket.incidents().stream().filter(one -> asks(one, proposal)).findFirst();
        if (waiting.isEmpty()) {
            return false;
        }
        Incident incident = waiting.get();
        Vote.Choice choice = yes ? Vote.Choice.YES : Vote.Choice.NO;
        docket.tell(new Message.Voted(docket.now, incident.id, new Vote(proposal, Role.HUMAN, choice, 1, says)));
        if (!asks(incident, proposal)) { // the bus had no room, which ends it
            return false;
        }
        incident.ballot(proposal).ifPresent(ballot -> decideAsPerson(incident, ballot, yes, says));
        return true;
    }

    private static boolean asks(Incident incident, String proposal) {
        return incident.stage() == Stage.ASKING
                && incident.ballot(proposal)
                        .filter(ballot -> ballot.decided == null)
                        .isPresent();
    }

    private void silence(Incident incident) {
        Ballot ballot = incident.ballot;
        if (ballot != null && ballot.decided == null) {
            decideAsPerson(incident, ballot, false, "Nobody answered, which is a no.");
        }
    }

    private void decideAsPerson(Incident incident, Ballot ballot, boolean yes, String says) {
        Message.Decision decision = yes ? Message.Decision.APPROVED : Message.Decision.REJECTED;
        decide(incident, ballot, Role.HUMAN, decision, says, null);
    }

    private void decide(
            Incident incident,
            Ballot ballot,
            Role by,
            Message.Decision decision,
            String reason,
            @Nullable Tally tally) {
        ballot.decided = docket.now;
        docket.tell(new Message.Decided(docket.now, incident.id, ballot.proposal.id(), by, decision, reason, tally));
    }

    /** What the policy allows no more is no attempt that failed. */
    private void approved(Incident incident, Ballot ballot) {
        Optional<String> refusal = poll.refusal(ballot, docket, scout.budgetSpent());
        if (refusal.isPresent()) {
            ballot.cutOff = true;
            decide(incident, ballot, Role.GUARDRAIL, Message.Decision.REJECTED, refusal.get(), null);
        } else {
            incident.to(Stage.ACTING, docket.now);
            docket.tell(new Message.Begun(docket.now, incident.id, ballot.proposal.id()));
        }
    }

    /** Does what was decided. */
    void decided(Incident incident, Message.Decided decided) {
        Ballot ballot = incident.ballot(decided.proposal()).orElse(null);
        if (ballot == null) {
            return;
        }
        switch (decided.decision()) {
            case APPROVED -> approved(incident, ballot);
            case ASKED -> {
                ballot.decided = null; // it is the person's now
                incident.to(Stage.ASKING, docket.now);
            }
            case DRY_RUN -> incident.to(Stage.WATCHING, docket.now);
            case REJECTED -> {
                if (incident.stage() == Stage.ASKING) {
                    docket.escalate(incident, "The proposal was refused: " + decided.reason());
                } else {
                    docket.again(incident, ballot, decided.reason());
                }
            }
        }
    }
}
