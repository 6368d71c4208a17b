package phalanx.agents.govern;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.Vote;

/** How much each voter's word weighs, learned from what came of its votes, within the bounds of the policy. One thread. */
public final class Trust {
    private final TrustPolicy policy;
    private final Map<Role, Double> learned = new EnumMap<>(Role.class);

    public Trust(TrustPolicy policy) {
        this.policy = policy;
    }

    /** The weight of a voter, within its bounds. */
    public double of(Role voter) {
        TrustPolicy.Bounds bounds = policy.of(voter);
        return Math.clamp(learned.getOrDefault(voter, bounds.start()), bounds.least(), bounds.most());
    }

    /** Takes over what was learned before; what lies outside the bounds counts as the bound. */
    public void learned(Role voter, double trust) {
        if (Double.isFinite(trust)) {
            learned.put(voter, trust);
        }
    }

    /**
     * Learns from what was carried out: who was right about it gains, who was wrong loses more. People's trust stays as it is: they answer
     * for themselves.
     *
     * @param healed whether the trouble ended by it
     * @return what changed, by voter
     */
    public Map<Role, Double> outcome(Collection<Vote> votes, boolean healed) {
        Map<Role, Double> changed = new EnumMap<>(Role.class);
        for (Vote vote : votes) {
            if (vote.voter() == Role.HUMAN || vote.voter() == Role.GUARDRAIL) {
                continue; // a rule that refuses has not misjudged a cause
            }
            boolean right = (vote.choice() == Vote.Choice.YES) == healed;
            TrustPolicy.Bounds bounds = policy.of(vote.voter());
            double now = of(vote.voter());
            double next = right
                    ? now + policy.learning().gain() * (bounds.most() - now)
                    : now - policy.learning().loss() * (now - bounds.least());
            learned.put(vote.voter(), next);
            changed.put(vote.voter(), next);
        }
        return changed;
    }
}
