package phalanx.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import phalanx.act.DryRun;
import phalanx.act.Effect;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.StepText;
import phalanx.agents.trail.Vote;

class AgentLoopTest {
    private static final String ACT = """
            {"mode": "act", "cooldown_seconds": 1, "longest_cooldown_seconds": 8}""";

    @Test
    void trouble_is_healed_and_remembered() {
        Scripted s = new Scripted(ACT);
        s.suggests(Scripted.DRAIN, 0.95);
        s.trouble = true;
        s.pass(8);
        assertEquals(List.of("Signalled", "Proposed", "APPROVED", "Begun", "DONE", "HELPED", "HEALED"), s.told());
        assertEquals(List.of("did policy/127.0.0.1:1"), s.done);
        assertEquals(List.of("policy/127.0.0.1:1 true"), s.remembered);
        assertTrue(s.loop.open().isEmpty());
    }

    @Test
    void what_does_not_help_is_taken_back_and_the_next_attempt_differs() {
        Scripted s = new Scripted(ACT);
        s.heals = Scripted.OTHER::equals;
        s.suggests(Scripted.DRAIN, 0.95);
        s.suggests(Scripted.OTHER, 0.92);
        s.trouble = true;
        s.pass(20);
        assertEquals(List.of("did policy/127.0.0.1:1", "undid policy/127.0.0.1:1", "did policy/127.0.0.1:2"), s.done);
        assertEquals("HEALED", s.told().getLast());
        assertTrue(s.trust.of(Role.SCOUT) < 0.5, "it said yes to what did not help");
    }

    @Test
    void what_makes_it_worse_is_taken_back_before_its_time() {
        Scripted s = new Scripted(ACT);
        s.heals = remedy -> false;
        s.harms = Scripted.DRAIN::equals;
        s.suggests(Scripted.DRAIN, 0.95);
        s.trouble = true;
        s.pass(5);
        assertEquals("undid policy/127.0.0.1:1", s.done.getLast());
    }

    @Test
    void three_failures_are_a_persons_case() {
        Scripted s = new Scripted(ACT);
        s.heals = remedy -> false;
        s.suggests(Scripted.DRAIN, 0.95);
        s.suggests(Scripted.OTHER, 0.95);
        s.suggests(Scripted.THIRD, 0.95);
        s.trouble = true;
        s.pass(60);
        assertEquals("Escalated", s.told().getLast());
        assertEquals(3, s.done.stream().filter(one -> one.startsWith("undid")).count());
        s.pass(100);
        assertEquals("Escalated", s.told().getLast(), "and nothing more is tried");
        s.trouble = false;
        s.pass(4);
        assertEquals("ESCALATED", s.told().getLast());
    }

    @Test
    void a_veto_of_the_policy_counts_whatever_the_others_say() {
        Scripted s = new Scripted("""
                {"mode": "act", "most_of_upstream": 0.4}""");
        s.suggests(Scripted.DRAIN, 0.99);
        s.trouble = true;
        s.pass(12);
        assertTrue(s.done.isEmpty());
        Message.Decided decided = s.last(Message.Decided.class);
        assertEquals(Message.Decision.REJECTED, decided.decision());
        assertEquals(Role.GUARDRAIL, decided.by());
        assertTrue(decided.reason().contains("50 %"), decided.reason());
    }

    @Test
    void votes_against_it_reject_it() {
        Scripted s = new Scripted(ACT);
        s.choice = Vote.Choice.NO;
        s.suggests(Scripted.DRAIN, 0.99);
        s.trouble = true;
        s.pass(3);
        assertEquals(Message.Decision.REJECTED, s.last(Message.Decided.class).decision());
        assertTrue(s.done.isEmpty());
    }

    @Test
    void less_confidence_asks_a_person_and_silence_is_a_no() {
        Scripted s = new Scripted(ACT);
        s.suggests(Scripted.DRAIN, 0.7);
        s.trouble = true;
        s.pass(8);
        assertEquals("ASKED", s.told().getLast(), "once patience brought no more confidence");
        s.pass(61);
        assertTrue(s.done.isEmpty());
        assertEquals(List.of("REJECTED", "Escalated"), s.told().subList(3, 5));
    }

    @Test
    void a_persons_yes_carries_it_out_and_only_once() {
        Scripted s = new Scripted(ACT);
        s.suggests(Scripted.DRAIN, 0.7);
        s.trouble = true;
        s.pass(8);
        String proposal = s.last(Message.Proposed.class).proposal().id();
        assertTrue(s.loop.answer(proposal, true, "eva", "looks right"));
        s.loop.answer(proposal, true, "eva", "again");
        s.arrive(2);
        assertEquals(List.of("did policy/127.0.0.1:1"), s.done);
        assertFalse(s.loop.answer(proposal, false, "eva", "too late"));
    }

