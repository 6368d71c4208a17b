package phalanx.agents.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PacketFiguresTest {
    private static final Subject WAY = Subject.way("pay-1", "pay");

    private final PacketFigures figures = new PacketFigures();
    private final Map<Subject, Map<Measure, Proof>> proofs = new HashMap<>();
    private long frame;

    private @Nullable Proof proof(Measure measure) {
        return proofs.getOrDefault(WAY, Map.of()).get(measure);
    }

    private void add(boolean again, boolean reset, long second) {
        figures.add(WAY, again, reset, second, "/of/lo.pcapng", ++frame);
    }

    private Map<Measure, Double> at(long second) {
        Map<Subject, Map<Measure, Double>> all = new HashMap<>();
        figures.into(second, all, proofs);
        return all.getOrDefault(WAY, Map.of());
    }

    @Test
    void the_last_four_seconds_count() {
        add(true, false, 995);
        for (int i = 0; i < 98; i++) {
            add(false, false, 997 + i % 4);
        }
        add(true, false, 999);
        add(false, true, 1000);
        assertEquals(0.01, at(1000).get(Measure.RETRANSMITTED));
        assertEquals(0.25, at(1000).get(Measure.RESETS));
        assertEquals(new Proof("/of/lo.pcapng", List.of(1L, 100L)), proof(Measure.RETRANSMITTED));
        assertEquals(new Proof("/of/lo.pcapng", List.of(101L)), proof(Measure.RESETS));
    }

    @Test
    void the_newest_packets_of_the_newest_file_are_named_as_long_as_they_are_new() {
        for (int i = 0; i < 30; i++) {
            add(true, false, 1000);
        }
        at(1000);
        assertEquals(
                new Proof(
                        "/of/lo.pcapng", LongStream.rangeClosed(11, 30).boxed().toList()),
                proof(Measure.RETRANSMITTED));
        figures.add(WAY, true, false, 1001, "/of/lo-2.pcapng", 1);
        at(1001);
        assertEquals(new Proof("/of/lo-2.pcapng", List.of(1L)), proof(Measure.RETRANSMITTED));
        proofs.clear();
        add(false, false, 1010);
        at(1010);
        assertEquals(null, proof(Measure.RETRANSMITTED));
    }

    @Test
    void without_packets_nothing_is_claimed() {
        add(false, false, 10);
        assertTrue(at(1000).isEmpty());
    }
}
