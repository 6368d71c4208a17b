package phalanx.agents.observe;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import phalanx.metrics.CallGraph;
import phalanx.telemetry.Span;

/** Figures from the spans of services: of services, instances, what they depend on, tables. One thread. */
final class SpanFigures {
    /** Subjects kept; spans of what is new are left out beyond that. */
    private static final int MOST = 2_000;
    /** Requests of which it is remembered how long they waited for others. */
    private static final int WAITING = 20_000;

    private final Map<Subject, Window> windows = new HashMap<>();
    private final Map<String, Set<String>> calls = new HashMap<>();
    /** Milliseconds that the work of a span waited, by the span's id. */
    private final Map<String, Double> waited = new LinkedHashMap<>();

    private long leftOut;

    /** Takes a span that ended about now. */
    void add(Span span, long second) {
        if (span.service().isEmpty()) {
            return;
        }
        double millis = span.durationNanos() / 1e6;
        String table = span.told().getOrDefault("db.collection.name", "");
        if (span.kind() == Span.Kind.SERVER) {
            Double others = waited.remove(span.id());
            double own = Math.max(0, millis - (others == null ? 0 : others));
            Window.End end = end(span);
            note(Subject.service(span.service()), second, end, millis, own);
            String instance = span.told().getOrDefault("service.instance.id", "");
            if (!instance.isEmpty()) {
                note(Subject.instance(instance, span.service()), second, end, millis, own);
            }
            return;
        }
        waits(span.parent(), millis);
        if (!table.isEmpty()) {
            note(Subject.table(table, span.service()), second, end(span), millis, Double.NaN);
        } else if (span.kind() == Span.Kind.CLIENT && !span.peer().isEmpty()) {
            note(Subject.dependency(span.peer(), span.service()), second, end(span), millis, Double.NaN);
            if (calls.size() < MOST) {
                calls.computeIfAbsent(span.service(), _ -> new LinkedHashSet<>())
                        .add(span.peer());
            }
        }
    }

    private void waits(String parent, double millis) {
        if (!parent.isEmpty()) {
            waited.merge(parent, millis, Double::sum);
            if (waited.size() > WAITING) {
                waited.remove(waited.keySet().iterator().next());
            }
        }
    }

    private void note(Subject subject, long second, Window.End end, double millis, double own) {
        Window window = windows.get(subject);
        if (window == null) {
            if (windows.size() >= MOST) {
                windows.values().removeIf(one -> one.silent(second));
            }
            if (windows.size() >= MOST) {
                leftOut++;
                return;
            }
            window = new Window();
            windows.put(subject, window);
        }
        window.add(second, end, millis, own);
    }

    /** By the conventions' words for what went wrong (opentelemetry.io, "Semantic conventions", error.type). */
    private static Window.End end(Span span) {
        String error = span.told().getOrDefault("error.type", "").toLowerCase(Locale.ROOT);
        if (!span.failed() && error.isEmpty()) {
            return Window.End.WELL;
        }
        if (error.contains("timeout") || error.contains("timed_out") || error.equals("504")) {
            return Window.End.TIMED_OUT;
        }
        if (error.contains("unknownhost") || error.contains("resolve") || error.contains("dns")) {
            return Window.End.UNRESOLVED;
        }
        return error.contains("refused") || error.contains("reset") || error.contains("connectexception")
                ? Window.End.REFUSED
                : Window.End.FAILED;
    }

    void into(long second, Map<Subject, Map<Measure, Double>> figures) {
        windows.forEach((subject, window) -> {
            if (!window.silent(second)) {
                figures.computeIfAbsent(subject, _ -> new HashMap<>()).putAll(window.measures(second));
            }
        });
    }

    CallGraph calls() {
        return new CallGraph(calls);
    }

    /** Spans for which there was no room. */
    long leftOut() {
        return leftOut;
    }
}
