package phalanx.agents.cause;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import phalanx.agents.observe.Deploy;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Inventory;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Subject;

/**
 * What each cause would look like in the figures, at each place where it could be. One rule a cause; the weights are natural logarithms of
 * odds: 2.3 makes it ten times as likely. What a service suffers because one that it asks is in trouble is explained by that one. One
 * thread, one moment.
 */
public final class Causes {
    /** Before anything is looked at: none of them is likely. */
    private static final double PRIOR = -6.7;
    /** What makes a symptom next to certainly that of something else. */
    private static final double EXPLAINED = -7;

    /** A finding in packets makes what figures say surer; alone it is far from enough. */
    private static final double FOUND = 3;

    private final Observation seen;
    private final Instant since;
    private final Inventory inventory;
    private final Trouble trouble;

    /** @param since when the trouble began */
    public Causes(Observation seen, Instant since, Inventory inventory) {
        this.seen = seen;
        this.since = since;
        this.inventory = inventory;
        this.trouble = new Trouble(seen);
    }

    /** All causes at all places. */
    public List<Weighing> weighed() {
        List<Weighing> all = new ArrayList<>();
        seen.subjects(Subject.Kind.INSTANCE).forEach(instance -> {
            all.add(poolExhausted(instance));
            all.add(serverErrors(instance));
            all.add(memoryLeak(instance));
            all.add(cpuSaturated(instance));
        });
        seen.subjects(Subject.Kind.TABLE).forEach(table -> all.add(slowQuery(table)));
        seen.subjects(Subject.Kind.DEPENDENCY).filter(trouble::outside).forEach(dependency -> {
            all.add(dependencyTimeout(dependency));
            all.add(dnsFailure(dependency));
        });
        seen.subjects(Subject.Kind.WAY).forEach(way -> {
            all.add(networkDelay(way));
            all.add(networkLoss(way));
            all.add(deadBackend(way));
        });
        seen.changesBefore(since).forEach(deploy -> all.add(badDeploy(deploy)));
        seen.subjects(Subject.Kind.CLIENT).forEach(client -> all.add(clientFlood(client)));
        all.add(retryStorm());
        return all;
    }

    private Weighing weigh(Cause cause, Subject place) {
        return new Weighing(cause, place, seen, PRIOR);
    }

    /** Not because of those that the service asks, of a change of its configuration, or of what everybody asks again. */
    private Weighing ofItself(Weighing weighing) {
        String service = weighing.place().of();
        boolean changed = seen.changesBefore(since).anyMatch(deploy -> touches(deploy, service));
        return weighing.plus(EXPLAINED * trouble.below(service))
                .plus(changed ? -5 : 0)
                .rises(Subject.EDGE, Measure.RATE, 1.6, -5);
    }

    private boolean touches(Deploy deploy, String service) {
        Inventory.Service known = inventory.services().get(service);
        return known != null && deploy.files().contains(known.file());
    }

    /** The mean of a figure over the others of its kind in the same service; 0 where there is none. */
    private double others(Subject one, Measure measure) {
        return seen.subjects(one.kind())
                .filter(other -> other.of().equals(one.of()) && !other.equals(one))
                .flatMap(other -> seen.figure(other, measure).stream())
                .mapToDouble(figure -> figure.now())
                .average()
                .orElse(0);
    }

    private Weighing poolExhausted(Subject instance) {
        return ofItself(weigh(Cause.POOL_EXHAUSTED, instance))
                .now(instance, Measure.POOL_WAITING, 0.3, 2, 4)
                .now(instance, Measure.POOL_USED, 0.8, 1, 2)
                .rises(instance, Measure.POOL_WAIT, 5, 4)
                .now(instance, Measure.GC, 0.1, 0.3, EXPLAINED)
                .now(instance, Measure.CPU, 0.7, 0.95, -3)
                .plus(EXPLAINED
                        * trouble.tables(instance.of())); // who waits for slow statements holds connections, too
    }

