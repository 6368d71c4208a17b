package phalanx.agents.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BaselineTest {
    private final Baseline baseline = new Baseline();

    @Test
    void clients_without_end_leave_room_for_services() {
        for (int i = 0; i < 20_000; i++) {
            baseline.learn(
                    Map.of(Subject.client("2001:db8:" + Integer.toHexString(i) + "::/64"), Map.of(Measure.RATE, 20.0)));
        }
        Subject service = Subject.service("quote");
        for (int i = 0; i < 20; i++) {
            baseline.learn(Map.of(service, Map.of(Measure.P99, 40.0)));
        }
        assertEquals(40, baseline.figure(service, Measure.P99, 90).usual());
        assertTrue(Double.isNaN(baseline.figure(Subject.client("2001:db8:0::/64"), Measure.RATE, 20)
                .usual()));
    }

    @Test
    void what_is_no_number_is_not_learned() {
        Subject service = Subject.service("quote");
        for (int i = 0; i < 20; i++) {
            baseline.learn(Map.of(service, Map.of(Measure.P99, i % 2 == 0 ? Double.NaN : 40.0)));
        }
        assertEquals(40, baseline.figure(service, Measure.P99, 90).usual());
    }
}
