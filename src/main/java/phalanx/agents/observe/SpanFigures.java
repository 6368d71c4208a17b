package phalanx.agents.observe;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    /** What came of what the work of a span asked others for, by the span's id. */
    private final Map<String, Asked> asked = new LinkedHashMap<>();

    private long leftOut;

    /** @param millis that it waited in all  @param failed whether one of them failed */
    private record Asked(double millis, boolean failed) {
        static final Asked NOBODY = new Asked(0, false);

        Asked and(Asked other) {
            return new Asked(millis + other.millis, failed || other.failed);
        }
    }

    /** Takes a span that ended about now. */
    void add(Span span, long second) {
        if (span.service().isEmpty()) {
            return;
        }
        double millis = span.durationNanos() / 1e6;
        String table = span.told().getOrDefault("db.collection.name", "");
        if (span.kind() == Span.Kind.SERVER) {
            Asked others = Objects.requireNonNullElse(asked.remove(span.id()), Asked.NOBODY);
            window(Subject.service(span.service()), second)
                    .ifPresent(window -> served(window, second, span, millis, others));
            String instance = span.told().getOrDefault("service.instance.id", "");
            if (!instance.isEmpty()) {
                window(Subject.instance(instance, span.service()), second)
                        .ifPresent(window -> served(window, second, span, millis, others));
            }
            return;
        }
        boolean call = span.kind() == Span.Kind.CLIENT
                && table.isEmpty()
                && !span.peer().isEmpty();
        waits(span.parent(), new Asked(millis, call && end(span) != Window.End.WELL));
        if (!table.isEmpty()) {
            window(Subject.table(table, span.service()), second)
                    .ifPresent(window -> window.add(second, end(span), millis));
        } else if (call) {
            window(Subject.dependency(span.peer(), span.service()), second)
                    .ifPresent(window -> window.add(second, end(span), millis));
            if (calls.size() < MOST) {
                calls.computeIfAbsent(span.service(), _ -> new LinkedHashSet<>())
                        .add(span.peer());
            }
        }
    }

    private static void served(Window window, long second, Span span, double millis, Asked others) {
        window.add(second, end(span), millis, Math.max(0, millis - others.millis()), others.failed());
    }

    private void waits(String parent, Asked what) {
        if (!parent.isEmpty()) {
            asked.merge(parent, what, Asked::and);
            if (asked.size() > WAITING) {
                asked.remove(asked.keySet().iterator().next());
            }
        }
    }

    private Optional<Window> window(Subject subject, long second) {
        Window window = windows.get(subject);
        if (window == null) {
            if (windows.size() >= MOST) {
                windows.values().removeIf(one -> one.silent(second));
            }
            if (windows.size() >= MOST) {
                leftOut++;
                return Optional.empty();
            }
            window = new Window();
            windows.put(subject, window);
        }
        return Optional.of(window);
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
