package phalanx.agents.trail;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The count of a vote. Who was asked and has not answered counts as a no, and who proposed has no vote. Immutable, any thread.
 *
 * @param yes share of the trust of all who were asked that said yes, 0..1
 * @param needed share that had to
 * @param answered voters who did
 * @param quorum voters who had to
 * @param vetoed who refused it for all, null for nobody
 */
public record Tally(
        double yes,
        double needed,
        int answered,
        int quorum,
        @Nullable Role vetoed) {
    /**
     * Counts.
     *
     * @param proposer whose vote is not counted
     * @param asked who should vote, with their trust
     * @param needed share of trust that must say yes
     */
    public static Tally of(
            Role proposer, Map<Role, Double> asked, Collection<Vote> votes, int quorum, double needed, Set<Role> veto) {
        Map<Role, Double> voters = new EnumMap<>(Role.class);
        voters.putAll(asked);
        voters.remove(proposer);
        Map<Role, Vote> first = new EnumMap<>(Role.class); // who votes twice has voted once
        votes.stream()
                .filter(vote -> voters.containsKey(vote.voter()))
                .forEach(vote -> first.putIfAbsent(vote.voter(), vote));
        double all = voters.values().stream().mapToDouble(Double::doubleValue).sum();
        double yes = first.values().stream()
                .filter(vote -> vote.choice() == Vote.Choice.YES)
                .mapToDouble(vote -> voters.get(vote.voter()))
                .sum();
        Role vetoed = first.values().stream()
                .filter(vote -> vote.choice() == Vote.Choice.VETO && veto.contains(vote.voter()))
                .map(Vote::voter)
                .findFirst()
                .orElse(null);
        return new Tally(all > 0 ? yes / all : 0, needed, first.size(), quorum, vetoed);
    }

    /** Whether it is accepted. */
    public boolean accepted() {
        return vetoed == null && answered >= quorum && yes >= needed;
    }
}
