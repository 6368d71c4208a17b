package phalanx.agents;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phalanx.act.DryRun;
import phalanx.act.Remedy;
import phalanx.agents.cause.Calibration;
import phalanx.agents.cause.Causes;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.cause.Weighing;
import phalanx.agents.observe.Inventory;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Subject;
import phalanx.agents.trail.Proposal;
import phalanx.agents.trail.Role;

/**
 * Works the cause out from the figures. Each cause at each place is weighed; the odds of all, and of none of them, are what the confidence
 * is made from. A judgement counts in full only after it has been the same for some seconds. One thread.
 */
final class Brain implements Investigator, Voter {
    /** Looks after which a judgement counts in full. */
    private static final int STEADY = 4;
    /** Hypotheses told of. */
    private static final int TOLD = 5;

    private final Inventory inventory;
    private final RemedyBook remedies;
    private final Calibration calibration;
    private final Map<String, Integer> steady = new HashMap<>();
    private String lastIncident = "";

    Brain(Inventory inventory, RemedyBook remedies, Calibration calibration) {
        this.inventory = inventory;
        this.remedies = remedies;
        this.calibration = calibration;
    }

    @Override
    public Role role() {
        return Role.BRAIN;
    }

    /** The causes with their confidence, likeliest first, as the figures of one moment have it. */
    static List<Hypothesis> judge(
            Observation observation, Incident.View incident, Inventory inventory, Calibration calibration) {
        List<Weighing> weighed = new Causes(observation, incident.since(), inventory).weighed();
        double sum = 1; // none of them
        for (Weighing one : weighed) {
            sum += one.hasSupport() ? Math.exp(one.odds()) : 0;
        }
        List<Hypothesis> hypotheses = new ArrayList<>();
        for (Weighing one : weighed) {
            hypotheses.add(one.hypothesis(calibration.confidence(one.cause(), Math.exp(one.odds()) / sum)));
        }
        hypotheses.sort(Comparator.comparingDouble(Hypothesis::confidence).reversed());
        return hypotheses;
    }

    @Override
    public Look look(Incident.View incident, Observation observation) {
        if (!incident.id().equals(lastIncident)) {
            steady.clear();
            lastIncident = incident.id();
        }
        List<Hypothesis> judged = sameCauseElsewhere(judge(observation, incident, inventory, calibration));
        if (judged.isEmpty()) {
            return Look.NOTHING;
        }
        String first = key(judged.getFirst());
        steady.keySet().removeIf(known -> !known.equals(first));
        double share = Math.min(1, steady.merge(first, 1, Integer::sum) / (double) STEADY);
        List<Hypothesis> told = judged.stream()
                .limit(TOLD)
                .map(one -> new Hypothesis(
                        one.cause(), one.place(), one.confidence() * share, one.evidence(), one.missing()))
                .toList();
        return new Look(told, suggestion(incident, observation, told));
    }

    /** What is wrong with both instances of a service is one cause at the service: their confidence adds up. */
    private static List<Hypothesis> sameCauseElsewhere(List<Hypothesis> judged) {
        List<Hypothesis> joined = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (Hypothesis one : judged) {
            String service = one.cause() + " " + one.place().of();
            Integer before = places.get(service);
            if (before == null) {
                places.put(service, joined.size());
                joined.add(one);
            } else {
                Hypothesis first = joined.get(before);
                joined.set(
                        before,
                        new Hypothesis(
                                first.cause(),
                                first.place(),
                                Math.min(1, first.confidence() + one.confidence()),
                                first.evidence(),
                                first.missing()));
            }
        }
        joined.sort(Comparator.comparingDouble(Hypothesis::confidence).reversed());
        return joined;
    }

    private static String key(Hypothesis hypothesis) {
        Subject place = hypothesis.place();
        return hypothesis.cause() + " " + place.of();
    }

    /** Of what another proposes: whether the figures of this moment bear its cause out. */
    @Override
    public Opinion vote(Proposal proposal, DryRun dryRun, Incident.View incident, Observation observation) {
        Hypothesis proposed = proposal.hypothesis();
        List<Hypothesis> judged = sameCauseElsewhere(judge(observation, incident, inventory, calibration));
        boolean likeliest = !judged.isEmpty() && key(judged.getFirst()).equals(key(proposed));
        return likeliest
                ? Opinion.yes("The figures bear the cause out.")
                : Opinion.no("The figures fit another cause better"
                        + (judged.isEmpty()
                                ? "."
                                : ": " + judged.getFirst().cause().word() + " at "
                                        + judged.getFirst().place() + "."));
    }

    /** The first remedy for the likeliest cause that was not tried; that of the next where all were. */
    private Optional<Suggestion> suggestion(Incident.View incident, Observation observation, List<Hypothesis> told) {
        for (Hypothesis hypothesis : told) {
            for (Remedy remedy : remedies.of(hypothesis, incident.since(), observation)) {
                if (!incident.tried(hypothesis, remedy)) {
                    return Optional.of(new Suggestion(hypothesis, remedy, ""));
                }
            }
        }
        return Optional.empty();
    }
}
