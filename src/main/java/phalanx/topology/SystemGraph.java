package phalanx.topology;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Services, hosts, capture points, deploys, conversations and incidents as one graph: what is stated between two of them, when it was seen
 * first and last, and by what. Immutable, any thread; {@link Gathering} makes one.
 */
public final class SystemGraph {
    /** What stands in the graph. */
    public enum Kind {
        SERVICE,
        HOST,
        HOP,
        DEPLOY,
        CONVERSATION,
        INCIDENT
    }

    /** What is stated of two. */
    public enum Relation {
        /** A service calls a service. */
        CALLS,
        /** A service runs on a host. */
        RUNS_ON,
        /** A conversation was opened by a host, and by the service there. */
        OPENED_BY,
        /** A conversation was answered by a host, and by the service there. */
        ANSWERED_BY,
        /** A conversation was seen at a hop. */
        PASSES,
        /** Packets go from hop to hop. */
        LEADS_TO,
        /** A deploy changed a service. */
        CHANGED,
        /** An incident concerns a service. */
        CONCERNS
    }

    /** Who says so. */
    public enum Source {
        SPAN,
        PACKET,
        /** A list of names, as a cluster's. */
        NAMES,
        DEPLOY,
        INCIDENT
    }

    /** One that stands in the graph. @param name unique within its kind */
    public record Thing(Kind kind, String name) {
        /** As users name it: {@code service:quote}. */
        public String id() {
            return kind.name().toLowerCase(Locale.ROOT) + ":" + name;
        }

        @Override
        public String toString() {
            return id();
        }
    }

    /** @param firstNanos since the epoch, and {@code lastNanos}: when it was seen; both 0 where no time is told */
    public record Statement(Thing from, Relation relation, Thing to, Source source, long firstNanos, long lastNanos) {}

    /** Whether statements are followed against their direction, too. */
    private enum Way {
        FORTH,
        BACK,
        BOTH
    }

    private final List<Statement> statements;
    private final Map<Thing, List<Statement>> byThing = new LinkedHashMap<>();
    private final long leftOut;

    private SystemGraph(List<Statement> statements, long leftOut) {
        this.statements = List.copyOf(statements);
        this.leftOut = leftOut;
        for (Statement one : statements) {
            byThing.computeIfAbsent(one.from(), _ -> new ArrayList<>()).add(one);
            byThing.computeIfAbsent(one.to(), _ -> new ArrayList<>()).add(one);
        }
    }

    /** All that is stated, in the order in which it was told. */
    public List<Statement> statements() {
        return statements;
    }

    /** All that something is stated of. */
    public Set<Thing> things() {
        return Collections.unmodifiableSet(byThing.keySet());
    }

    /** Statements that the bound left no room for. */
    public long leftOut() {
        return leftOut;
    }

    /** By its id, or by its name alone where only one kind has it. */
    public Optional<Thing> find(String idOrName) {
        List<Thing> named = byThing.keySet().stream()
                .filter(one -> one.id().equals(idOrName) || one.name().equals(idOrName))
                .sorted(Comparator.comparing((Thing one) -> !one.id().equals(idOrName)))
                .toList();
        return named.size() == 1 || !named.isEmpty() && named.getFirst().id().equals(idOrName)
                ? Optional.of(named.getFirst())
                : Optional.empty();
    }

    /** All that is stated of one. */
    public List<Statement> of(Thing thing) {
        return List.copyOf(byThing.getOrDefault(thing, List.of()));
    }

    /** The calls on all ways of calls that lead to a service: who suffers when it fails. */
    public List<Statement> upstream(Thing service) {
        return closure(service, Way.BACK);
    }

    /** The calls on all ways of calls that begin at a service: what it depends on. */
    public List<Statement> downstream(Thing service) {
        return closure(service, Way.FORTH);
    }

