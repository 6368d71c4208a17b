package phalanx.agents;

import java.util.Optional;
import phalanx.agents.Incident.Stage;
import phalanx.agents.observe.Observation;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Proposal;

/** An incident's way from trouble to a proposal that was tried without effect. On the loop's thread. */
final class Inquiry {
    /** Attempts that may fail before a person goes on. */
    static final int ATTEMPTS = 3;

    private final Docket docket;
    private final Crew crew;
    private final Fixer fixer;
    private final Pace pace;

    Inquiry(Docket docket, Crew crew, Fixer fixer, Pace pace) {
        this.docket = docket;
        this.crew = crew;
        this.fixer = fixer;
        this.pace = pace;
    }

    /** Looks for the cause. */
    void diagnosing(Incident incident, Observation seen) {
        if (incident.calm(crew.scout(), seen, pace.calm())) {
            docket.close(incident, Message.Ending.PASSED, "It ended by itself.");
        } else if (!docket.paused) {
            diagnose(incident, seen);
        }
    }

    /** Waits for the dry run. */
    void trying(Incident incident, Observation seen) {
        if (incident.past(incident.patience, seen.at())) {
            docket.stop(incident, "What the dry run came to did not arrive.");
        }
    }

    private void diagnose(Incident incident, Observation seen) {
        if (incident.failed.size() >= ATTEMPTS) {
            docket.escalate(
                    incident,
                    incident.failed.size() + " attempts failed. The last: "
                            + incident.failed.getLast().why());
            return;
        }
        Optional<Diagnosis> found =
                Diagnosis.of(crew.investigators(), incident.view(), seen, docket.environment.actAt());
        if (found.isEmpty()) {
            return;
        }
        Diagnosis diagnosis = found.get();
        boolean sure = diagnosis.confidence() > docket.environment.actAt();
        if (!sure && !incident.past(pace.patience(), seen.at())) {
            return;
        }
        Optional<String> pause = diagnosis
                .target()
                .flatMap(target -> docket.restraint.refusal(target, seen.at(), docket.environment))
                .filter(_ -> !incident.past(pace.verify(), seen.at()));
        if (pause.isPresent()) {
            return; // it will be over, or the vote tells why nothing is done
        }
        tell(incident, diagnosis);
        if (diagnosis.suggests() && diagnosis.confidence() >= docket.environment.askAt()) {
            propose(incident, diagnosis);
        } else {
            docket.escalate(incident, diagnosis.uncertain());
        }
    }

    private void tell(Incident incident, Diagnosis diagnosis) {
        docket.tell(new Message.Diagnosed(
                docket.now,
                incident.id,
                incident.proposals + 1,
                diagnosis.by(),
                diagnosis.look().hypotheses()));
    }

    private void propose(Incident incident, Diagnosis diagnosis) {
        Investigator.Suggestion suggestion = diagnosis.look().suggestion().orElseThrow();
        int number = ++incident.proposals;
        Proposal proposal = new Proposal(
                incident.id + "/" + number,
                incident.id,
                number,
                diagnosis.by(),
                suggestion.hypothesis(),
                suggestion.remedy(),
                suggestion.precedent());
        incident.to(Stage.TRYING, docket.now);
        incident.patience = fixer.longestTry(proposal.remedy());
        fixer.tryOut(proposal, docket.now);
    }
}
