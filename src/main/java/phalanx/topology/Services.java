package phalanx.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import phalanx.net.Endpoint;
import phalanx.net.IpAddress;
import phalanx.telemetry.ServiceName;
import phalanx.telemetry.Span;
import phalanx.telemetry.Telemetry;

/**
 * Which service stands at which address, and who calls whom, by traces and by what a cluster says. A call is a span inside of a span of
 * another service; who asked and who answered also tell which service an address is of. Immutable, any thread.
 */
public final class Services {
    /** Nobody says anything. */
    public static final Services NONE = new Services(Telemetry.NONE);

    private final Map<IpAddress, ServiceName> names;
    private final Map<Endpoint, String> byEndpoint = new HashMap<>();
    /** Empty for an address that several have. */
    private final Map<IpAddress, String> byAddress = new HashMap<>();

    private final Map<String, Station.Named> stations = new TreeMap<>();
    private final Map<Pair, Calls> calls = new LinkedHashMap<>();

    /** Who calls whom; stations, for who is called may be no more than an address. */
    private record Pair(Station from, Station to) {}

    /** How long calls took. */
    private static final class Took {
        private long[] nanos = new long[16];
        private int size;
        private long failed;

        void add(long took, boolean wrong) {
            if (size == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * size);
            }
            nanos[size++] = took;
            failed += wrong ? 1 : 0;
        }

