package phalanx.app.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phalanx.agents.ScriptedAgents;
import phalanx.proxy.admin.AdminExtension.Order;
import phalanx.run.Outcome;
import phalanx.telemetry.Span;
import phalanx.telemetry.Telemetry;

/** The graph of a running system, asked. */
class LiveGraphTest {
    private static final long NOON = Instant.parse("2026-11-23T12:00:00Z").getEpochSecond() * 1_000_000_000;

    private final LiveGraph graph = new LiveGraph(
            () -> new Telemetry(
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(
                            span("1", "", "web", "quote"),
                            span("2", "1", "quote", "policy"),
                            span("3", "2", "policy", "")),
                    List.of()),
            new ScriptedAgents("ask", null).steering());

    private static Span span(String id, String parent, String service, String peer) {
        return new Span(
                "t",
                id,
                parent,
                service,
                peer,
                Span.Kind.CLIENT,
                NOON,
                1_000_000,
                false,
                null,
                null,
                null,
                "",
                Map.of());
    }

    private Outcome<String> ask(String... query) {
        Map<String, List<String>> values = new HashMap<>();
        for (int i = 0; i < query.length; i += 2) {
            values.put(query[i], List.of(query[i + 1]));
        }
        return graph.answer(new Order(List.of("agents", "graph"), false, values, "", ""));
    }

    private List<String> told(String... query) throws Exception {
        if (!(ask(query) instanceof Outcome.Ok<String>(String text))) {
            throw new AssertionError(ask(query).toString());
        }
        JsonNode statements = new ObjectMapper().readTree(text).path("statements");
        return statements
                .valueStream()
                .map(one -> one.path("from").asText() + " "
                        + one.path("relation").asText() + " " + one.path("to").asText())
                .toList();
    }

    @Test
    void services_and_what_depends_on_them_are_told() throws Exception {
        assertEquals(List.of("service:web calls service:quote", "service:quote calls service:policy"), told());
        assertEquals(List.of("service:quote calls service:policy"), told("ask", "downstream", "from", "quote"));
        assertEquals(
                2,
                told("ask", "path", "from", "service:web", "to", "service:policy")
                        .size());
    }

    @Test
    void what_cannot_be_asked_is_said() {
        assertTrue(
                ask("ask", "why").toString().contains("\"why\" cannot be asked."),
                ask("ask", "why").toString());
        assertTrue(ask("ask", "path", "from", "web").toString().contains("wants from and to."));
        assertTrue(ask("ask", "neighbours", "from", "nobody").toString().contains("\"nobody\""));
        assertTrue(ask("before", "yesterday").toString().contains("is no time."));
    }
}