    private List<Statement> closure(Thing from, Way way) {
        Set<Statement> reached = new LinkedHashSet<>();
        Set<Thing> seen = new HashSet<>(Set.of(from));
        Deque<Thing> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            Thing at = open.remove();
            for (Statement one : steps(at, way, SystemGraph::call)) {
                reached.add(one);
                Thing next = other(one, at);
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return List.copyOf(reached);
    }

    /** A shortest way: of calls where they lead there, else of all statements but those of deploys and incidents. Empty where there is none. */
    public List<Statement> path(Thing from, Thing to) {
        List<Statement> calls = way(from, to, Way.FORTH, SystemGraph::call);
        return calls.isEmpty()
                ? way(
                        from,
                        to,
                        Way.BOTH,
                        one -> one.relation() != Relation.CHANGED && one.relation() != Relation.CONCERNS)
                : calls;
    }

    private List<Statement> way(Thing from, Thing to, Way way, Predicate<Statement> wanted) {
        Map<Thing, Statement> cameBy = new HashMap<>();
        Deque<Thing> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty() && !cameBy.containsKey(to)) {
            Thing at = open.remove();
            for (Statement one : steps(at, way, wanted)) {
                Thing next = other(one, at);
                if (!next.equals(from) && cameBy.putIfAbsent(next, one) == null) {
                    open.add(next);
                }
            }
        }
        List<Statement> path = new ArrayList<>();
        Thing at = to;
        for (Statement one = cameBy.get(at); one != null; one = cameBy.get(at)) {
            path.add(one);
            at = other(one, at);
        }
        return path.reversed();
    }

    /** What was deployed before a moment to the services on the way from one to another, the newest first. */
    public List<Statement> changes(Thing from, Thing to, long beforeNanos) {
        Set<Thing> on = new LinkedHashSet<>(Set.of(from));
        path(from, to).forEach(one -> Collections.addAll(on, one.from(), one.to()));
        return on.stream()
                .flatMap(thing -> of(thing).stream())
                .filter(one -> one.relation() == Relation.CHANGED && one.firstNanos() < beforeNanos)
                .distinct()
                .sorted(Comparator.comparingLong(Statement::firstNanos).reversed())
                .toList();
    }

    /** What is stated of the conversations that one opened and the other answered: those that carry the calls between two services. */
    public List<Statement> conversations(Thing client, Thing server) {
        Set<Thing> opened = new HashSet<>();
        of(client).stream().filter(one -> one.relation() == Relation.OPENED_BY).forEach(one -> opened.add(one.from()));
        return of(server).stream()
                .filter(one -> one.relation() == Relation.ANSWERED_BY && opened.contains(one.from()))
                .toList();
    }

    /** The incidents of a service. */
    public List<Statement> incidents(Thing service) {
        return of(service).stream()
                .filter(one -> one.relation() == Relation.CONCERNS)
                .toList();
    }

    private static boolean call(Statement one) {
        return one.relation() == Relation.CALLS;
    }

    private List<Statement> steps(Thing at, Way way, Predicate<Statement> wanted) {
        return byThing.getOrDefault(at, List.of()).stream()
                .filter(wanted)
                .filter(one -> way == Way.BOTH || (way == Way.FORTH ? one.from() : one.to()).equals(at))
                .toList();
    }

    private static Thing other(Statement one, Thing of) {
        return one.from().equals(of) ? one.to() : one.from();
    }

    /** Takes statements, the same one only once, and not more than fit. One thread. */
    public static final class Gathering {
        private static final int MOST = 100_000;

        private final int most;
        private final Map<List<Object>, Statement> known = new LinkedHashMap<>();
        private long leftOut;

        public Gathering() {
            this(MOST);
        }

        /** @param most statements that are kept; new ones are counted only beyond that */
        Gathering(int most) {
            this.most = most;
        }

        /** Takes one; of one that is known the times are widened. */
        public void add(Statement told) {
            List<Object> key = List.of(told.from(), told.relation(), told.to(), told.source());
            if (known.size() >= most && !known.containsKey(key)) {
                leftOut++;
                return;
            }
            known.merge(
                    key,
                    told,
                    (before, now) -> new Statement(
                            now.from(),
                            now.relation(),
                            now.to(),
                            now.source(),
                            Math.min(before.firstNanos(), now.firstNanos()),
                            Math.max(before.lastNanos(), now.lastNanos())));
        }

        /** All as it is known now. */
        public SystemGraph graph() {
            return new SystemGraph(List.copyOf(known.values()), leftOut);
        }
    }
}
