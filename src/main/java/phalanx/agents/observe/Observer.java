package phalanx.agents.observe;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phalanx.config.HostPort;
import phalanx.proxy.record.RequestLog;
import phalanx.telemetry.LabelledSeries;
import phalanx.telemetry.Span;

/** Puts together what spans, metrics, the proxy's log and the history of the configuration say of one moment. Any thread; one call at a time. */
public final class Observer {
    private final SpanFigures spans = new SpanFigures();
    private final MetricFigures metrics = new MetricFigures();
    private final PacketFigures packets = new PacketFigures();
    private final WireFigures wire = new WireFigures();
    private final ProxyFigures proxy;
    private final Inventory inventory;
    private final Supplier<List<Deploy>> deploys;
    private final Baseline baseline = new Baseline();
    private final ErrorBudget budget;
    private Map<Subject, Map<Measure, Double>> last = Map.of();
    /** The first look: with what was changed before it, all was as usual. */
    private @Nullable Instant began;

    /**
     * @param log of the proxy that users and services go through
     * @param deploys the last ones, newest first; asked at each look
     */
    public Observer(RequestLog log, Inventory inventory, Supplier<List<Deploy>> deploys, ErrorBudget budget) {
        this.proxy = new ProxyFigures(log, inventory);
        this.inventory = inventory;
        this.deploys = deploys;
        this.budget = budget;
    }

    private static long second(Instant at) {
        return at.getEpochSecond();
    }

    /** Takes what came by OTLP. */
    public synchronized void take(Iterable<Span> came, Iterable<LabelledSeries> points, Instant at) {
        came.forEach(span -> spans.add(span, second(at)));
        points.forEach(series -> metrics.add(series, second(at)));
    }

    /** The addresses of the servers, and the way to each: what packets to and from them tell of. */
    public Map<HostPort, Subject> servers() {
        return inventory.servers();
    }

    /**
     * Takes a TCP segment that was captured, of either direction.
     *
     * @param way as {@link #servers} has it
     * @param again whether it was sent before
     * @param reset whether it resets its connection
     * @param second since 1970 at which it was captured
     * @param file the capture that it is in
     * @param frame its number in it, from 1
     */
    public synchronized void segment(Subject way, boolean again, boolean reset, long second, String file, long frame) {
        packets.add(way, again, reset, second, file, frame);
    }

    /** Takes what the analysis found in the packets that were captured last; it takes the place of what it found before. */
    public synchronized void found(List<WireFinding> findings) {
        wire.found(findings);
    }

    /** Looks. What comes by OTLP meanwhile does not wait for the history of the configuration. @param at only ever later */
    public Observation look(Instant at) {
        return look(at, deploys.get());
    }

    private synchronized Observation look(Instant at, List<Deploy> changes) {
        Instant from = began == null ? at : began;
        began = from;
        long[] ended = proxy.read(second(at));
        budget.count(at.toEpochMilli(), ended[0], ended[1]);
        Map<Subject, Map<Measure, Double>> now = new HashMap<>();
        long second = second(at);
        spans.into(second, now);
        metrics.into(second, now);
        proxy.into(second, now);
        Map<Subject, Map<Measure, Proof>> proofs = new HashMap<>();
        packets.into(second, now, proofs);
        wire.into(second, now, proofs);
        last = now;
        Map<Subject, Map<Measure, Figure>> figures = new HashMap<>();
        now.forEach((subject, values) -> {
            Map<Measure, Figure> of = new EnumMap<>(Measure.class);
            values.forEach((measure, value) -> of.put(measure, baseline.figure(subject, measure, value)));
            figures.put(subject, of);
        });
        return new Observation(
                at,
                figures,
                spans.calls(),
                changes.stream().filter(one -> one.at().isAfter(from)).toList(),
                proofs);
    }

    /** All was well at the last look: what it saw is usual. */
    public synchronized void learn() {
        baseline.learn(last);
    }
}
