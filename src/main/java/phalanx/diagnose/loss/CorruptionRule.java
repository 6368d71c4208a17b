package phalanx.diagnose.loss;

import java.util.List;
import java.util.Optional;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.SegmentRule;
import phalanx.diagnose.Severity;
import phalanx.measure.SegmentTraffic;

/** Packets that arrive with other bytes than they left with; the receiver throws them away (RFC 9293 section 3.1, checksum). */
public final class CorruptionRule extends SegmentRule {
    @Override
    public String id() {
        return "corruption";
    }

    @Override
    public List<String> kinds() {
        return List.of("corruption");
    }

    @Override
    protected Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        int[] changed = segment.changed();
        if (changed.length == 0) {
            return Optional.empty();
        }
        boolean few = changed.length < investigation.thresholds().fewestLosses();
        return Optional.of(investigation
                .finding(id(), "corruption")
                .severity(few ? Severity.INFO : Severity.WARNING, few ? 0.6 : 0.95)
                .on(segment)
                .packets(changed)
                .fact("changed", new Fact.Share(changed.length, segment.counts().seenAtTo()))
                .fact("data", new Fact.Count(segment.counts().lostTcpData()))
                .evidence(segment.counts().to(), changed, "packets with damaged bytes")
                .ruledOut("random_loss", "they arrived, but not as they were sent")
                .ruledOut("snaplen", "the bytes that were captured differ, none is merely missing")
                .harm(changed.length)
                .build());
    }
}
