package phalanx.agents;

import java.util.List;
import java.util.stream.Collectors;
import phalanx.act.DryRun;
import phalanx.agents.cause.Cause;
import phalanx.agents.cause.Evidence;
import phalanx.agents.observe.Observation;
import phalanx.agents.trail.Proposal;
import phalanx.agents.trail.Role;

/** The Curator's vote: no claim without evidence. At least two figures must speak for the cause, or one that leaves no doubt. On the loop's thread. */
final class Reviewer implements Voter {
    /** A figure that makes the cause ten times as likely. */
    private static final double STRONG = 2.3;
    /** A figure that makes it thirty times as likely: enough alone. */
    private static final double PLAIN = 3.4;

    @Override
    public Role role() {
        return Role.CURATOR;
    }

    @Override
    public Opinion vote(Proposal proposal, DryRun dryRun, Incident.View incident, Observation observation) {
        List<Evidence> speaking = proposal.hypothesis().evidence().stream()
                .filter(evidence -> evidence.weight() > 0.5)
                .toList();
        boolean enough = speaking.stream().anyMatch(evidence -> evidence.weight() >= PLAIN)
                || speaking.size() >= 2
                        && speaking.stream().mapToDouble(Evidence::weight).sum() >= STRONG;
        return enough || proposal.hypothesis().cause() == Cause.BAD_DEPLOY && !speaking.isEmpty()
                ? Opinion.yes("Figures speak for it: "
                        + speaking.stream().map(Reviewer::told).collect(Collectors.joining(", ")) + ".")
                : Opinion.no("Too little was measured that speaks for it.");
    }

    private static String told(Evidence evidence) {
        return evidence.subject() + " " + evidence.measure().word();
    }
}
