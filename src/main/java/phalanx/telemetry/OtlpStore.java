package phalanx.telemetry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** What was received, with caps: the newest is held, what had to go is counted. Any thread. */
public final class OtlpStore {
    /** One of so many traces, and the same part of the logs, is held while memory is scarce. */
    private static final int ONE_OF = 8;
    /** One of so many series, with as small a part of their points. */
    private static final int SERIES_OF = 4;

    private final OtlpLimits limits;
    private final Deque<Span> spans = new ArrayDeque<>();
    private final Deque<Event> logs = new ArrayDeque<>();
    private GrowingSeries series;
    private boolean scarce;
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
            if (scarce && !sampled(span)) {
                gone++;
                continue;
            }
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
                if (logs.size() > limits.mostSpans() / (scarce ? ONE_OF : 1)) {
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

    /** One of so many traces is held while memory is scarce, whole: which one follows from its id, for everybody who samples so. */
    private static boolean sampled(Span span) {
        return Math.floorMod(span.trace().hashCode(), ONE_OF) == 0;
    }

    /**
     * Holds one of eight traces and a quarter of the series, or again all that comes. Who is told of each message still is told of all of it.
     */
    public synchronized void scarce(boolean on) {
        if (scarce == on) {
            return;
        }
        scarce = on;
        if (on) {
            int before = spans.size() + logs.size();
            spans.removeIf(span -> !sampled(span));
            while (logs.size() > limits.mostSpans() / ONE_OF) {
                logs.remove();
            }
            gone += before - spans.size() - logs.size();
        }
        GrowingSeries held = new GrowingSeries(
                on ? Math.max(1, limits.mostSeries() / SERIES_OF) : limits.mostSeries(),
                on ? limits.mostPoints() / SERIES_OF : limits.mostPoints());
        gone += series.leftOut();
        series.into(held::add);
        series = held;
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