    @Test
    void a_late_yes_holds_only_for_what_the_policy_still_allows() {
        Scripted s = new Scripted("""
                {"mode": "act", "cooldown_seconds": 1, "most_of_upstream": 0.6}""");
        s.suggests(Scripted.DRAIN, 0.7);
        s.trouble = true;
        s.pass(8);
        s.effect.dryRun = new DryRun(true, "drained", "", "undrain", 0.9); // others went while the person was asked
        assertTrue(s.loop.answer(s.last(Message.Proposed.class).proposal().id(), true, "eva", "looks right"));
        s.arrive(1);
        assertEquals(List.of(), s.done);
        assertEquals(
                "90 % of the upstream's servers would be out of use, 60 % may be.",
                s.last(Message.Acted.class).says());
    }

    @Test
    void what_a_person_approves_while_the_agents_are_paused_is_not_begun() {
        Scripted s = new Scripted(ACT);
        s.suggests(Scripted.DRAIN, 0.7);
        s.trouble = true;
        s.pass(8);
        s.loop.pause(true, "otto", s.now);
        assertTrue(s.loop.answer(s.last(Message.Proposed.class).proposal().id(), true, "eva", "looks right"));
        s.arrive(1);
        assertEquals(List.of(), s.done);
        assertEquals(
                List.of("APPROVED", "REJECTED", "Escalated"),
                s.told().subList(s.told().size() - 3, s.told().size()));
    }

    @Test
    void what_cannot_be_kept_is_told_nobody() {
        Scripted s = new Scripted(ACT);
        s.diskFull = true;
        assertFalse(s.loop.note(new Message.Escalated(s.now, "INC-1", "a step")));
        assertTrue(s.steps.isEmpty() && s.queue.isEmpty());
        s.diskFull = false;
        assertTrue(s.loop.note(new Message.Escalated(s.now, "INC-1", "a step")));
        s.arrive(2);
        assertEquals(1, s.steps.size());
    }

    @Test
    void what_was_left_to_a_person_keeps_nobody_from_its_target_after_a_kill() {
        List<Message> steps = new ArrayList<>(killedAfter(Message.Acted.class));
        Instant at = steps.getLast().at();
        String incident = steps.getLast().incident();
        steps.add(new Message.Escalated(at, incident, "a fault"));
        steps.add(new Message.Closed(at, incident, Message.Ending.ESCALATED, "over"));
        Scripted s = again(steps);
        s.suggests(Scripted.DRAIN, 0.95);
        s.pass(20);
        assertEquals(List.of("did policy/127.0.0.1:1"), s.done);
    }

    @Test
    void killed_after_it_was_measured_a_lost_way_back_is_gone_again() {
        Scripted s = again(killedAfter(Message.Verified.class));
        s.loses = Message.TakenBack.class;
        s.pass(30);
        s.loses = null;
        s.pass(320);
        assertTrue(s.told().contains("TakenBack"), s.told().toString());
    }

    @Test
    void a_fault_of_the_program_itself_is_a_persons_case() {
        Scripted s = new Scripted(ACT);
        s.suggests(Scripted.DRAIN, 0.95);
        s.trouble = true;
        s.broken = true;
        s.pass(3);
        assertEquals(List.of("Signalled", "Escalated"), s.told());
        assertTrue(s.last(Message.Escalated.class).says().contains("a fault of Phalanx itself"));
        s.trouble = false;
        s.pass(4);
        assertEquals("ESCALATED", s.told().getLast(), "the loop goes on");
        s.broken = false;
        s.trouble = true;
        s.pass(8);
        assertEquals("HEALED", s.told().getLast());
    }

    @Test
    void a_dry_run_is_waited_for_as_long_as_was_declared() {
        Scripted s = new Scripted(ACT);
        s.suggests(Scripted.DRAIN, 0.95);
        s.patience = Scripted.seconds(600);
        s.loses = Message.Proposed.class;
        s.trouble = true;
        s.pass(600);
        assertEquals(List.of("Signalled"), s.told());
        s.pass(40);
        assertEquals(List.of("Signalled", "Escalated"), s.told());
    }

    @Test
    void little_confidence_is_only_told() {
        Scripted s = new Scripted(ACT);
        s.suggests(Scripted.DRAIN, 0.5);
        s.trouble = true;
        s.pass(20);
        assertEquals(List.of("Signalled", "Escalated"), s.told());
        assertTrue(s.last(Message.Escalated.class).says().contains("server-errors"));
    }

