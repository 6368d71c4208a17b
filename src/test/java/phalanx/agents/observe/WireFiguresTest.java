package phalanx.agents.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WireFiguresTest {
    private static final Subject WAY = Subject.way("pay-1", "pay");
    private final WireFigures figures = new WireFigures();
    private final Map<Subject, Map<Measure, Double>> now = new HashMap<>();
    private final Map<Subject, Map<Measure, Proof>> proofs = new HashMap<>();

    private static WireFinding loss(double confidence, WireFinding.Severity severity, long frame) {
        return new WireFinding(
                WireFault.LOSS, WAY, severity, confidence, 1_000_000_000_000L, new Proof("a.pcapng", List.of(frame)));
    }

    @Test
    void the_worst_of_a_kind_counts_with_its_packets() {
        figures.found(List.of(
                loss(0.6, WireFinding.Severity.CRITICAL, 1),
                loss(0.8, WireFinding.Severity.CRITICAL, 2),
                loss(1, WireFinding.Severity.INFO, 3)));
        figures.into(1000 + WireFigures.SECONDS, now, proofs);
        assertEquals(Map.of(Measure.LOSS_FOUND, 0.8), now.get(WAY));
        assertEquals(
                List.of(2L),
                Objects.requireNonNull(Objects.requireNonNull(proofs.get(WAY)).get(Measure.LOSS_FOUND))
                        .frames());
    }

    @Test
    void what_is_over_says_nothing() {
        figures.found(List.of(loss(1, WireFinding.Severity.CRITICAL, 1)));
        figures.into(1001 + WireFigures.SECONDS, now, proofs);
        assertTrue(now.isEmpty());
    }

    @Test
    void a_new_answer_takes_the_place_of_the_one_before() {
        figures.found(List.of(loss(1, WireFinding.Severity.CRITICAL, 1)));
        figures.found(List.of());
        figures.into(1000, now, proofs);
        assertTrue(now.isEmpty());
    }
}
