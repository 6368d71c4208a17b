package phalanx.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import phalanx.agents.trail.BallotText;
import phalanx.agents.trail.IncidentRecord;
import phalanx.agents.trail.IncidentRecord.Stage;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.StepLog;

/** What people see of the agents follows from the steps alone, and steering reaches the loop. */
class SteeringTest {
    private static IncidentRecord only(ScriptedAgents agents) {
        List<IncidentRecord> all = agents.steering().snapshot().incidents();
        assertEquals(1, all.size());
        return all.getFirst();
    }

    @Test
    void a_proposal_that_waits_is_there_with_all_a_person_needs_and_an_answer_carries_it_out() {
        ScriptedAgents agents = new ScriptedAgents("ask", null);
        agents.suggests(0.97);
        agents.incident();
        IncidentRecord waiting = only(agents);
        assertEquals(Stage.WAITING, waiting.stage());
        IncidentRecord.Attempt attempt = waiting.last().orElseThrow();
        assertEquals(3, attempt.votes().size(), "two voters and the Guardrail");
        assertNotNull(attempt.decisions().getFirst().tally());
        assertTrue(attempt.dryRun().difference().contains("\"size\": 8"));
        assertEquals(4, waiting.hypotheses().getFirst().evidence().size());
        String id = waiting.waiting().orElseThrow().id();

        assertFalse(agents.steering().answer("INC-0/1", true, "ada", "another one"));
        assertTrue(agents.steering().answer(id, true, "ada", "as expected"));
        agents.pass(6);
        IncidentRecord over = only(agents);
        assertEquals(Stage.CLOSED, over.stage());
        assertEquals(
                Message.Decision.APPROVED,
                over.last().orElseThrow().decisions().getLast().decision());
        assertNotNull(over.last().orElseThrow().acted());
        assertTrue(BallotText.of(over.last().orElseThrow()).contains("approved: ada: as expected"));
    }

    @Test
    void the_agents_that_are_paused_begin_nothing_until_they_are_resumed() {
        ScriptedAgents agents = new ScriptedAgents("act", null);
        agents.suggests(0.97);
        agents.steering().pause(true, "eva");
        agents.incident();
        assertTrue(agents.steering().snapshot().paused());
        assertEquals(List.of(), agents.steering().snapshot().incidents());
        agents.steering().pause(false, "eva");
        agents.pass(10);
        assertEquals(Stage.CLOSED, only(agents).stage());
    }

    @Test
    void trust_that_was_learned_is_seen() {
        ScriptedAgents agents = new ScriptedAgents("act", null);
        agents.suggests(0.97);
        agents.helpless();
        double before = agents.steering().snapshot().trust().getOrDefault(Role.SCOUT, 0.0);
        agents.incident();
        agents.pass(12);
        assertTrue(agents.steering().snapshot().trust().getOrDefault(Role.SCOUT, 1.0) < before);
        assertNotNull(only(agents).attempts().getFirst().takenBack());
    }

    @Test
    void of_very_many_steps_the_newest_are_kept_and_who_comes_late_hears_how_many_are_gone() {
        ScriptedAgents agents = new ScriptedAgents("act", null);
        AtomicInteger told = new AtomicInteger();
        Runnable end = agents.steering().log().tell(told::incrementAndGet);
        for (int i = 1; i <= StepLog.MOST + 50; i++) {
            agents.tell(i);
        }
        end.run();
        agents.tell(0);
        assertEquals(StepLog.MOST + 50, told.get());
        StepLog.Read first = agents.steering().log().after(0, 10);
        assertEquals(51, first.missed());
        assertEquals(52, first.entries().getFirst().id());
        assertEquals(10, first.entries().size());
        StepLog.Read last = agents.steering().log().after(StepLog.MOST + 50, 10);
        assertEquals(0, last.missed());
        assertEquals(1, last.entries().size());
        assertEquals(
                0,
                agents.steering()
                        .log()
                        .after(last.entries().getFirst().id(), 10)
                        .entries()
                        .size());
    }
}