    @Test
    void messages_that_arrive_twice_do_nothing_twice() {
        Scripted s = new Scripted(ACT);
        s.suggests(Scripted.DRAIN, 0.95);
        s.trouble = true;
        for (int i = 0; i < 8; i++) {
            s.pass(1);
            List.copyOf(s.steps).forEach(s.loop::on);
        }
        assertEquals(List.of("did policy/127.0.0.1:1"), s.done);
        assertEquals("HEALED", s.told().getLast());
        assertEquals(s.told().stream().distinct().toList(), s.told());
    }

    @Test
    void a_dry_run_changes_nothing() {
        Scripted s = new Scripted("{}");
        s.suggests(Scripted.DRAIN, 0.99);
        s.trouble = true;
        s.pass(30);
        assertEquals(List.of("Signalled", "Proposed", "DRY_RUN"), s.told());
        assertTrue(s.done.isEmpty());
    }

    @Test
    void paused_agents_begin_nothing_and_still_take_back() {
        Scripted s = new Scripted(ACT);
        s.heals = remedy -> false;
        s.suggests(Scripted.DRAIN, 0.95);
        s.trouble = true;
        s.pass(2);
        assertEquals(List.of("did policy/127.0.0.1:1"), s.done);
        s.loop.pause(true, "eva", s.now);
        s.pass(30);
        assertEquals(List.of("did policy/127.0.0.1:1", "undid policy/127.0.0.1:1"), s.done);
    }

    @Test
    void who_paused_and_resumed_them_and_when_is_in_the_trail_whatever_the_bus_does() {
        Scripted s = new Scripted(ACT);
        s.full = true;
        Instant early = s.now;
        s.loop.pause(true, "eva", early);
        s.loop.pause(true, "ada", early); // they are paused
        assertEquals(List.of(new Message.Paused(early, "", true, "eva")), s.steps);
        s.full = false;
        s.suggests(Scripted.DRAIN, 0.7);
        s.trouble = true;
        s.pass(3);
        assertEquals(1, s.steps.size(), "they begin nothing");
        s.loop.pause(false, "ada", s.now);
        s.pass(1);
        Message.Signalled noticed = s.last(Message.Signalled.class);
        s.loop.pause(true, "eva", s.now);
        assertEquals(new Message.Paused(s.now, noticed.incident(), true, "eva"), s.steps.getLast());
        assertEquals("paused by eva", StepText.of(s.steps.getLast()));
    }

    @Test
    void what_comes_by_the_bus_pauses_nobody() {
        Scripted s = new Scripted(ACT);
        s.loop.on(new Message.Paused(s.now, "", true, "mallory"));
        s.suggests(Scripted.DRAIN, 0.95);
        s.trouble = true;
        s.pass(8);
        assertEquals("HEALED", s.told().getLast());
        assertFalse(s.told().contains("Paused"));
    }

    @Test
    void a_step_that_cannot_be_kept_is_not_taken() {
        Scripted s = new Scripted(ACT);
        s.diskFull = true;
        s.suggests(Scripted.DRAIN, 0.95);
        s.trouble = true;
        s.pass(10);
        assertTrue(s.done.isEmpty());
    }

    @Test
    void a_failed_dry_run_is_refused() {
        Scripted s = new Scripted(ACT);
        s.effect.dryRun = DryRun.refused("There is no such server.");
        s.suggests(Scripted.DRAIN, 0.95);
        s.trouble = true;
        s.pass(3);
        assertTrue(s.last(Message.Decided.class).reason().contains("no such server"));
        assertTrue(s.done.isEmpty());
    }

    @Test
    void what_cannot_be_taken_back_is_a_persons_case_with_the_way_back() {
        Scripted s = new Scripted(ACT);
        s.heals = remedy -> false;
        s.effect.takeBack = Effect.FAILED;
        s.suggests(Scripted.DRAIN, 0.95);
        s.trouble = true;
        s.pass(20);
        assertEquals("Escalated", s.told().getLast());
    }

    @Test
    void an_action_that_was_cut_off_is_not_done_again() {
        Scripted s = new Scripted(ACT);
        s.effect.carryOut = Effect.UNKNOWN;
        s.suggests(Scripted.DRAIN, 0.95);
        s.trouble = true;
        s.pass(20);
        assertEquals(List.of("did policy/127.0.0.1:1"), s.done);
        assertTrue(s.last(Message.Escalated.class).says().contains("undrain"));
    }

