package phalanx.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import phalanx.config.HostPort;
import phalanx.lab.http.HttpListener;

class LoadGeneratorTest {
    @Test
    void customers_come_at_their_rate_for_quotes_and_policies_with_a_trace_each() throws Exception {
        AtomicInteger quotes = new AtomicInteger();
        AtomicInteger policies = new AtomicInteger();
        ConcurrentHashMap<String, String> traces = new ConcurrentHashMap<>();
        try (HttpListener edge = new HttpListener(0, request -> {
                    (request.path().equals("/quote") ? quotes : policies).incrementAndGet();
                    traces.put(request.header("traceparent"), request.path());
                    request.answer(200, "{}");
                });
                LoadGenerator load = new LoadGenerator(at(edge), 100, 7)) {
            Thread.sleep(4200);
            LoadWindow window = load.window(3);
            assertTrue(window.requests() > 200 && window.requests() < 400, window.toString());
            assertEquals(0, window.errors());
            assertTrue(
                    quotes.get() > policies.get() && policies.get() > 50,
                    quotes + " quotes, " + policies + " policies");
            assertTrue(traces.size() > 200);
            assertTrue(traces.keySet().stream().allMatch(one -> one.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")));
        }
    }

    @Test
    void in_a_storm_each_failure_is_sent_again_at_once_five_times() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (HttpListener edge = new HttpListener(0, request -> {
                    asked.incrementAndGet();
                    request.answer(503, "{}");
                });
                LoadGenerator load = new LoadGenerator(at(edge), 20, 7)) {
            load.retries(Retries.STORM);
            Thread.sleep(3200);
            LoadWindow window = load.window(2);
            assertEquals(window.requests(), window.errors());
            assertTrue(window.requests() > 120, window.toString()); // 40 customers in two seconds, six requests each
            assertFalse(Objective.USUAL.kept(window));
        }
        assertTrue(asked.get() > 200, asked.toString());
    }

    @Test
    void what_is_promised_is_kept_below_both_bounds_and_by_no_silence() {
        assertTrue(Objective.USUAL.kept(new LoadWindow(200, 1, 20, 399)));
        assertFalse(Objective.USUAL.kept(new LoadWindow(200, 1, 20, 400)));
        assertFalse(Objective.USUAL.kept(new LoadWindow(200, 2, 20, 100)));
        assertFalse(Objective.USUAL.kept(new LoadWindow(0, 0, 0, 0)));
    }

    private static HostPort at(HttpListener edge) {
        return new HostPort(HostPort.LOOPBACK, edge.port());
    }
}
