package phalanx.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import phalanx.agents.cause.Cause;
import phalanx.agents.cause.Causes;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.cause.Weighing;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Inventory;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Proof;
import phalanx.agents.observe.Subject;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.MessageJson;
import phalanx.agents.trail.Role;
import phalanx.metrics.CallGraph;

/** What a finding of the packet analysis does to the causes. */
class WireEvidenceTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Subject WAY = Subject.way("pay-1", "pay");
    private static final Proof PROOF = new Proof("/captures/packets-1.pcapng", List.of(3L, 7L, 12L));

    private static Weighing weighed(Cause cause, Map<Measure, Double> figures) {
        Map<Measure, Figure> at = new HashMap<>();
        Map<Measure, Proof> proofs = new HashMap<>();
        figures.forEach((measure, value) -> {
            at.put(measure, new Figure(value, 0, measure.noise()));
            proofs.put(measure, PROOF);
        });
        at.put(Measure.RATE, new Figure(10, 10, 1));
        Observation seen = new Observation(NOW, Map.of(WAY, at), CallGraph.NONE, List.of(), Map.of(WAY, proofs));
        return new Causes(seen, NOW, Inventory.NONE)
                .weighed().stream()
                        .filter(one -> one.cause() == cause && one.place().equals(WAY))
                        .findFirst()
                        .orElseThrow();
    }

    private static double moved(Cause cause, Measure found) {
        return weighed(cause, Map.of(found, 0.9)).odds()
                - weighed(cause, Map.of()).odds();
    }

    @Test
    void each_finding_speaks_for_the_cause_that_it_is_the_mark_of() {
        assertEquals(3, moved(Cause.NETWORK_LOSS, Measure.LOSS_FOUND), 1e-9);
        assertEquals(3, moved(Cause.NETWORK_LOSS, Measure.BLACK_HOLE_FOUND), 1e-9);
        assertEquals(3, moved(Cause.NETWORK_LOSS, Measure.RESETS_FOUND), 1e-9);
        assertEquals(3, moved(Cause.DEAD_BACKEND, Measure.REFUSAL_FOUND), 1e-9);
        assertEquals(3, moved(Cause.NETWORK_DELAY, Measure.DELAY_FOUND), 1e-9);
        assertEquals(-3, moved(Cause.NETWORK_LOSS, Measure.REFUSAL_FOUND), 1e-9);
        assertEquals(-3, moved(Cause.NETWORK_DELAY, Measure.ZERO_WINDOW_FOUND), 1e-9);
    }

    @Test
    void alone_it_is_far_from_enough_and_without_it_nothing_is_missing() {
        assertTrue(weighed(Cause.NETWORK_LOSS, Map.of(Measure.LOSS_FOUND, 1.0)).odds() < -3);
        assertTrue(
                !weighed(Cause.NETWORK_LOSS, Map.of()).hypothesis(0.5).missing().contains(Measure.LOSS_FOUND));
    }

    @Test
    void the_packets_go_with_it_as_far_as_the_trail() {
        Hypothesis told =
                weighed(Cause.NETWORK_LOSS, Map.of(Measure.LOSS_FOUND, 0.9)).hypothesis(0.5);
        assertEquals(PROOF, told.evidence().getFirst().proof());
        Message step = new Message.Diagnosed(NOW, "INC-1", 1, Role.BRAIN, List.of(told));
        assertEquals(Optional.of(step), MessageJson.read(MessageJson.write(step)));
    }
}
