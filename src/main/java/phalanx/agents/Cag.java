package phalanx.agents;

import java.util.List;
import java.util.Optional;
import phalanx.act.DryRun;
import phalanx.act.Remedy;
import phalanx.agents.cause.Calibration;
import phalanx.agents.cause.Cause;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.memory.Precedent;
import phalanx.agents.memory.Precedents;
import phalanx.agents.memory.Signature;
import phalanx.agents.observe.Inventory;
import phalanx.agents.observe.Observation;
import phalanx.agents.trail.Proposal;
import phalanx.agents.trail.Role;

/**
 * Answers from memory (cache-augmented generation, without the generation): an incident that looks like one that was healed gets the remedy
 * of that time at once, if the figures of this moment bear the cause out. It also remembers for the others which remedies failed. On the
 * loop's thread.
 */
final class Cag implements Investigator, Voter, Memory {
    /** What the figures must make of the cause by themselves. */
    private static final double BORNE_OUT = 0.8;

    private final Precedents precedents;
    private final Inventory inventory;
    private final RemedyBook remedies;
    private final Calibration calibration;

    Cag(Precedents precedents, Inventory inventory, RemedyBook remedies, Calibration calibration) {
        this.precedents = precedents;
        this.inventory = inventory;
        this.remedies = remedies;
        this.calibration = calibration;
    }

    @Override
    public Role role() {
        return Role.CAG;
    }

    @Override
    public Look look(Incident.View view, Observation observation) {
        float[] vector = precedents.vector(Signature.of(observation));
        List<Hypothesis> judged = Brain.judge(observation, view, inventory, calibration);
        for (Precedents.Match match : precedents.like(vector)) {
            Precedent precedent = match.precedent();
            Optional<Hypothesis> again = judged.stream()
                    .filter(one -> one.cause() == precedent.cause()
                            && one.place().of().equals(precedent.service())
                            && one.confidence() >= BORNE_OUT)
                    .findFirst();
            if (!precedent.healed() || again.isEmpty() || precedent.cause() == Cause.CLIENT_FLOOD) {
                continue; // nor does anything follow from one client's flood for another client
            }
            Optional<Remedy> remedy = remedies.of(again.get(), view.since(), observation).stream()
                    .filter(one -> one.kind() == precedent.remedy() && !view.tried(again.get(), one))
                    .findFirst();
            if (remedy.isPresent()) {
                Hypothesis sure = surer(again.get(), match);
                return new Look(List.of(sure), Optional.of(new Suggestion(sure, remedy.get(), precedent.incident())));
            }
        }
        return Look.NOTHING;
    }

    /** The figures and the memory may each be wrong: both together only where both are. */
    private Hypothesis surer(Hypothesis now, Precedents.Match match) {
        Precedent precedent = match.precedent();
        double known =
                match.similarity() * precedents.success(precedent.cause(), precedent.service(), precedent.remedy());
        double confidence = 1 - (1 - now.confidence()) * (1 - known);
        return new Hypothesis(now.cause(), now.place(), confidence, now.evidence(), now.missing());
    }

    @Override
    public Opinion vote(Proposal proposal, DryRun dryRun, Incident.View view, Observation observation) {
        Hypothesis hypothesis = proposal.hypothesis();
        double success = precedents.success(
                hypothesis.cause(), hypothesis.place().of(), proposal.remedy().kind());
        return success < 0.5
                ? Opinion.no("It was tried for this before and mostly failed.")
                : Opinion.yes(
                        success > 0.5 ? "It has helped against this before." : "Nothing in memory speaks against it.");
    }

    @Override
    public void outcome(Incident.View view, Proposal proposal, boolean healed) {
        Hypothesis hypothesis = proposal.hypothesis();
        Precedent precedent = new Precedent(
                view.id(),
                view.since(),
                view.signature(), // the next one will look like this when it is noticed
                precedents.vector(view.signature()),
                hypothesis.cause(),
                hypothesis.place().of(),
                proposal.remedy().kind(),
                healed);
        if (precedents.all().stream().anyMatch(precedent::same)) {
            return; // kept right before a kill, and measured again
        }
        calibration.outcome(hypothesis.cause(), healed);
        if (!view.signature().isEmpty()) {
            precedents.add(precedent);
        }
    }
}
