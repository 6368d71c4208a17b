package phalanx.diagnose.loss;

import java.util.List;
import java.util.Optional;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.SegmentRule;
import phalanx.diagnose.Severity;
import phalanx.measure.SegmentTraffic;

/** Packets that leave once and arrive twice. */
public final class DuplicationRule extends SegmentRule {
    @Override
    public String id() {
        return "duplication";
    }

    @Override
    public List<String> kinds() {
        return List.of("duplication");
    }

    @Override
    protected Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        int[] copies = segment.duplicates();
        if (copies.length >= investigation.thresholds().fewestDuplicates()) {
            return Optional.of(finding(investigation, segment, copies));
        }
        return Optional.empty();
    }

    private Finding finding(Investigation investigation, SegmentTraffic segment, int[] copies) {
        int to = segment.counts().to();
        return investigation
                .finding(id(), "duplication")
                .severity(Severity.WARNING, copies.length >= 5 ? 0.95 : 0.8)
                .on(segment)
                .packets(copies)
                .fact("copies", new Fact.Share(copies.length, segment.counts().seenAtFrom()))
                .evidence(to, copies, "second copies")
                .ruledOut(
                        "random_loss",
                        "copies look like retransmissions at the receiver, yet the sender sent each once")
                .harm(copies.length / 10.0)
                .build();
    }
}
