package phalanx.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import phalanx.agents.observe.Deploy;
import phalanx.agents.observe.Inventory;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Subject;

/**
 * What each cause would look like in the figures, at each place where it could be. One rule a cause; the weights are natural logarithms of
 * odds: 2.3 makes it ten times as likely. One thread, one moment.
 */
final class Causes {
    /** Before anything is looked at: none of them is likely. */
    private static final double PRIOR = -2.5;
    /** A change may show itself only after so long. */
    private static final Duration SOON = Duration.ofSeconds(45);

    private final Observation seen;
    private final Instant since;
    private final Inventory inventory;

    /** @param since when the trouble began */
    Causes(Observation seen, Instant since, Inventory inventory) {
        this.seen = seen;
        this.since = since;
        this.inventory = inventory;
    }

    /** All causes at all places. */
    List<Weighing> weighed() {
        List<Weighing> all = new ArrayList<>();
        seen.subjects(Subject.Kind.INSTANCE).forEach(instance -> {
            all.add(poolExhausted(instance));
            all.add(serverErrors(instance));
            all.add(memoryLeak(instance));
            all.add(cpuSaturated(instance));
        });
        seen.subjects(Subject.Kind.TABLE).forEach(table -> all.add(slowQuery(table)));
        seen.subjects(Subject.Kind.DEPENDENCY).forEach(dependency -> {
            all.add(dependencyTimeout(dependency));
            all.add(dnsFailure(dependency));
        });
        seen.subjects(Subject.Kind.WAY).forEach(way -> {
            all.add(networkDelay(way));
            all.add(networkLoss(way));
            all.add(deadBackend(way));
        });
        changes().forEach(deploy -> all.add(badDeploy(deploy)));
        all.add(retryStorm());
        return all;
    }

    private Weighing weigh(Cause cause, Subject place) {
        return new Weighing(cause, place, seen, PRIOR);
    }

    /** A change of the service's configuration explains what it brought about better than the symptoms do. */
    private Weighing unlessChanged(Weighing weighing, String service) {
        return changes().anyMatch(deploy -> touches(deploy, service)) ? weighing.plus(-3) : weighing;
    }

    /** Changes that may have brought the trouble, newest first; not what the agents did themselves. */
    private Stream<Deploy> changes() {
        return seen.deploys().stream()
                .filter(deploy -> !deploy.fix()
                        && !deploy.at().isAfter(since.plusSeconds(2)) // clocks of commits count whole seconds
                        && deploy.at().isAfter(since.minus(SOON)));
    }

    private boolean touches(Deploy deploy, String service) {
        Inventory.Service known = inventory.services().get(service);
        return known != null && deploy.files().contains(known.file());
    }

    /** The mean of a figure over the other instances of the same service; 0 where there is none. */
    private double others(Subject instance, Measure measure) {
        return seen.subjects(instance.kind())
                .filter(other -> other.of().equals(instance.of()) && !other.equals(instance))
                .flatMap(other -> seen.figure(other, measure).stream())
                .mapToDouble(figure -> figure.now())
                .average()
                .orElse(0);
    }

    private Weighing poolExhausted(Subject instance) {
        Weighing weighing = weigh(Cause.POOL_EXHAUSTED, instance)
                .now(instance, Measure.POOL_WAITING, 0.3, 2, 3)
                .now(instance, Measure.POOL_USED, 0.8, 1, 2)
                .rises(instance, Measure.POOL_WAIT, 5, 1.5)
                .now(instance, Measure.GC, 0.1, 0.3, -3)
                .now(instance, Measure.CPU, 0.7, 0.95, -2);
        seen.subjects(Subject.Kind.TABLE)
                .filter(table -> table.of().equals(instance.of()))
                .forEach(table -> weighing.rises(
                        table, Measure.P99, 5, -4)); // who waits for slow statements holds connections, too
        return unlessChanged(weighing, instance.of());
    }

    private Weighing serverErrors(Subject instance) {
        Weighing weighing = weigh(Cause.SERVER_ERRORS, instance)
                .above(instance, Measure.ERRORS, others(instance, Measure.ERRORS), 0.03, 0.15, 4.5)
                .rises(instance, Measure.ERRORS, 10, 1)
                .now(instance, Measure.POOL_WAITING, 0.3, 2, -3)
                .now(instance, Measure.GC, 0.1, 0.3, -3);
        seen.subjects(Subject.Kind.DEPENDENCY)
                .filter(dependency -> dependency.of().equals(instance.of()))
                .forEach(dependency -> weighing.now(dependency, Measure.ERRORS, 0.05, 0.3, -3)); // not its own
        return unlessChanged(weighing, instance.of());
    }

    private Weighing memoryLeak(Subject instance) {
        return weigh(Cause.MEMORY_LEAK, instance)
                .now(instance, Measure.HEAP, 0.75, 0.95, 2.5)
                .now(instance, Measure.GC, 0.05, 0.25, 3)
                .above(instance, Measure.HEAP, others(instance, Measure.HEAP), 0.15, 0.4, 1);
    }