    /** The steps up to one of a kind, as the trail has them when the program is killed then. */
    private static List<Message> killedAfter(Class<? extends Message> last) {
        Scripted s = new Scripted(ACT);
        s.heals = remedy -> false;
        s.suggests(Scripted.DRAIN, 0.95);
        s.trouble = true;
        s.pass(20);
        int end = 0;
        while (!last.isInstance(s.steps.get(end))) {
            end++;
        }
        return s.steps.subList(0, end + 1);
    }

    private static Scripted again(List<Message> steps) {
        return again(ACT, 100, Effect.UNKNOWN, steps);
    }

    /** @param after seconds since the first time  @param found what the Fixer finds of what was cut off */
    private static Scripted again(String policy, int after, Effect found, List<Message> steps) {
        Scripted s = new Scripted(policy);
        s.effect.state = found;
        s.trouble = true;
        s.now = s.now.plusSeconds(after);
        s.loop.resume(steps, s.now);
        return s;
    }

    @Test
    void killed_before_the_action_it_is_looked_for_and_then_done_once() {
        Scripted s = again(ACT, 100, Effect.FAILED, killedAfter(Message.Begun.class));
        s.suggests(Scripted.DRAIN, 0.95);
        s.pass(20);
        assertEquals(List.of("did policy/127.0.0.1:1"), s.done);
        assertEquals(
                List.of("FAILED", "Proposed", "APPROVED", "Begun", "DONE", "HELPED", "HEALED"),
                s.told().stream().filter(one -> !one.equals("REJECTED")).toList());
    }

    @Test
    void killed_in_the_middle_of_the_action_a_person_checks() {
        Scripted s = again(killedAfter(Message.Begun.class));
        s.pass(20);
        assertTrue(s.done.isEmpty());
        assertTrue(s.last(Message.Escalated.class).says().contains("Check it. The way back: undrain"));
    }

    @Test
    void killed_after_the_action_it_is_measured_and_taken_back() {
        Scripted s = again(killedAfter(Message.Acted.class));
        s.pass(20);
        assertEquals(List.of("undid policy/127.0.0.1:1"), s.done);
        assertEquals(List.of("policy/127.0.0.1:1 false"), s.remembered);
        assertTrue(s.trust.of(Role.SCOUT) < 0.5, "its vote from before the kill counts");
    }

    @Test
    void killed_before_it_was_taken_back_it_is_taken_back() {
        Scripted s = again(killedAfter(Message.Verified.class));
        s.pass(5);
        assertEquals(List.of("undid policy/127.0.0.1:1"), s.done);
    }

    @Test
    void killed_after_it_was_taken_back_the_next_attempt_differs() {
        Scripted s = again(killedAfter(Message.TakenBack.class));
        s.heals = Scripted.OTHER::equals;
        s.suggests(Scripted.DRAIN, 0.95);
        s.suggests(Scripted.OTHER, 0.95);
        s.pass(10);
        assertEquals(List.of("did policy/127.0.0.1:2"), s.done);
        assertEquals("HEALED", s.told().getLast());
    }

    @Test
    void killed_before_a_decision_nothing_is_done_for_trouble_that_is_over() {
        Scripted s = again(killedAfter(Message.Proposed.class));
        s.trouble = false;
        s.pass(5);
        assertTrue(s.done.isEmpty());
        assertEquals(List.of("PASSED"), s.told());
    }

    @Test
    void killed_after_the_approval_it_is_voted_on_anew_and_done_once() {
        Scripted s = again(killedAfter(Message.Decided.class));
        s.suggests(Scripted.DRAIN, 0.95);
        s.pass(20);
        assertEquals(List.of("did policy/127.0.0.1:1"), s.done);
        assertEquals("HEALED", s.told().getLast());
    }

    @Test
    void killed_while_a_person_was_at_it_the_agents_stay_out_of_it() {
        Scripted s = again(killedAfter(Message.Begun.class));
        s.pass(5);
        List<Message> all = new ArrayList<>(killedAfter(Message.Begun.class));
        all.addAll(s.steps);
        Scripted third = again(all);
        third.suggests(Scripted.DRAIN, 0.95);
        third.pass(20);
        assertTrue(third.done.isEmpty());
        third.trouble = false;
        third.pass(5);
        assertEquals(List.of("ESCALATED"), third.told());
    }

    @Test
    void what_was_done_before_the_end_counts_for_what_may_be_done_after_it() {
        Scripted s = again("""
                {"mode": "act", "cooldown_seconds": 600}""", 20, Effect.FAILED, killedAfter(Message.Begun.class));
        s.suggests(Scripted.DRAIN, 0.95);
        s.pass(10); // a pause may be over soon, so it is waited for a while
        assertTrue(s.done.isEmpty());
        assertTrue(s.last(Message.Decided.class).reason().contains("too short a time ago"));
    }

