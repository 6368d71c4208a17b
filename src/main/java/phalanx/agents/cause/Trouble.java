package phalanx.agents.cause;

import java.util.stream.Stream;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Subject;

/** How much trouble there is at each service and below it: what explains the trouble of those that ask it. One thread, one moment. */
public final class Trouble {
    private final Observation seen;

    Trouble(Observation seen) {
        this.seen = seen;
    }

    /** Whether a dependency tells nothing of itself: then what is wrong with it can be seen from outside alone. */
    boolean outside(Subject dependency) {
        return !seen.figures().containsKey(Subject.service(dependency.name()));
    }

    /** The worst of all services that this one asks, also by way of others, and of what they ask outside; 0..1. */
    double below(String service) {
        return Math.max(dependencies(service), services(service));
    }

    /** As {@link #below}, without what this service itself asks outside. */
    double services(String service) {
        return seen.calls().reachable(service).stream()
                .filter(one -> !one.equals(service))
                .mapToDouble(one -> Math.max(at(one), dependencies(one)))
                .max()
                .orElse(0);
    }

    /** What is outside, as this service sees it; its own pauses are none of theirs. */
    private double dependencies(String service) {
        double pauses = of(Subject.Kind.INSTANCE, service)
                .mapToDouble(instance -> share(instance, Measure.GC, 0.1, 0.3))
                .max()
                .orElse(0);
        return (1 - pauses)
                * of(Subject.Kind.DEPENDENCY, service)
                        .filter(this::outside)
                        .mapToDouble(one -> Math.max(share(one, Measure.ERRORS, 0.05, 0.2), slow(one, Measure.P99)))
                        .max()
                        .orElse(0);
    }

    private double at(String service) {
        double instances = of(Subject.Kind.INSTANCE, service)
                .mapToDouble(one -> Math.max(share(one, Measure.OWN_ERRORS, 0.02, 0.1), slow(one, Measure.OWN_P99)))
                .max()
                .orElse(0);
        double ways = of(Subject.Kind.WAY, service)
                .mapToDouble(one -> Math.max(
                        Math.max(share(one, Measure.REFUSED, 0.03, 0.15), slow(one, Measure.P99)),
                        share(one, Measure.REFUSAL_FOUND, 0.4, 0.9)))
                .max()
                .orElse(0);
        return Math.max(Math.max(instances, ways), tables(service));
    }

    /** How slow the worst table of a service has become, 0..1. */
    double tables(String service) {
        return of(Subject.Kind.TABLE, service)
                .mapToDouble(table -> slow(table, Measure.P99))
                .max()
                .orElse(0);
    }

    private Stream<Subject> of(Subject.Kind kind, String service) {
        return seen.subjects(kind).filter(one -> one.of().equals(service));
    }

    private double share(Subject subject, Measure measure, double none, double all) {
        return seen.figure(subject, measure)
                .map(figure -> Weighing.share(figure.now(), none, all))
                .orElse(0.0);
    }

    private double slow(Subject subject, Measure measure) {
        return seen.figure(subject, measure)
                .map((Figure figure) -> Weighing.grown(figure, measure, 4))
                .orElse(0.0);
    }
}