    private Weighing cpuSaturated(Subject instance) {
        return weigh(Cause.CPU_SATURATED, instance)
                .above(instance, Measure.CPU, others(instance, Measure.CPU), 0.3, 0.6, 3)
                .now(instance, Measure.CPU, 0.5, 0.85, 1)
                .rises(instance, Measure.OWN_P99, 3, 1.5)
                .now(instance, Measure.GC, 0.05, 0.2, -3)
                .plus(tableSlow(instance.of()) ? -3 : 0);
    }

    private boolean tableSlow(String service) {
        return seen.subjects(Subject.Kind.TABLE)
                .filter(table -> table.of().equals(service))
                .flatMap(table -> seen.figure(table, Measure.P99).stream())
                .anyMatch(figure -> figure.deviation() > 5 && figure.now() > 5 * figure.usual());
    }

    private Weighing slowQuery(Subject table) {
        Weighing weighing =
                weigh(Cause.SLOW_QUERY, table).rises(table, Measure.P99, 6, 4).rises(table, Measure.MEDIAN, 6, 2);
        seen.subjects(Subject.Kind.INSTANCE)
                .filter(instance -> instance.of().equals(table.of()))
                .forEach(instance -> weighing.now(instance, Measure.GC, 0.1, 0.3, -3));
        return unlessChanged(weighing, table.of());
    }

    private Weighing dependencyTimeout(Subject dependency) {
        Weighing weighing = weigh(Cause.DEPENDENCY_TIMEOUT, dependency)
                .now(dependency, Measure.TIMEOUTS, 0.02, 0.2, 3)
                .rises(dependency, Measure.P99, 4, 2)
                .now(dependency, Measure.UNRESOLVED, 0.02, 0.1, -6);
        Subject itself = Subject.service(dependency.name());
        if (seen.figures().containsKey(itself)) { // it tells of itself: then what is wrong with it is the cause
            weighing.plus(-3);
        } else {
            weighing.plus(1);
        }
        return unlessChanged(weighing, dependency.of());
    }

    private Weighing dnsFailure(Subject dependency) {
        return weigh(Cause.DNS_FAILURE, dependency).now(dependency, Measure.UNRESOLVED, 0.02, 0.1, 6);
    }

    private double instanceNow(Subject way, Measure measure) {
        return seen.now(Subject.instance(way.name(), way.of()), measure).orElse(0);
    }

    private Weighing networkDelay(Subject way) {
        Subject instance = Subject.instance(way.name(), way.of());
        return weigh(Cause.NETWORK_DELAY, way)
                .above(way, Measure.P99, instanceNow(way, Measure.P99), 60, 200, 3)
                .above(way, Measure.MEDIAN, instanceNow(way, Measure.MEDIAN), 10, 60, 1)
                .above(way, Measure.P99, others(way, Measure.P99), 60, 200, 1.5)
                .rises(way, Measure.P99, 4, 1)
                .now(way, Measure.REFUSED, 0.05, 0.2, -2)
                .now(instance, Measure.GC, 0.1, 0.3, -3);
    }

    private Weighing networkLoss(Subject way) {
        Subject instance = Subject.instance(way.name(), way.of());
        return weigh(Cause.NETWORK_LOSS, way)
                .now(way, Measure.REFUSED, 0.03, 0.15, 4)
                .now(instance, Measure.SILENCE, 2, 4, -5)
                .now(way, Measure.REFUSED, 0.9, 1, -1.5)
                .now(instance, Measure.RATE, 0.2, 1, 1.5);
    }

    private Weighing deadBackend(Subject way) {
        Subject instance = Subject.instance(way.name(), way.of());
        return weigh(Cause.DEAD_BACKEND, way)
                .now(way, Measure.REFUSED, 0.5, 0.95, 3)
                .now(instance, Measure.SILENCE, 1.5, 3.5, 3.5)
                .now(instance, Measure.SILENCE, 1.5, 0.5, -2);
    }

    private Weighing badDeploy(Deploy deploy) {
        String service = inventory.services().entrySet().stream()
                .filter(one -> deploy.files().contains(one.getValue().file()))
                .map(one -> one.getKey())
                .findFirst()
                .orElse("");
        Subject place = service.isEmpty() ? Subject.EDGE : Subject.service(service);
        Weighing weighing = weigh(Cause.BAD_DEPLOY, place).plus(2);
        return service.isEmpty()
                ? weighing
                : weighing.rises(place, Measure.ERRORS, 5, 3)
                        .rises(place, Measure.P99, 3, 3)
                        .rises(place, Measure.OWN_P99, 3, 1);
    }

    private Weighing retryStorm() {
        return weigh(Cause.RETRY_STORM, Subject.EDGE)
                .rises(Subject.EDGE, Measure.RATE, 1.8, 4)
                .now(Subject.EDGE, Measure.RETRIES, 0.1, 0.4, 3)
                .now(Subject.EDGE, Measure.ERRORS, 0.05, 0.3, 0.5);
    }
}
