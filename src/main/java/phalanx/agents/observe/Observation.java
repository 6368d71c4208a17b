package phalanx.agents.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import phalanx.metrics.CallGraph;

/**
 * All that is known at one moment, over the window of seconds before it. Immutable, any thread.
 *
 * @param figures by what they are about; what was not seen is missing
 * @param calls who calls whom
 * @param deploys the last ones, newest first
 * @param proofs the packets behind figures that packets gave
 */
public record Observation(
        Instant at,
        Map<Subject, Map<Measure, Figure>> figures,
        CallGraph calls,
        List<Deploy> deploys,
        Map<Subject, Map<Measure, Proof>> proofs) {
    /** A change may show itself only after so long. */
    private static final Duration SOON = Duration.ofSeconds(45);

    public Observation {
        figures = Collections.unmodifiableMap(new TreeMap<>(figures));
        deploys = List.copyOf(deploys);
        proofs = Map.copyOf(proofs);
    }

    /** Without packets. */
    public Observation(Instant at, Map<Subject, Map<Measure, Figure>> figures, CallGraph calls, List<Deploy> deploys) {
        this(at, figures, calls, deploys, Map.of());
    }

    /** The packets behind a figure, where packets gave it. */
    public Optional<Proof> proof(Subject subject, Measure measure) {
        return Optional.ofNullable(proofs.getOrDefault(subject, Map.of()).get(measure));
    }

    /** A figure, where it was measured. */
    public Optional<Figure> figure(Subject subject, Measure measure) {
        return Optional.ofNullable(figures.getOrDefault(subject, Map.of()).get(measure));
    }

    /** A value, where it was measured. */
    public OptionalDouble now(Subject subject, Measure measure) {
        return figure(subject, measure)
                .map(figure -> OptionalDouble.of(figure.now()))
                .orElse(OptionalDouble.empty());
    }

    /** Changes that may have brought trouble that began at a moment, newest first; not what the agents did themselves. */
    public Stream<Deploy> changesBefore(Instant trouble) {
        return deploys.stream()
                .filter(deploy -> !deploy.fix()
                        && !deploy.at().isAfter(trouble.plusSeconds(2)) // clocks of commits count whole seconds
                        && deploy.at().isAfter(trouble.minus(SOON)));
    }

    /** What is watched of a kind, in a fixed order. */
    public Stream<Subject> subjects(Subject.Kind kind) {
        return figures.keySet().stream().filter(subject -> subject.kind() == kind);
    }
}
