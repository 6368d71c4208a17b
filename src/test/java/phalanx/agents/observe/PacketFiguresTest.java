package phalanx.agents.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PacketFiguresTest {
    private static final Subject WAY = Subject.way("pay-1", "pay");

    private final PacketFigures figures = new PacketFigures();

    private Map<Measure, Double> at(long second) {
        Map<Subject, Map<Measure, Double>> all = new HashMap<>();
        figures.into(second, all);
        return all.getOrDefault(WAY, Map.of());
    }

    @Test
    void the_last_four_seconds_count() {
        figures.add(WAY, true, false, 995);
        for (int i = 0; i < 98; i++) {
            figures.add(WAY, false, false, 997 + i % 4);
        }
        figures.add(WAY, true, false, 999);
        figures.add(WAY, false, true, 1000);
        assertEquals(0.01, at(1000).get(Measure.RETRANSMITTED));
        assertEquals(0.25, at(1000).get(Measure.RESETS));
    }

    @Test
    void without_packets_nothing_is_claimed() {
        figures.add(WAY, false, false, 10);
        assertTrue(at(1000).isEmpty());
    }
}
