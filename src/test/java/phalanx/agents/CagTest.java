package phalanx.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import phalanx.agents.cause.Calibration;
import phalanx.agents.cause.Cause;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.memory.Precedent;
import phalanx.agents.memory.Precedents;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Inventory;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Subject;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Proposal;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.Signal;
import phalanx.explain.language.SentenceVectors;

class CagTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    /** As after a kill: what it looked like stands in the trail. */
    @Test
    void an_incident_that_it_never_saw_begin_is_remembered_by_what_it_looked_like_then() throws Exception {
        List<Precedent> kept = new ArrayList<>();
        Precedents precedents = new Precedents(_ -> new float[SentenceVectors.DIMENSIONS], kept::add);
        Inventory inventory = RecordedFaultsTest.inventory();
        Cag cag = new Cag(precedents, inventory, new RemedyBook(inventory), new Calibration());
        Incident incident = new Incident(new Message.Signalled(
                NOW,
                "INC-1",
                List.of(new Signal(NOW, NOW, Subject.EDGE, Measure.ERRORS, new Figure(0.4, 0, 0.005), 0.05)),
                "users: errors high"));
        Hypothesis hypothesis =
                new Hypothesis(Cause.SERVER_ERRORS, Subject.instance("policy-1", "policy"), 0.95, List.of(), List.of());
        Proposal proposal = new Proposal("INC-1/1", "INC-1", 1, Role.BRAIN, hypothesis, Scripted.DRAIN, "");
        cag.outcome(incident.view(), proposal, true);
        assertEquals(
                List.of("users: errors high"),
                kept.stream().map(Precedent::signature).toList());
        cag.outcome(incident.view(), proposal, true);
        assertEquals(1, kept.size(), "measured again after a kill");
    }
}
