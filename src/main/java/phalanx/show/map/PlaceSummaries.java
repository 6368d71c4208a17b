package phalanx.show.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import phalanx.explain.Analysis;
import phalanx.run.Progress;
import phalanx.show.Shown;
import phalanx.show.Words;
import phalanx.stitch.ClockAlignment;
import phalanx.stitch.Stitched;
import phalanx.topology.DelayPercentiles;
import phalanx.topology.Flow;
import phalanx.topology.HostGraph;
import phalanx.topology.PathGraph;
import phalanx.topology.Services;
import phalanx.topology.Station;
import phalanx.topology.Subnets;
import phalanx.topology.TrafficGraph;

/** Sums up a place or link of the map, found again by the id that the selection has of it. Any thread. */
final class PlaceSummaries {
    private static final Words WORDS = Words.of("map");
    /** A clock that may be wrong by more than this share of a delay makes it an interval. */
    private static final double CERTAIN = 0.1;

    private final Analysis analysis;
    private final Stitched stitched;

    /** Conversations that are named of those that an edge stands for. */
    private static final int MOST_NAMED = 12;

    PlaceSummaries(Analysis analysis) {
        this.analysis = analysis;
        stitched = analysis.stitched();
    }

    /** Empty when nothing of that id is there, or no longer with this display filter. */
    Optional<PlaceSummary> of(String id, Shown shown, Services services, Progress progress) {
        boolean named = id.contains("named-");
        boolean path = !named && !id.contains("host-") && !id.contains("service-") && !id.contains("subnet-");
        TrafficGraph graph = named
                ? HostGraph.of(stitched, analysis.measures(), services, _ -> false, shown::conversation, progress)
                : path ? PathGraph.of(stitched, analysis.map(), progress) : hosts(id, shown, progress);
        FindingsOnMap findings = new FindingsOnMap(analysis, graph, path);
        OptionalInt node = IntStream.range(0, graph.nodes().size())
                .filter(i -> graph.nodes().get(i).id().equals(id))
                .findFirst();
        if (node.isPresent()) {
            return Optional.of(node(graph, node.getAsInt(), findings));
        }
        return IntStream.range(0, graph.edges().size())
                .filter(i -> graph.edges().get(i).id().equals(id))
                .mapToObj(i -> edge(graph, i, findings))
                .findFirst();
    }

    /** The graph in which the place stands: its subnets gathered, everything else apart. */
    private TrafficGraph hosts(String id, Shown shown, Progress progress) {
        String[] ends = id.split(">", -1);
        return HostGraph.of(
                stitched,
                analysis.measures(),
                id.contains("service-") ? HostGraph.Servers.BY_ADDRESS_AND_PORT : HostGraph.Servers.BY_ADDRESS,
                shown::conversation,
                station -> Subnets.only(ends[0])
                        .andThen(gathered -> gathered.equals(station)
                                ? Subnets.only(ends[ends.length - 1]).apply(station)
                                : gathered)
                        .apply(station),
                progress);
    }

    private PlaceSummary node(TrafficGraph graph, int index, FindingsOnMap findings) {
        TrafficGraph.Node node = graph.nodes().get(index);
        boolean recorded = node.station() instanceof Station.CapturePoint;
        List<String> notes = new ArrayList<>();
        if (node.station() instanceof Station.CapturePoint(int capture)) {
            notes.add(clock(capture));
            SegmentSizes.at(stitched, capture).ifPresent(sizes -> notes.add(WORDS.get("summary.mss", sizes)));
        } else if (node.station() instanceof Station.End) {
            notes.addAll(node.label().lines().toList());
        } else if (node.station() instanceof Station.Named(var _, var addresses, var endpoints)) {
            Stream.concat(addresses.stream().sorted(), endpoints.stream())
                    .map(String::valueOf)
                    .sorted()
                    .limit(MOST_NAMED)
                    .forEach(notes::add);
        }
        return new PlaceSummary(
                PlaceWords.name(node),
                PlaceWords.role(node.role()) + ", " + WORDS.get("detail.conversations", node.conversations()),
                recorded ? WORDS.get("summary.to-server") : WORDS.get("summary.sent"),
                recorded ? WORDS.get("summary.to-client") : WORDS.get("summary.received"),
                rows(node.sent(), node.received(), 0),
                notes,
                findings.node(index));
    }

