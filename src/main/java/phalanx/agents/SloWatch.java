package phalanx.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import phalanx.act.DryRun;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Objective;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Subject;
import phalanx.agents.trail.Proposal;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.Signal;
import phalanx.anomaly.AnomalyDetector;
import phalanx.anomaly.RandomCutForestModel;

/**
 * The Scout: what users were promised, watched second by second. An objective must be broken for a while, so that one bad second is none;
 * a Random Cut Forest that has learned each figure makes that shorter where the value is unlike all before it. On the loop's thread.
 */
final class SloWatch implements Watch, Voter {
    /** So long it must be broken. */
    private static final Duration MEANT = Duration.ofSeconds(2);
    /** So long where the forest, too, has seen nothing like it. */
    private static final Duration MEANT_AND_UNLIKE = Duration.ofSeconds(1);
    /** What is no longer slow or failing is well below its limit, not just at it. */
    private static final double WELL = 0.9;
    /** Requests a second below which nothing can be said. */
    private static final double FEWEST = 1;
    /** So much more of the requests fail, or take so many times as long: that is worse. */
    private static final double MORE_FAIL = 0.3;

    private static final double LONGER = 4;

    private final List<Objective> objectives;
    private final BooleanSupplier spent;
    private final Map<Objective, Instant> broken = new HashMap<>();
    private final Map<Objective, AnomalyDetector> detectors = new HashMap<>();

    /** @param spent whether the error budget is */
    SloWatch(List<Objective> objectives, BooleanSupplier spent) {
        this.objectives = List.copyOf(objectives);
        this.spent = spent;
    }

    @Override
    public List<Signal> signals(Observation observation) {
        List<Signal> signals = new ArrayList<>();
        for (Objective objective : objectives) {
            boolean unlike = unlike(objective, observation);
            if (!objective.broken(observation) || few(observation, objective.subject())) {
                broken.remove(objective);
                continue;
            }
            Instant since = broken.computeIfAbsent(objective, _ -> observation.at());
            if (!observation.at().isBefore(since.plus(unlike ? MEANT_AND_UNLIKE : MEANT))) {
                signals.add(new Signal(
                        observation.at(),
                        since,
                        objective.subject(),
                        objective.measure(),
                        observation
                                .figure(objective.subject(), objective.measure())
                                .orElseThrow(),
                        objective.limit()));
            }
        }
        return signals;
    }

    private boolean unlike(Objective objective, Observation observation) {
        OptionalDouble value = observation.now(objective.subject(), objective.measure());
        return value.isPresent()
                && detectors
                                .computeIfAbsent(objective, _ -> new AnomalyDetector(new RandomCutForestModel()))
                                .deviation(value.getAsDouble())
                        > AnomalyDetector.LIMIT;
    }

    private static boolean few(Observation observation, Subject subject) {
        return observation.now(subject, Measure.RATE).orElse(0) < FEWEST;
    }

    /** All objectives count, also those that were kept when it was noticed: a remedy that breaks another one has not healed. */
    @Override
    public boolean calm(List<Signal> signals, Observation observation) {
        return signals.stream().noneMatch(signal -> few(observation, signal.subject()))
                && objectives.stream()
                        .noneMatch(objective -> observation
                                        .now(objective.subject(), objective.measure())
                                        .orElse(0)
                                > WELL * objective.limit());
    }

    @Override
    public boolean worse(List<Signal> signals, Observation observation) {
        return objectives.stream().anyMatch(objective -> {
            double now =
                    observation.now(objective.subject(), objective.measure()).orElse(0);
            double before = signals.stream()
                    .filter(signal ->
                            signal.subject().equals(objective.subject()) && signal.measure() == objective.measure())
                    .mapToDouble(signal -> signal.figure().now())
                    .max()
                    .orElse(objective.limit());
            return objective.measure() == Measure.ERRORS
                    ? now > before + MORE_FAIL
                    : now > LONGER * Math.max(before, objective.limit());
        });
    }

    @Override
    public List<Figure> figures(List<Signal> signals, Observation observation) {
        return signals.stream()
                .flatMap(signal -> observation.figure(signal.subject(), signal.measure()).stream())
                .toList();
    }

    @Override
    public Role role() {
        return Role.SCOUT;
    }

    /** Loud trouble elsewhere is not the cause of what users complain of: the place must lie on the way of their requests. */
    @Override
    public Opinion vote(Proposal proposal, DryRun dryRun, Incident.View incident, Observation observation) {
        if (objectives.stream().noneMatch(objective -> objective.broken(observation))) {
            return Opinion.no("Nothing is out of its objective any more.");
        }
        String place = proposal.hypothesis().place().of();
        boolean asked = place.equals(Subject.EDGE.of())
                || observation.now(Subject.service(place), Measure.RATE).orElse(0) > 0
                || observation
                        .subjects(Subject.Kind.WAY)
                        .anyMatch(way -> way.of().equals(place)
                                && observation.now(way, Measure.RATE).orElse(0) > 0);
        return asked
                ? Opinion.yes("The trouble goes on, and requests pass " + place + ".")
                : Opinion.no("No requests pass " + place + ".");
    }

    @Override
    public boolean budgetSpent() {
        return spent.getAsBoolean();
    }
}
