package phalanx.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.MessageJson;
import phalanx.agents.trail.StepText;

class MessageJsonTest {
    @Test
    void all_steps_come_back_as_they_were() {
        Scripted s = new Scripted("""
                {"mode": "act", "cooldown_seconds": 1, "longest_cooldown_seconds": 2}""");
        s.heals = remedy -> false;
        s.suggests(Scripted.DRAIN, 0.95);
        s.suggests(Scripted.OTHER, 0.95);
        s.suggests(Scripted.THIRD, 0.95);
        s.trouble = true;
        s.pass(60);
        s.trouble = false;
        s.pass(5);
        s.steps.add(new Message.Filed(s.now, "INC-1", "The case file is incidents/INC-1.md."));
        s.loop.pause(true, "eva", s.now);
        for (Message step : s.steps) {
            assertEquals(Optional.of(step), MessageJson.read(MessageJson.write(step)));
        }
        assertEquals(14, s.steps.stream().map(Message::getClass).distinct().count(), "every kind of step");
    }

    @Test
    void a_review_comes_back_as_it_was() {
        Message.Advice advice = new Message.Advice(
                "REV-1/1",
                "a limit",
                "proxy.conf",
                List.of("There is none."),
                "+ limit",
                "refs/phalanx/requests/REV-1/1");
        Message step = new Message.Reviewed(Instant.EPOCH, "REV-1", List.of(advice), "1 proposed.");
        assertEquals(Optional.of(step), MessageJson.read(MessageJson.write(step)));
        assertEquals("REV-1: REV-1/1 a limit (There is none.): 1 proposed.", StepText.of(step));
    }

    @Test
    void trouble_that_a_former_version_noticed_has_no_signature() {
        String former =
                "{\"step\":\"signalled\",\"at\":\"2026-11-23T10:00:00Z\",\"incident\":\"INC-1\",\"signals\":[]}";
        assertEquals(
                Optional.of(new Message.Signalled(Instant.parse("2026-11-23T10:00:00Z"), "INC-1", List.of(), "")),
                MessageJson.read(former));
    }

    @Test
    void what_is_no_step_is_none() {
        assertTrue(MessageJson.read("{\"step\":\"rm -rf\"}").isEmpty());
        assertTrue(MessageJson.read("{\"step\":\"begun\",\"at\":\"yesterday\"}").isEmpty());
        assertTrue(MessageJson.read("nonsense").isEmpty());
        assertTrue(MessageJson.read("{\"@class\":\"java.lang.Runtime\"}").isEmpty());
    }
}
