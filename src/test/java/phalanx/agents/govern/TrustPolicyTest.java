package phalanx.agents.govern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.Tally;
import phalanx.agents.trail.Vote;
import phalanx.config.Fault;
import phalanx.config.JsonSection;

class TrustPolicyTest {
    private static JsonSection.Read<TrustPolicy> read(String text) {
        return TrustPolicy.parse("trust_policy.json", text);
    }

    private static EnvironmentPolicy environment(String text) {
        return read("{\"schema\": \"phalanx.trust-policy/1\", \"environments\": {\"lab\": " + text + "}}")
                .value()
                .orElseThrow()
                .environment("lab");
    }

    @Test
    void what_is_left_out_is_careful() {
        EnvironmentPolicy lab = environment("{}");
        assertEquals(EnvironmentPolicy.Mode.DRY_RUN, lab.mode());
        assertEquals(0.90, lab.actAt());
        assertFalse(lab.remedies().contains(phalanx.act.Remedy.Kind.HOOK));
    }

    @Test
    void faults_are_told_with_line_and_column_all_at_once() {
        List<String> faults = read("""
                {
                  "schema": "phalanx.trust-policy/1",
                  "quorum": "three",
                  "veto": ["human"],
                  "environments": {
                    "lab": {"act_at": 1.5, "mode": "akt", "remedies": ["weigth"], "windows": [{"from": "9 o'clock"}], "colour": 1}
                  }
                }""").faults().stream().map(Fault::toString).toList();
        assertEquals(7, faults.size(), String.join("\n", faults));
        assertTrue(
                faults.getFirst().startsWith("trust_policy.json:3:13: \"quorum\" wants a number"), faults.getFirst());
        assertTrue(faults.stream().anyMatch(fault -> fault.contains(":6:") && fault.contains("Did you mean act?")));
        assertTrue(faults.stream().anyMatch(fault -> fault.contains("Did you mean weight?")));
        assertTrue(faults.stream().anyMatch(fault -> fault.contains("The Guardrail has no veto")));
    }

    @Test
    void what_is_no_json_is_told_with_its_line() {
        assertEquals(
                2, read("{\n \"schema\": nonsense}").faults().getFirst().at().line());
        assertEquals(1, read("{\"a\": 1, \"a\": 2}").faults().size());
    }

    @Test
    void windows_may_go_over_midnight() {
        EnvironmentPolicy lab = environment("""
                {"windows": [{"days": ["fri"], "from": "22:00", "to": "04:00"}], "frozen": [{"from": "2026-12-20", "to": "2026-12-24"}]}""");
        assertTrue(lab.open(ZonedDateTime.of(2026, 11, 27, 23, 0, 0, 0, ZoneOffset.UTC)));
        assertTrue(lab.open(ZonedDateTime.of(2026, 11, 28, 3, 59, 0, 0, ZoneOffset.UTC)));
        assertFalse(lab.open(ZonedDateTime.of(2026, 11, 28, 4, 0, 0, 0, ZoneOffset.UTC)));
        assertFalse(lab.open(ZonedDateTime.of(2026, 11, 27, 3, 0, 0, 0, ZoneOffset.UTC)));
        assertTrue(lab.frozen(ZonedDateTime.of(2026, 12, 24, 23, 59, 0, 0, ZoneOffset.UTC)));
        assertFalse(lab.frozen(ZonedDateTime.of(2026, 12, 25, 0, 0, 0, 0, ZoneOffset.UTC)));
    }

    private static Tally tally(Map<Role, Vote.Choice> choices) {
        Map<Role, Double> asked =
                new EnumMap<>(Map.of(Role.SCOUT, 0.5, Role.CAG, 0.5, Role.BRAIN, 0.9, Role.GUARDRAIL, 1.0));
        List<Vote> votes = choices.entrySet().stream()
                .map(one -> new Vote("p", one.getKey(), one.getValue(), 1, ""))
                .toList();
        return Tally.of(Role.BRAIN, asked, votes, 2, 0.6, Set.of(Role.GUARDRAIL));
    }

    @Test
    void who_does_not_answer_says_no_and_who_proposes_has_no_vote() {
        assertEquals(
                0.5,
                tally(Map.of(Role.GUARDRAIL, Vote.Choice.YES, Role.BRAIN, Vote.Choice.YES))
                        .yes());
        assertFalse(tally(Map.of(Role.GUARDRAIL, Vote.Choice.YES)).accepted());
        assertTrue(tally(Map.of(Role.GUARDRAIL, Vote.Choice.YES, Role.SCOUT, Vote.Choice.YES))
                .accepted());
    }

    @Test
    void a_veto_ends_it_only_from_who_may() {
        Map<Role, Vote.Choice> all = new EnumMap<>(
                Map.of(Role.SCOUT, Vote.Choice.YES, Role.CAG, Vote.Choice.VETO, Role.GUARDRAIL, Vote.Choice.YES));
        assertTrue(tally(all).accepted(), "CAG's veto is a no");
        all.put(Role.GUARDRAIL, Vote.Choice.VETO);
        assertEquals(Role.GUARDRAIL, tally(all).vetoed());
        assertFalse(tally(all).accepted());
    }

    @Test
    void trust_stays_within_its_bounds_and_loses_faster_than_it_gains() {
        TrustPolicy policy = read("""
                {"schema": "phalanx.trust-policy/1", "trust": {"scout": {"start": 0.5, "least": 0.3, "most": 0.8}}, "environments": {"lab": {}}}""").value().orElseThrow();
        Trust trust = new Trust(policy);
        Vote yes = new Vote("p", Role.SCOUT, Vote.Choice.YES, 0.5, "");
        trust.outcome(List.of(yes), true);
        double gained = trust.of(Role.SCOUT) - 0.5;
        trust.outcome(List.of(yes), false);
        assertTrue(trust.of(Role.SCOUT) < 0.5 && gained > 0);
        for (int i = 0; i < 1_000; i++) {
            trust.outcome(List.of(yes), false);
        }
        assertTrue(trust.of(Role.SCOUT) >= 0.3);
        for (int i = 0; i < 1_000; i++) {
            trust.outcome(List.of(yes), true);
        }
        assertTrue(trust.of(Role.SCOUT) <= 0.8);
    }

    @Test
    void pauses_grow_with_failures_and_end_at_the_longest() {
        EnvironmentPolicy lab = environment("""
                {"cooldown_seconds": 10, "longest_cooldown_seconds": 30, "actions_per_hour": 5}""");
        Restraint restraint = new Restraint();
        Instant now = Instant.parse("2026-11-23T10:00:00Z");
        restraint.begin("policy", "INC-1/1", now);
        assertTrue(restraint.refusal("policy", now, lab).orElseThrow().contains("INC-1/1"));
        assertTrue(restraint.refusal("quote", now, lab).isEmpty());
        for (long wait : new long[] {10, 20, 30, 30}) {
            restraint.end("policy", false, now, lab);
            assertTrue(
                    restraint.refusal("policy", now.plusSeconds(wait - 1), lab).isPresent(), "after " + wait);
            now = now.plusSeconds(wait);
            assertTrue(restraint.refusal("policy", now, lab).isEmpty(), "after " + wait);
            restraint.begin("policy", "again", now);
        }
        assertTrue(restraint.refusal("quote", now, lab).orElseThrow().contains("hour"));
        assertTrue(
                restraint.refusal("quote", now.plus(Duration.ofHours(1)), lab).isEmpty());
    }
}