    private Weighing serverErrors(Subject instance) {
        return ofItself(weigh(Cause.SERVER_ERRORS, instance))
                .above(instance, Measure.OWN_ERRORS, others(instance, Measure.OWN_ERRORS), 0.02, 0.1, 9)
                .rises(instance, Measure.OWN_ERRORS, 10, 1)
                .now(instance, Measure.POOL_WAITING, 0.3, 2, EXPLAINED)
                .now(instance, Measure.GC, 0.1, 0.3, EXPLAINED)
                .plus(EXPLAINED * trouble.tables(instance.of()));
    }

    /** What collects garbage all the time has no time left to tell of it: a full heap was its last word. */
    private Weighing memoryLeak(Subject instance) {
        double full = seen.now(instance, Measure.HEAP).orElse(0);
        return weigh(Cause.MEMORY_LEAK, instance)
                .now(instance, Measure.HEAP, 0.8, 0.95, 3)
                .above(instance, Measure.HEAP, others(instance, Measure.HEAP), 0.1, 0.25, 2)
                .now(instance, Measure.GC, 0.1, 0.3, 5)
                .now(instance, Measure.SILENCE, 1.5, 3.5, 5 * Weighing.share(full, 0.85, 0.97));
    }

    private Weighing cpuSaturated(Subject instance) {
        return ofItself(weigh(Cause.CPU_SATURATED, instance))
                .above(instance, Measure.CPU, others(instance, Measure.CPU), 0.15, 0.4, 5)
                .rises(instance, Measure.CPU, 3, 3) // of a machine that others use, too, it gets no more
                .rises(instance, Measure.OWN_P99, 3, 4)
                .now(instance, Measure.GC, 0.05, 0.2, EXPLAINED)
                .plus(EXPLAINED * trouble.tables(instance.of()));
    }

    private Weighing slowQuery(Subject table) {
        Weighing weighing = ofItself(weigh(Cause.SLOW_QUERY, table)).rises(table, Measure.P99, 6, 10);
        seen.subjects(Subject.Kind.INSTANCE)
                .filter(instance -> instance.of().equals(table.of()))
                .forEach(instance -> weighing.now(instance, Measure.GC, 0.1, 0.3, EXPLAINED)
                        .now(instance, Measure.HEAP, 0.85, 0.97, -4));
        return weighing;
    }

    private Weighing dependencyTimeout(Subject dependency) {
        Weighing weighing = weigh(Cause.DEPENDENCY_TIMEOUT, dependency)
                .now(dependency, Measure.TIMEOUTS, 0.02, 0.2, 5)
                .rises(dependency, Measure.P99, 4, 5)
                .now(dependency, Measure.UNRESOLVED, 0.02, 0.1, EXPLAINED)
                .plus(seen.changesBefore(since).anyMatch(deploy -> touches(deploy, dependency.of())) ? -5 : 0)
                .rises(Subject.EDGE, Measure.RATE, 1.6, -3);
        seen.subjects(Subject.Kind.INSTANCE)
                .filter(instance -> instance.of().equals(dependency.of()))
                .forEach(instance ->
                        weighing.now(instance, Measure.GC, 0.1, 0.3, EXPLAINED)); // it measures its own pauses
        return weighing;
    }

    private Weighing dnsFailure(Subject dependency) {
        return weigh(Cause.DNS_FAILURE, dependency)
                .now(dependency, Measure.UNRESOLVED, 0.02, 0.1, 10)
                .found(Subject.EDGE, Measure.NAMES_FOUND, FOUND)
                .plus(seen.changesBefore(since).anyMatch(deploy -> touches(deploy, dependency.of())) ? -5 : 0);
    }

    private double instanceNow(Subject way, Measure measure) {
        return seen.now(Subject.instance(way.name(), way.of()), measure).orElse(0);
    }

