package phalanx.diagnose.loss;

import java.util.List;
import java.util.Optional;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.SegmentRule;
import phalanx.diagnose.Severity;
import phalanx.measure.SegmentTraffic;

/** Packets that arrive after ones that left later (RFC 4737). */
public final class ReorderingRule extends SegmentRule {
    @Override
    public String id() {
        return "reordering";
    }

    @Override
    public List<String> kinds() {
        return List.of("reordering");
    }

    @Override
    protected Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        int[] late = segment.reordered();
        if (late.length >= investigation.thresholds().fewestReordered()) {
            return Optional.of(finding(investigation, segment, late));
        }
        return Optional.empty();
    }

    private Finding finding(Investigation investigation, SegmentTraffic segment, int[] late) {
        int to = segment.counts().to();
        return investigation
                .finding(id(), "reordering")
                .severity(Severity.WARNING, late.length >= 5 ? 0.95 : 0.8)
                .on(segment)
                .packets(late)
                .fact("late", new Fact.Share(late.length, segment.delivered().length))
                .evidence(to, late, "packets that came after ones that had left later")
                .ruledOut("random_loss", "all of them arrived")
                .harm(late.length / 10.0)
                .build();
    }
}
