package phalanx.agents.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phalanx.telemetry.Span;

class SpanFiguresTest {
    private static final long SECOND = 1_000_000;

    private final SpanFigures figures = new SpanFigures();

    private void span(Span.Kind kind, String id, String parent, String peer, long millis, Map<String, String> told) {
        boolean failed = told.containsKey("error.type");
        figures.add(
                new Span(
                        "t",
                        id,
                        parent,
                        "policy",
                        peer,
                        kind,
                        0,
                        millis * 1_000_000,
                        failed,
                        null,
                        null,
                        null,
                        "",
                        told),
                SECOND);
    }

    private double of(Subject subject, Measure measure) {
        Map<Subject, Map<Measure, Double>> all = new HashMap<>();
        figures.into(SECOND, all);
        return all.getOrDefault(subject, Map.of()).getOrDefault(measure, Double.NaN);
    }

    @Test
    void what_a_service_waited_for_is_not_its_own_time() {
        span(Span.Kind.CLIENT, "call", "served", "payment", 400, Map.of());
        span(Span.Kind.SERVER, "served", "", "", 420, Map.of("service.instance.id", "policy-1"));
        assertEquals(420, of(Subject.instance("policy-1", "policy"), Measure.P99), 21);
        assertEquals(20, of(Subject.instance("policy-1", "policy"), Measure.OWN_P99), 1);
        assertEquals(400, of(Subject.dependency("payment", "policy"), Measure.P99), 20);
    }

    @Test
    void what_a_service_passes_on_is_not_its_own_fault() {
        span(Span.Kind.CLIENT, "call", "one", "payment", 5, Map.of("error.type", "500"));
        span(Span.Kind.SERVER, "one", "", "", 6, Map.of("error.type", "Refused"));
        span(Span.Kind.SERVER, "two", "", "", 6, Map.of("error.type", "IllegalState"));
        span(Span.Kind.SERVER, "three", "", "", 6, Map.of());
        span(Span.Kind.SERVER, "four", "", "", 6, Map.of());
        assertEquals(0.5, of(Subject.service("policy"), Measure.ERRORS));
        assertEquals(0.25, of(Subject.service("policy"), Measure.OWN_ERRORS));
    }

    @Test
    void names_that_are_not_resolved_and_calls_given_up_are_told_apart() {
        span(Span.Kind.CLIENT, "a", "x", "bank", 5, Map.of("error.type", "name_not_resolved"));
        span(Span.Kind.CLIENT, "b", "y", "bank", 1200, Map.of("error.type", "timeout"));
        assertEquals(0.5, of(Subject.dependency("bank", "policy"), Measure.UNRESOLVED));
        assertEquals(0.5, of(Subject.dependency("bank", "policy"), Measure.TIMEOUTS));
    }

    @Test
    void who_calls_whom_is_known_from_the_calls() {
        span(Span.Kind.CLIENT, "a", "x", "payment", 5, Map.of());
        span(Span.Kind.CLIENT, "b", "x", "", 5, Map.of("db.collection.name", "ledger"));
        assertTrue(figures.calls().callees("policy").contains("payment"));
        assertEquals(5, of(Subject.table("ledger", "policy"), Measure.P99), 0.3);
    }
}
