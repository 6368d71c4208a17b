package phalanx.show.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.topology.DelayPercentiles;
import phalanx.topology.Flow;

class MapQueryTest {
    /** 3 of 200 packets lost one way, p95 of 12.4 ms, 1,500 bytes in all. */
    private static final MapSubject LINK = new MapSubject(
            List.of("10.0.0.1", "10.0.0.2"),
            List.of("client"),
            7,
            new Flow(
                    200,
                    1_000,
                    200,
                    3,
                    0,
                    0,
                    Optional.of(new DelayPercentiles(197, 5_000_000, 12_400_000, 15_000_000))),
            new Flow(100, 500, 100, 0, 0, 0, Optional.empty()),
            2);

    private static boolean holds(String text) {
        return assertInstanceOf(Outcome.Ok.class, MapQuery.parse(text), text).value() instanceof MapQuery query
                && query.holds(LINK);
    }

    private static Problem problem(String text) {
        return assertInstanceOf(Outcome.Failed.class, MapQuery.parse(text), text)
                .problem();
    }

    @Test
    void figures_are_compared_with_units_and_the_worse_way_counts() {
        for (String yes : List.of(
                "loss > 1%",
                "loss <= 1.5",
                "bytes < 1.6k",
                "bytes >= 1500",
                "packets = 300",
                "delay >= 12.4ms",
                "delay < 0.0125s",
                "findings == 2",
                "conversations != 8")) {
            assertTrue(holds(yes), yes);
        }
        for (String no : List.of("loss > 1.5%", "bytes < 1k", "delay > 12400us", "findings > 2")) {
            assertTrue(!holds(no), no);
        }
    }

    @Test
    void texts_are_compared_without_case_and_or_binds_least() {
        assertTrue(holds("role = CLIENT"));
        assertTrue(holds("name contains \"0.0.2\""));
        assertTrue(holds("address = 10.0.0.1"));
        assertTrue(holds("address != 10.0.0.9"));
        assertTrue(holds("findings > 0 or loss > 50% and packets = 0"));
        assertTrue(!holds("(findings > 0 or loss > 50%) and packets = 0"));
        assertTrue(holds("not name contains lab and not (loss > 2%)"));
    }

    @Test
    void what_is_not_measured_is_neither_more_nor_less() {
        MapSubject host = new MapSubject(List.of("h"), List.of(), 1, Flow.NOTHING, Flow.NOTHING, 0);
        for (String text : List.of("loss >= 0%", "loss < 100%", "delay >= 0ms")) {
            assertTrue(
                    assertInstanceOf(Outcome.Ok.class, MapQuery.parse(text)).value() instanceof MapQuery query
                            && !query.holds(host),
                    text);
        }
    }

    @Test
    void a_link_has_no_role_that_could_be_another_one() {
        MapSubject link = new MapSubject(List.of("a", "b"), List.of(), 1, Flow.NOTHING, Flow.NOTHING, 0);
        assertTrue(assertInstanceOf(Outcome.Ok.class, MapQuery.parse("role != server"))
                                .value()
                        instanceof MapQuery query
                && !query.holds(link));
    }

    @Test
    void an_error_says_the_column_and_what_was_meant_perhaps() {
        assertEquals(1, problem("los > 1%").offset());
        assertTrue(problem("los > 1%").what().contains("did you mean loss"), problem("los > 1%")::what);
        assertEquals(8, problem("loss > fast").offset());
        assertEquals(9, problem("loss > 1% loss < 3%").offset() - 2);
        assertEquals(6, problem("loss").offset() + 1);
        assertEquals(6, problem("name > x").offset());
        assertEquals(10, problem("loss > 1 and").offset() - 3);
        assertEquals(12, problem("(loss > 1% ").offset() + 1);
        assertEquals(1, problem("\"open").offset());
        assertEquals("PHX-1302", problem("(".repeat(5_000)).code());
    }
}
