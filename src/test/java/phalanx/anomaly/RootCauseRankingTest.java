package phalanx.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phalanx.metrics.CallGraph;
import phalanx.metrics.MetricTable;
import phalanx.metrics.TimeSeries;

class RootCauseRankingTest {
    private static final int NORMAL = 200;

    private final Random random = new Random(5);
    private final List<TimeSeries> normal = new ArrayList<>();
    private final List<TimeSeries> judged = new ArrayList<>();

    /** A metric that strays by a tenth in normal times. */
    private void metric(String name, double usual, double... now) {
        double[] values = new double[NORMAL];
        for (int i = 0; i < NORMAL; i++) {
            values[i] = usual * (1 + 0.05 * random.nextGaussian());
        }
        normal.add(new TimeSeries(name, new long[NORMAL], values));
        judged.add(new TimeSeries(name, new long[now.length], now));
    }

    private RootCauseRanking rank(CallGraph graph, @Nullable String target) {
        return RootCauseRanking.of(
                new MetricTable(List.of(), normal), new MetricTable(List.of(), judged), graph, target);
    }

    private static List<String> services(RootCauseRanking ranking) {
        return ranking.suspects().stream().map(Suspect::service).toList();
    }

    @Test
    void without_a_graph_the_service_that_left_its_range_furthest_is_first_and_traffic_blames_nobody() {
        metric("cart|cpu", 0.2, 0.2, 0.9, 0.8);
        metric("front|latency", 100, 100, 140, 130);
        metric("front|requests", 50, 5000, 5000, 5000);
        metric("user|mem", 300, 300, 290, 100);
        RootCauseRanking ranking = rank(CallGraph.NONE, null);
        assertEquals(List.of("cart", "front", "user"), services(ranking));
        assertNull(ranking.complaint());
        assertEquals(0, ranking.suspects().getLast().score());
        assertEquals(1, ranking.suspects().getFirst().worstRow());
    }

    @Test
    void a_service_suffers_from_the_one_it_calls() {
        metric("front|latency", 100, 100, 300, 100);
        metric("cart|latency", 50, 50, 260, 50);
        metric("db|latency", 5, 5, 200, 5);
        metric("mail|latency", 20, 200, 20, 200);
        CallGraph graph =
                new CallGraph(Map.of("front", Set.of("cart", "mail"), "cart", Set.of("db"), "mail", Set.of("db")));
        RootCauseRanking ranking = rank(graph, "front");
        assertEquals("db", services(ranking).getFirst());
        assertEquals(Indicator.LATENCY, ranking.complaint());
        assertEquals(0, ranking.suspects().getFirst().because() == null ? 0 : 1);
        Suspect cart = ranking.suspects().stream()
                .filter(suspect -> suspect.service().equals("cart"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "db",
                assertInstanceOf(Suspect.Explanation.Callee.class, cart.because())
                        .service());
        // Nobody was named: the caller that nobody calls is taken.
        assertEquals("front", rank(graph, null).target());
    }

    @Test
    void only_what_is_bad_when_the_target_is_counts() {
        metric("front|availability", 1, 1, 1, 0.4, 1);
        metric("pay|availability", 1, 1, 1, 0.5, 1);
        metric("mail|availability", 1, 0.1, 0.1, 1, 0.1);
        CallGraph graph =
                new CallGraph(Map.of("front", Set.of("pay", "mail"), "pay", Set.of("x"), "mail", Set.of("y")));
        assertEquals("pay", services(rank(graph, "front")).getFirst());
    }

    @Test
    void an_address_that_only_callers_know_yields_to_the_service_behind_it() {
        metric("front|errors", 1, 1, 40);
        metric("elb_remote|errors", 1, 1, 90);
        metric("search|errors", 1, 1, 45);
        CallGraph graph = new CallGraph(Map.of("front", Set.of("elb_remote", "search"), "search", Set.of("s3")));
        RootCauseRanking ranking = rank(graph, "front");
        assertEquals("search", services(ranking).getFirst());
        assertTrue(ranking.suspects().stream()
                .anyMatch(suspect -> suspect.because() instanceof Suspect.Explanation.OnlySeenFromOutside));
    }

    @ParameterizedTest
    @CsvSource({
        "latency.p99, LATENCY",
        "latency_p99_ms, LATENCY",
        "p99_ms, LATENCY",
        "success_latency_ms, LATENCY",
        "response_size, TRAFFIC",
        "requests.Sum, TRAFFIC",
        "error_count, ERRORS",
        "unavailable_ratio, ERRORS",
        "availability.Average, AVAILABILITY",
        "cpu, SATURATION",
        "mem_available, OTHER",
        "default, OTHER"
    })
    void words_in_a_name_tell_what_it_measures(String name, Indicator indicator) {
        assertEquals(indicator, Indicator.of(name));
    }

    @Test
    void a_graph_that_does_not_know_the_target_hides_nobody() {
        metric("front|latency", 100, 300, 300);
        metric("cart|latency", 10, 200, 200);
        assertEquals(
                "cart",
                services(rank(new CallGraph(Map.of("a", Set.of("b"))), "front")).getFirst());
    }

    @Test
    void a_metric_that_was_always_0_is_not_endlessly_bad() {
        normal.add(new TimeSeries("a|errors", new long[NORMAL], new double[NORMAL]));
        judged.add(new TimeSeries("a|errors", new long[2], new double[] {0, 1e-9}));
        assertTrue(rank(CallGraph.NONE, null).suspects().getFirst().score() <= 100.001);
    }
}
