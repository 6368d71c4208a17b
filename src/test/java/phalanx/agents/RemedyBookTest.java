package phalanx.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phalanx.act.Remedy;
import phalanx.agents.cause.Cause;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.observe.Deploy;
import phalanx.agents.observe.Inventory;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Subject;
import phalanx.metrics.CallGraph;

class RemedyBookTest {
    private static final Instant SINCE = Instant.parse("2026-11-23T10:00:00Z");
    private static final Hypothesis BAD_DEPLOY =
            new Hypothesis(Cause.BAD_DEPLOY, Subject.service("quote"), 0.95, List.of(), List.of());
    private static final RemedyBook BOOK =
            new RemedyBook(Inventory.parse("i", """
            {"schema": "phalanx.inventory/1", "services": {"quote": {"file": "quote.json"}}}""").value().orElseThrow());

    private static Deploy deploy(int seconds, String commit, String file, boolean fix) {
        return new Deploy(SINCE.plusSeconds(seconds), commit, List.of(file), fix);
    }

    /** @param deploys newest first */
    private static List<Remedy> of(Deploy... deploys) {
        return BOOK.of(
                BAD_DEPLOY, SINCE, new Observation(SINCE.plusSeconds(60), Map.of(), CallGraph.NONE, List.of(deploys)));
    }

    @Test
    void the_change_that_is_blamed_is_taken_back_and_no_later_one() {
        Deploy bad = deploy(-10, "bad", "quote.json", false);
        Deploy earlier = deploy(-300, "earlier", "quote.json", false);
        assertEquals(List.of(new Remedy.Revert("bad", "quote.json")), of(bad, earlier));
        assertEquals(
                List.of(new Remedy.Revert("bad", "quote.json")),
                of(deploy(30, "elsewhere", "policy.json", false), bad, earlier));
    }

    @Test
    void nothing_is_taken_back_that_somebody_built_on() {
        Deploy bad = deploy(-10, "bad", "quote.json", false);
        assertEquals(List.of(), of(deploy(30, "mended by hand", "quote.json", false), bad));
        assertEquals(List.of(), of(deploy(30, "by the agents", "quote.json", true), bad));
        assertEquals(List.of(), of(deploy(30, "after it began", "quote.json", false)));
    }
}
