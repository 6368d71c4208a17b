package phalanx.diagnose;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import phalanx.diagnose.Finding.RuledOut;
import phalanx.measure.SegmentTraffic;

/** Packets that arrive after ones that left later (RFC 4737). */
final class ReorderingRule extends SegmentRule {
    @Override
    public String id() {
        return "reordering";
    }

    @Override
    public List<String> kinds() {
        return List.of("reordering");
    }

    @Override
    Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        int[] late = segment.reordered();
        if (late.length >= investigation.thresholds().fewestReordered()) {
            return Optional.of(finding(investigation, segment, late));
        }
        return Optional.empty();
    }

    private Finding finding(Investigation investigation, SegmentTraffic segment, int[] late) {
        int to = segment.counts().to();
        return new Finding(
                id(),
                "reordering",
                Severity.WARNING,
                late.length >= 5 ? 0.95 : 0.8,
                new Where.Segment(segment.counts().from(), to),
                segment.counts().direction(),
                investigation.when(late[0]),
                investigation.when(late[late.length - 1]),
                Map.of("late", new Fact.Share(late.length, segment.delivered().length)),
                investigation.conversations(late),
                investigation.evidence(to, late, "packets that came after ones that had left later"),
                List.of(new RuledOut("random_loss", "all of them arrived")),
                late.length / 10.0);
    }
}