        Calls calls() {
            long[] sorted = Arrays.copyOf(nanos, size);
            Arrays.sort(sorted);
            return new Calls(size, failed, sorted[(size - 1) / 2], sorted[(int) Math.ceil(0.99 * size) - 1]);
        }
    }

    private Services(Telemetry telemetry) {
        names = telemetry.byAddress();
        Map<String, Span> spans = new HashMap<>();
        Map<String, Span> answers = new HashMap<>();
        for (Span span : telemetry.spans()) {
            spans.put(span.trace() + "/" + span.id(), span);
        }
        for (Span span : telemetry.spans()) {
            Span parent = spans.get(span.trace() + "/" + span.parent());
            if (parent != null && !parent.service().equals(span.service())) {
                answers.put(parent.trace() + "/" + parent.id(), span);
            }
        }
        telemetry.spans().forEach(span -> place(span, answers.get(span.trace() + "/" + span.id())));
        names.values().stream()
                .filter(name -> !name.service().isEmpty())
                .forEach(name -> byAddress.putIfAbsent(name.address(), name.service()));
        gather();
        Map<Pair, Took> took = new LinkedHashMap<>();
        telemetry.spans().forEach(span -> call(span, answers.get(span.trace() + "/" + span.id()), took));
        took.forEach((pair, all) -> calls.put(pair, all.calls()));
    }

    public static Services of(Telemetry telemetry) {
        return telemetry.spans().isEmpty() && telemetry.names().isEmpty() ? NONE : new Services(telemetry);
    }

    /** What a span says of addresses. @param answer the span of another service inside of it, null for none */
    private void place(Span span, @Nullable Span answer) {
        Endpoint to = span.to();
        Endpoint from = span.from();
        IpAddress at = span.at();
        String asked = switch (span.kind()) {
            case CLIENT -> answer == null ? span.peer() : answer.service();
            case SERVER -> span.service();
            case INTERNAL -> "";
        };
        if (!asked.isEmpty() && to != null) {
            if (to.port() > 0) {
                byEndpoint.put(to, asked);
            }
            claim(to.address(), asked);
        }
        if (at != null && !span.service().isEmpty()) {
            claim(at, span.service());
        }
        if (answer != null && answer.from() != null && !span.service().isEmpty()) {
            claim(answer.from().address(), span.service());
        }
        if (from != null && span.kind() == Span.Kind.SERVER && !span.peer().isEmpty()) {
            claim(from.address(), span.peer());
        }
    }

    private void claim(IpAddress address, String service) {
        byAddress.merge(address, service, (before, now) -> before.equals(now) ? now : "");
    }

    private void gather() {
        Map<String, Set<IpAddress>> addresses = new TreeMap<>();
        Map<String, Set<Endpoint>> endpoints = new TreeMap<>();
        byAddress.forEach((address, service) ->
                addresses.computeIfAbsent(service, _ -> new HashSet<>()).add(address));
        byEndpoint.forEach((endpoint, service) ->
                endpoints.computeIfAbsent(service, _ -> new HashSet<>()).add(endpoint));
        addresses.remove("");
        Set<String> all = new HashSet<>(addresses.keySet());
        all.addAll(endpoints.keySet());
        all.forEach(service -> stations.put(
                service,
                new Station.Named(
                        service,
                        addresses.getOrDefault(service, Set.of()),
                        endpoints.getOrDefault(service, Set.of()))));
    }

    private void call(Span span, @Nullable Span answer, Map<Pair, Took> took) {
        boolean asks = span.kind() == Span.Kind.CLIENT;
        if (span.service().isEmpty() || !asks && answer == null) {
            return;
        }
        Endpoint to = span.to();
        Station called = answer != null
                ? named(answer.service())
                : !span.peer().isEmpty() ? named(span.peer()) : to == null ? null : station(new Station.Service(to));
        Station caller = named(span.service());
        if (called != null && !called.equals(caller)) {
            boolean failed = span.failed() || answer != null && answer.failed();
            took.computeIfAbsent(new Pair(caller, called), _ -> new Took())
                    .add(asks || answer == null ? span.durationNanos() : answer.durationNanos(), failed);
        }
    }

    private Station.Named named(String service) {
        return stations.computeIfAbsent(service, name -> new Station.Named(name, Set.of(), Set.of()));
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return stations.isEmpty();
    }

    /** Who stands behind an address, null where nobody says. */
    public @Nullable ServiceName nameOf(IpAddress address) {
        return names.get(address);
    }

    /** Whether both have the same names for addresses. */
    public boolean sameNames(Services other) {
        return names.equals(other.names);
    }

    /** Whether both say the same of all there is to say. */
    public boolean same(Services other) {
        return names.equals(other.names)
                && byEndpoint.equals(other.byEndpoint)
                && byAddress.equals(other.byAddress)
                && stations.equals(other.stations)
                && calls.equals(other.calls);
    }

    /** The service that a host, or an address and port, is of; else the host itself. */
    public Station station(Station of) {
        String service = switch (of) {
            case Station.Host(var address) -> byAddress.get(address);
            case Station.Service(var endpoint) ->
                byEndpoint.getOrDefault(endpoint, byAddress.getOrDefault(endpoint.address(), ""));
            case Station.Named _, Station.Subnet _, Station.CapturePoint _, Station.End _ -> null;
        };
        if (service != null && !service.isEmpty()) {
            return named(service);
        }
        return of instanceof Station.Service(var endpoint) ? new Station.Host(endpoint.address()) : of;
    }

    /** The same graph with what the traces say of calls on its edges, and those services and calls that no packet shows. @param apart ids of services that are shown by their hosts */
    TrafficGraph with(TrafficGraph graph, Predicate<String> apart) {
        List<TrafficGraph.Node> nodes = new ArrayList<>(graph.nodes());
        List<TrafficGraph.Edge> edges = new ArrayList<>(graph.edges());
        Map<Station, Integer> places = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            places.put(nodes.get(i).station(), i);
        }
        Map<Long, Integer> byPair = new HashMap<>();
        for (int i = 0; i < edges.size(); i++) {
            byPair.put(pair(edges.get(i).from(), edges.get(i).to()), i);
        }
        calls.forEach((pair, told) -> {
            if (apart.test(pair.from.id()) || apart.test(pair.to.id())) {
                return; // which of its hosts called is not told
            }
            int from = place(pair.from, nodes, places);
            int to = place(pair.to, nodes, places);
            Integer there = byPair.get(pair(from, to));
            if (there == null) {
                byPair.put(pair(from, to), edges.size());
                edges.add(new TrafficGraph.Edge(
                                pair.from.id() + ">" + pair.to.id(), from, to, 0, Flow.NOTHING, Flow.NOTHING)
                        .with(told, true));
            } else {
                TrafficGraph.Edge edge = edges.get(there);
                edges.set(there, edge.with(told, edge.from() == from));
            }
        });
        return new TrafficGraph(nodes, edges, graph.edgeOf());
    }

    private static long pair(int one, int other) {
        return (long) Math.min(one, other) << 32 | Math.max(one, other);
    }

    private static int place(Station station, List<TrafficGraph.Node> nodes, Map<Station, Integer> places) {
        return places.computeIfAbsent(station, wanted -> {
            nodes.add(
                    new TrafficGraph.Node(wanted, PlaceRole.UNKNOWN, wanted.label(), 0, 0, Flow.NOTHING, Flow.NOTHING));
            return nodes.size() - 1;
        });
    }
}
