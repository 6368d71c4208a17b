package phalanx.agents;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phalanx.act.DryRun;
import phalanx.agents.govern.Guardrail;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Proposal;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.Signal;
import phalanx.agents.trail.Vote;

/** A proposal under way: who was asked, who answered, what the policy says, what was done. On the loop's thread. */
final class Ballot {
    final Proposal proposal;
    final DryRun dryRun;
    final Guardrail.Ruling ruling;
    /** Who is asked, with their trust at that time. */
    final Map<Role, Double> asked;

    final Map<Role, Vote> votes = new EnumMap<>(Role.class);
    String wayBack = "";
    /** What was out of its objective when the remedy was carried out. */
    List<Signal> before = List.of();
    /** When what becomes of it was decided, so that it is once; null while it is not. */
    @Nullable
    Instant decided;
    /** What was measured after it; null while nothing was. */
    Message.@Nullable Verified verified;

    boolean begun;
    /** Nothing else is begun at its target. */
    boolean restrains;
    /** The program ended before it was known what came of it. */
    boolean cutOff;

    boolean acted;

    Ballot(Proposal proposal, DryRun dryRun, Guardrail.Ruling ruling, Map<Role, Double> asked) {
        this.proposal = proposal;
        this.dryRun = dryRun;
        this.ruling = ruling;
        this.asked = new EnumMap<>(asked);
    }

    /** Whether all who were asked answered, but for who proposed. */
    boolean complete() {
        return asked.keySet().stream().allMatch(role -> role == proposal.by() || votes.containsKey(role));
    }
}