    private Weighing networkDelay(Subject way) {
        Subject instance = Subject.instance(way.name(), way.of());
        return ofItself(weigh(Cause.NETWORK_DELAY, way))
                .above(way, Measure.P99, instanceNow(way, Measure.P99), 60, 200, 4)
                .above(way, Measure.MEDIAN, instanceNow(way, Measure.MEDIAN), 20, 100, 3)
                .above(way, Measure.P99, others(way, Measure.P99), 60, 200, 1)
                .rises(way, Measure.P99, 4, 2)
                .found(way, Measure.DELAY_FOUND, FOUND)
                .found(way, Measure.ZERO_WINDOW_FOUND, -FOUND) // not the way is slow, but who reads
                .rises(instance, Measure.OWN_P99, 3, EXPLAINED) // what it does not answer in time has no span yet
                .now(way, Measure.REFUSED, 0.05, 0.2, -3)
                .now(instance, Measure.SILENCE, 2, 4, EXPLAINED)
                .now(instance, Measure.GC, 0.1, 0.3, EXPLAINED);
    }

    private Weighing networkLoss(Subject way) {
        Subject instance = Subject.instance(way.name(), way.of());
        return weigh(Cause.NETWORK_LOSS, way)
                .above(way, Measure.REFUSED, instanceNow(way, Measure.ERRORS), 0.03, 0.15, 10)
                .now(way, Measure.RETRANSMITTED, 0.01, 0.04, 8)
                .rises(way, Measure.RESETS, 4, 2)
                .found(way, Measure.LOSS_FOUND, FOUND)
                .found(way, Measure.BLACK_HOLE_FOUND, FOUND)
                .found(way, Measure.RESETS_FOUND, FOUND)
                .found(way, Measure.REFUSAL_FOUND, -FOUND)
                .now(instance, Measure.SILENCE, 2, 4, EXPLAINED)
                .now(way, Measure.REFUSED, 0.9, 1, -2);
    }

    private Weighing deadBackend(Subject way) {
        Subject instance = Subject.instance(way.name(), way.of());
        return weigh(Cause.DEAD_BACKEND, way)
                .now(way, Measure.REFUSED, 0.5, 0.95, 6)
                .now(way, Measure.TIMEOUTS, 0.5, 0.95, 5) // it hangs
                .found(way, Measure.REFUSAL_FOUND, FOUND)
                .now(instance, Measure.HEAP, 0.85, 0.97, -4)
                .now(instance, Measure.SILENCE, 1.5, 3.5, 5)
                .now(instance, Measure.SILENCE, 1.5, 0.5, -4);
    }

    private Weighing badDeploy(Deploy deploy) {
        String service = inventory.services().entrySet().stream()
                .filter(one -> deploy.files().contains(one.getValue().file()))
                .map(one -> one.getKey())
                .findFirst()
                .orElse("");
        if (service.isEmpty()) {
            return weigh(Cause.BAD_DEPLOY, Subject.EDGE).plus(4);
        }
        Subject place = Subject.service(service);
        return weigh(Cause.BAD_DEPLOY, place)
                .plus(4)
                .plus(EXPLAINED * trouble.services(service)) // what it asks outside, and how, may be what was changed
                .risesEither(place, Measure.ERRORS, Measure.P99, 4, 6);
    }

    /** Who usually sends most of all, such as a proxy that was not declared, floods nobody by that. */
    private double usualShare(Subject client) {
        return seen.figure(client, Measure.SHARE)
                .map(Figure::usual)
                .filter(usual -> !Double.isNaN(usual))
                .orElse(0.0);
    }

    private Weighing clientFlood(Subject client) {
        return weigh(Cause.CLIENT_FLOOD, client)
                .above(client, Measure.SHARE, usualShare(client), 0.1, 0.4, 6)
                .rises(Subject.EDGE, Measure.RATE, 1.6, 4)
                .now(client, Measure.BLOCKED, 0.1, 0.5, 5);
    }

    private Weighing retryStorm() {
        return weigh(Cause.RETRY_STORM, Subject.EDGE)
                .rises(Subject.EDGE, Measure.RATE, 1.6, 9)
                .now(Subject.EDGE, Measure.ERRORS, 0.05, 0.3, 2)
                .plus(EXPLAINED
                        * seen.subjects(Subject.Kind.CLIENT)
                                .mapToDouble(client -> Weighing.share(
                                        seen.now(client, Measure.SHARE).orElse(0) - usualShare(client), 0.2, 0.6))
                                .max()
                                .orElse(0));
    }
}