    private PlaceSummary edge(TrafficGraph graph, int index, FindingsOnMap findings) {
        TrafficGraph.Edge edge = graph.edges().get(index);
        TrafficGraph.Node from = graph.nodes().get(edge.from());
        TrafficGraph.Node to = graph.nodes().get(edge.to());
        List<String> notes = new ArrayList<>();
        long bound = bound(from.station(), to.station());
        boolean measured = edge.forward().seen() + edge.backward().seen() > 0;
        boolean timed =
                edge.forward().delay().isPresent() || edge.backward().delay().isPresent();
        edge.calls()
                .ifPresent(calls -> notes.add(
                        PlaceWords.name(from) + " \u2192 " + PlaceWords.name(to) + ": " + PlaceWords.calls(calls)));
        edge.callsBack()
                .ifPresent(calls -> notes.add(
                        PlaceWords.name(to) + " \u2192 " + PlaceWords.name(from) + ": " + PlaceWords.calls(calls)));
        if (from.station() instanceof Station.Named || to.station() instanceof Station.Named) {
            carried(graph, index, edge).ifPresent(notes::add);
        }
        if (!measured && edge.conversations() > 0) {
            notes.add(WORDS.get("hover.unmeasured"));
        } else if (timed && bound > 0 && bound < Long.MAX_VALUE) {
            notes.add(WORDS.get("summary.bound", Words.language().duration(bound)));
        }
        if (from.station() instanceof Station.CapturePoint(int near)
                && to.station() instanceof Station.CapturePoint(int far)) {
            notes.addAll(Translations.between(stitched, near, far));
            Optional<String> before = SegmentSizes.at(stitched, near);
            Optional<String> behind = SegmentSizes.at(stitched, far);
            if (before.isPresent() && behind.isPresent() && !before.equals(behind)) {
                notes.add(WORDS.get("summary.mss-changed", before.get(), behind.get()));
            }
        }
        return new PlaceSummary(
                PlaceWords.name(from) + " \u2013 " + PlaceWords.name(to),
                WORDS.get("summary.link") + ", " + WORDS.get("detail.conversations", edge.conversations()),
                "\u2192 " + PlaceWords.name(to),
                "\u2190 " + PlaceWords.name(from),
                rows(edge.forward(), edge.backward(), bound),
                notes,
                findings.edge(index));
    }

    /** The conversations that carry an edge, by their numbers. */
    private static Optional<String> carried(TrafficGraph graph, int index, TrafficGraph.Edge edge) {
        if (edge.conversations() == 0) {
            return Optional.of(WORDS.get("summary.not-carried"));
        }
        String numbers = IntStream.range(0, graph.edgeOf().length)
                .filter(conversation -> graph.edgeOf()[conversation] == index)
                .limit(MOST_NAMED)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", "));
        return Optional.of(
                WORDS.get("summary.carried", numbers + (edge.conversations() > MOST_NAMED ? ", \u2026" : "")));
    }

    private static List<PlaceSummary.Row> rows(Flow there, Flow back, long bound) {
        List<PlaceSummary.Row> rows = new ArrayList<>();
        rows.add(row(WORDS.get("summary.packets"), there.packets(), back.packets()));
        rows.add(row(WORDS.get("summary.bytes"), there.bytes(), back.bytes()));
        if (there.seen() + back.seen() > 0) {
            rows.add(new PlaceSummary.Row(WORDS.get("summary.lost"), lost(there), lost(back)));
            rows.add(row(WORDS.get("summary.reordered"), there.reordered(), back.reordered()));
            rows.add(row(WORDS.get("summary.duplicated"), there.duplicated(), back.duplicated()));
        }
        if (there.delay().isPresent() || back.delay().isPresent()) {
            rows.add(delay(WORDS.get("summary.p50"), there, back, DelayPercentiles::p50Nanos, bound));
            rows.add(delay(WORDS.get("summary.p95"), there, back, DelayPercentiles::p95Nanos, bound));
            rows.add(delay(WORDS.get("summary.p99"), there, back, DelayPercentiles::p99Nanos, bound));
        }
        return rows;
    }

    private static PlaceSummary.Row row(String name, long there, long back) {
        return new PlaceSummary.Row(
                name, Words.language().count(there), Words.language().count(back));
    }

    private static String lost(Flow flow) {
        return flow.seen() == 0 ? "\u2013" : Words.language().count(flow.lost()) + " (" + PlaceWords.loss(flow) + ")";
    }

    private static PlaceSummary.Row delay(
            String name, Flow there, Flow back, ToLongFunction<DelayPercentiles> percentile, long bound) {
        return new PlaceSummary.Row(
                name,
                there.delay().map(d -> delay(percentile.applyAsLong(d), bound)).orElse("\u2013"),
                back.delay().map(d -> delay(percentile.applyAsLong(d), bound)).orElse("\u2013"));
    }

    /** As an interval when the clocks may be wrong by a good part of it; no delay is less than nothing. */
    static String delay(long nanos, long bound) {
        if (bound == Long.MAX_VALUE) {
            return "\u2013";
        }
        return bound <= CERTAIN * nanos
                ? Words.language().duration(nanos)
                : Words.language().duration(Math.max(0, nanos - bound)) + " \u2013 "
                        + Words.language().duration(nanos + bound);
    }

    /** By how much a delay between two places can be wrong, {@link Long#MAX_VALUE} for any; among hosts between the ends of the main path. */
    private long bound(Station from, Station to) {
        List<Integer> order = stitched.paths().isEmpty()
                ? stitched.clientFirst()
                : stitched.paths().getFirst().captures();
        int near = from instanceof Station.CapturePoint(int capture) ? capture : order.getFirst();
        int far = to instanceof Station.CapturePoint(int capture) ? capture : order.getLast();
        long one = stitched.clocks().get(near).boundNanos();
        long other = stitched.clocks().get(far).boundNanos();
        return one == Long.MAX_VALUE || other == Long.MAX_VALUE ? Long.MAX_VALUE : one + other;
    }

    private String clock(int capture) {
        ClockAlignment clock = stitched.clocks().get(capture);
        if (clock.reference()) {
            return WORDS.get("summary.clock-reference");
        }
        if (!clock.tied()) {
            return WORDS.get("summary.clock-unknown");
        }
        return WORDS.get(
                "summary.clock",
                Words.language().duration(clock.offsetNanos()),
                Words.language().duration(clock.boundNanos()));
    }
}
