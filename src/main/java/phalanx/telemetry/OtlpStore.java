package phalanx.telemetry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** What was received, with caps: the newest is held, what had to go is counted. Any thread. */
public final class OtlpStore {
    private final OtlpLimits limits;
    private final Deque<Span> spans = new ArrayDeque<>();
    private final Deque<Event> logs = new ArrayDeque<>();
    private final GrowingSeries series;
    private volatile Consumer<Telemetry> told = _ -> {};
    private long requests;
    private long taken;
    private long points;
    private long records;
    private long refused;
    private long turnedAway;
    private long wrong;
    private long gone;

    OtlpStore(OtlpLimits limits) {
        this.limits = limits;
        series = new GrowingSeries(limits.mostSeries(), limits.mostPoints());
    }

    /**
     * What came so far.
     *
     * @param requests that were taken
     * @param records of logs
     * @param refused requests
     * @param turnedAway connections that found all places taken
     * @param wrong records of requests that were taken, which are not understood
     * @param gone spans, records and points that are no longer held because newer ones came
     */
    public record Counts(
            long requests,
            long spans,
            long points,
            long records,
            long refused,
            long turnedAway,
            long wrong,
            long gone) {}

    /** Has each message told as it comes, on a loop of the receiver, to one who does not wait. */
    public void tell(Consumer<Telemetry> who) {
        told = who;
    }

    void take(Telemetry batch, long malformed) {
        hold(batch, malformed);
        told.accept(batch);
    }

    private synchronized void hold(Telemetry batch, long malformed) {
        requests++;
        wrong += malformed;
        taken += batch.spans().size();
        for (Span span : batch.spans()) {
            spans.add(span);
            if (spans.size() > limits.mostSpans()) {
                spans.remove();
                gone++;
            }
        }
        for (Event event : batch.events()) {
            if (event.kind().equals("log")) {
                records++;
                logs.add(event);
                if (logs.size() > limits.mostSpans()) {
                    logs.remove();
                    gone++;
                }
            }
        }
        for (LabelledSeries one : batch.series()) {
            points += one.points().size();
            series.add(one);
        }
    }

    synchronized void refused() {
        refused++;
    }

    synchronized void turnedAway() {
        turnedAway++;
    }

    public synchronized Counts counts() {
        return new Counts(requests, taken, points, records, refused, turnedAway, wrong, gone + series.leftOut());
    }

    /** What is held now. Copies it. */
    public Telemetry snapshot() {
        List<Span> heldSpans;
        List<Event> events;
        List<LabelledSeries> held = new ArrayList<>();
        synchronized (this) {
            heldSpans = List.copyOf(spans);
            events = new ArrayList<>(logs);
            series.into(held::add);
        }
        heldSpans.forEach(span -> events.add(span.event()));
        return new Telemetry(events, held, List.of(), heldSpans, List.of());
    }
}
