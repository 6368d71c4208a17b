package phalanx.agents;

import java.util.Optional;
import java.util.stream.Stream;
import phalanx.act.Effect;
import phalanx.agents.Incident.Stage;
import phalanx.agents.govern.Guardrail;
import phalanx.agents.govern.Trust;
import phalanx.agents.observe.Observation;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Proposal;

/** An approved remedy's way: carried out, measured, then remembered or taken back. On the loop's thread. */
final class Execution {
    private final Docket docket;
    private final Crew crew;
    private final Fixer fixer;
    private final Guardrail guardrail;
    private final Trust trust;
    private final Pace pace;

    Execution(Docket docket, Crew crew, Fixer fixer, Guardrail guardrail, Trust trust, Pace pace) {
        this.docket = docket;
        this.crew = crew;
        this.fixer = fixer;
        this.guardrail = guardrail;
        this.trust = trust;
        this.pace = pace;
    }

    /** Goes on with what was begun before the program ended. */
    void resume(Incident incident, Resumption before) {
        Ballot ballot = incident.ballot;
        if (ballot == null) {
            return;
        }
        Optional<Message.Verified> verified = before.verified();
        if (verified.isEmpty()) {
            if (incident.stage() == Stage.ACTING) {
                fixer.lookFor(ballot.proposal, docket.now, ballot.wayBack);
            }
        } else if (before.learned()) {
            measured(incident, ballot, verified.get().healed());
        } else {
            verified(incident, verified.get());
        }
    }

    /** Measures whether it helped. */
    void verifying(Incident incident, Observation seen) {
        Ballot ballot = incident.ballot;
        if (ballot == null || !incident.past(pace.settle(), seen.at())) {
            return;
        }
        boolean healed = incident.calm(crew.scout(), seen, pace.calm());
        if (healed || worse(incident, ballot, seen) || incident.past(pace.verify(), seen.at())) {
            incident.to(Stage.TAKING_BACK, docket.now); // or nothing, when it healed
            ballot.verified = new Message.Verified(
                    docket.now,
                    incident.id,
                    ballot.proposal.id(),
                    healed,
                    crew.scout().figures(incident.signals, seen));
            docket.tell(ballot.verified);
        }
    }

    /** Whether it became much worse since the remedy was carried out; what was under way then is not held against it. */
    private boolean worse(Incident incident, Ballot ballot, Observation seen) {
        return incident.past(pace.harm(), seen.at())
                && crew.scout()
                        .worse(
                                Stream.concat(incident.signals.stream(), ballot.before.stream())
                                        .toList(),
                                seen);
    }

    /** Looks what became of a remedy of which nothing was heard: a bus may have lost it. */
    void acting(Incident incident, Observation seen) {
        Ballot ballot = incident.ballot;
        if (ballot != null
                && ballot.begun
                && !ballot.acted
                && incident.past(fixer.longest(ballot.proposal.remedy()), seen.at())) {
            incident.to(Stage.ACTING, docket.now);
            fixer.lookFor(ballot.proposal, docket.now, ballot.wayBack);
        }
    }

    /** Takes back what was measured long ago, whether the bus is there or not, and again where nothing was heard of it. */
    void takingBack(Incident incident, Observation seen) {
        Ballot ballot = incident.ballot;
        if (ballot == null || ballot.verified == null || !incident.past(Bus.OLDEST, seen.at())) {
            return;
        }
        docket.take(ballot.verified);
        if (incident.stage() == Stage.TAKING_BACK
                && incident.past(fixer.longest(ballot.proposal.remedy()), seen.at())) {
            incident.to(Stage.TAKING_BACK, docket.now);
            measured(incident, ballot, ballot.verified.healed());
        }
    }

    /** Carries it out, once. @param kept whether the trail says that it is about to be */
    void begin(Incident incident, String id, boolean kept) {
        Ballot ballot = incident.ballot(id).orElse(null);
        if (ballot == null || ballot.begun) {
            return;
        }
        ballot.begun = true;
        Proposal proposal = ballot.proposal;
        if (docket.paused || !kept) {
            String why = docket.paused
                    ? "The agents were paused before it was carried out."
                    : "The step could not be kept, so it was not taken.";
            docket.tell(new Message.Acted(docket.now, incident.id, id, Effect.FAILED, why, ""));
            return;
        }
        ballot.restrains = true;
        docket.restraint.begin(proposal.remedy().target(), id, docket.now);
        fixer.carryOut(proposal, ballot.dryRun, guardrail, docket.now);
    }

    /** It was carried out, or not. */
    void acted(Incident incident, Message.Acted acted) {
        Ballot ballot = incident.ballot(acted.proposal()).orElse(null);
        if (ballot == null || ballot.acted) {
            return;
        }
        if (incident.stage() != Stage.ACTING) {
            ballot.acted = true;
            left(incident);
            return;
        }
        ballot.acted = true;
        ballot.wayBack = acted.wayBack();
        switch (acted.effect()) {
            case DONE -> {
                ballot.before = docket.signals;
                ballot.cutOff = false;
                incident.to(Stage.VERIFYING, docket.now);
            }
            case FAILED -> {
                ended(ballot, false);
                docket.again(incident, ballot, acted.says());
            }
            case UNKNOWN -> {
                ended(ballot, false);
                docket.escalate(incident, acted.leftToCheck());
            }
        }
    }

    /** A person goes on: what is over at its target keeps nobody from it any more. */
    void left(Incident incident) {
        Ballot ballot = incident.ballot;
        if (ballot != null && ballot.acted && incident.stage() == Stage.WATCHING) {
            ended(ballot, false);
        }
    }

    /** It was measured: memory and trust learn from it. */
    void verified(Incident incident, Message.Verified verified) {
        Ballot ballot = incident.ballot(verified.proposal()).orElse(null);
        if (ballot == null) {
            return;
        }
        boolean healed = verified.healed();
        crew.memory().outcome(incident.view(), ballot.proposal, healed);
        docket.tell(new Message.Learned(
                docket.now, incident.id, ballot.proposal.id(), trust.outcome(ballot.votes.values(), healed)));
        measured(incident, ballot, healed);
    }

    private void measured(Incident incident, Ballot ballot, boolean healed) {
        if (healed) {
            ended(ballot, true);
            docket.close(incident, Message.Ending.HEALED, "It ended by: " + ballot.dryRun.says());
        } else {
            fixer.takeBack(ballot.proposal, docket.now, ballot.wayBack);
        }
    }

    /** It was taken back, or could not be. */
    void takenBack(Incident incident, Message.TakenBack back) {
        Ballot ballot = incident.ballot(back.proposal()).orElse(null);
        if (ballot == null || incident.stage() != Stage.TAKING_BACK) {
            return;
        }
        ended(ballot, false);
        if (back.done()) {
            docket.again(incident, ballot, "It was carried out and did not help.");
        } else {
            docket.escalate(incident, back.leftToDo());
        }
    }

    private void ended(Ballot ballot, boolean healed) {
        if (!ballot.restrains) {
            return; // it was never begun, and another may be under way there
        }
        ballot.restrains = false;
        docket.restraint.end(ballot.proposal.remedy().target(), healed, docket.now, docket.environment);
    }
}