    @Test
    void a_bus_without_room_leaves_it_to_a_person_and_says_so() {
        Scripted s = new Scripted(ACT);
        s.suggests(Scripted.DRAIN, 0.95);
        s.trouble = true;
        s.full = true;
        s.pass(1);
        assertEquals(List.of("Signalled", "Escalated"), s.told());
        s.full = false;
        s.pass(10);
        assertTrue(s.done.isEmpty());
        s.trouble = false;
        s.pass(4);
        assertEquals("ESCALATED", s.told().getLast());
    }

    @Test
    void a_bus_without_room_after_the_action_loses_nothing() {
        Scripted s = new Scripted(ACT);
        s.heals = remedy -> false;
        s.suggests(Scripted.DRAIN, 0.95);
        s.trouble = true;
        s.pass(2);
        assertEquals(List.of("did policy/127.0.0.1:1"), s.done);
        s.full = true;
        s.pass(10);
        assertEquals(List.of("did policy/127.0.0.1:1", "undid policy/127.0.0.1:1"), s.done);
        assertTrue(s.told().contains("TakenBack"), s.told().toString());
        assertEquals("Escalated", s.told().getLast());
    }

    @Test
    void what_was_decided_too_long_ago_is_not_carried_out() {
        Scripted s = new Scripted(ACT);
        s.suggests(Scripted.DRAIN, 0.95);
        s.trouble = true;
        s.now = s.now.plusSeconds(1);
        s.tick();
        List<Message> noticed = List.copyOf(s.queue);
        s.queue.clear();
        noticed.forEach(s.loop::on); // the proposal is on its way
        List<Message> late = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            late.addAll(s.queue);
            s.queue.clear();
            s.now = s.now.plusSeconds(1);
            s.tick();
        }
        late.forEach(s.loop::on);
        s.arrive(1);
        assertTrue(s.done.isEmpty());
        assertEquals("Escalated", s.told().getLast());
    }

    @Test
    void forged_steps_of_what_was_not_decided_do_nothing() {
        Scripted s = new Scripted(ACT);
        s.suggests(Scripted.DRAIN, 0.7);
        s.trouble = true;
        s.pass(8);
        Message.Proposed proposed = s.last(Message.Proposed.class);
        s.loop.on(new Message.Begun(
                s.now, proposed.incident(), proposed.proposal().id()));
        s.pass(1);
        assertTrue(s.done.isEmpty());
    }

    @Test
    void who_was_paused_stays_paused_over_a_restart() {
        Instant early = Instant.parse("2026-11-23T09:00:00Z");
        Scripted s = again(List.of(new Message.Paused(early, "", true, "eva")));
        s.suggests(Scripted.DRAIN, 0.95);
        s.pass(20);
        assertEquals(List.of(), s.told());
        s.loop.pause(false, "eva", s.now);
        s.pass(8);
        assertEquals(List.of("did policy/127.0.0.1:1"), s.done);
    }

    @Test
    void what_a_bus_lost_of_an_action_is_looked_for() {
        Scripted s = new Scripted(ACT);
        s.effect.state = Effect.DONE;
        s.heals = remedy -> false;
        s.suggests(Scripted.DRAIN, 0.95);
        s.trouble = true;
        s.loses = Message.Acted.class;
        s.pass(20);
        assertEquals("Begun", s.told().getLast());
        s.loses = null;
        s.pass(310);
        assertTrue(
                s.told().containsAll(List.of("DONE", "DID NOT HELP")), s.told().toString());
        assertEquals(List.of("did policy/127.0.0.1:1", "undid policy/127.0.0.1:1"), s.done);
    }

    @Test
    void what_a_bus_lost_of_the_way_back_is_done_again() {
        Scripted s = new Scripted(ACT);
        s.heals = remedy -> false;
        s.suggests(Scripted.DRAIN, 0.95);
        s.trouble = true;
        s.loses = Message.TakenBack.class;
        s.pass(30);
        assertEquals("DID NOT HELP", s.told().getLast());
        s.loses = null;
        s.pass(320);
        assertTrue(s.told().contains("TakenBack"), s.told().toString());
    }

    @Test
    void a_person_is_told_when_the_answer_could_not_be_taken() {
        Scripted s = new Scripted(ACT);
        s.suggests(Scripted.DRAIN, 0.7);
        s.trouble = true;
        s.pass(8);
        String proposal = s.last(Message.Proposed.class).proposal().id();
        s.full = true;
        assertFalse(s.loop.answer(proposal, true, "eva", "looks right"));
        assertTrue(s.done.isEmpty());
    }
}
