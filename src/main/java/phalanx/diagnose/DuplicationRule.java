package phalanx.diagnose;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import phalanx.diagnose.Finding.RuledOut;
import phalanx.measure.SegmentTraffic;

/** Packets that leave once and arrive twice. */
final class DuplicationRule extends SegmentRule {
    @Override
    public String id() {
        return "duplication";
    }

    @Override
    public List<String> kinds() {
        return List.of("duplication");
    }

    @Override
    Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        int[] copies = segment.duplicates();
        if (copies.length >= investigation.thresholds().fewestDuplicates()) {
            return Optional.of(finding(investigation, segment, copies));
        }
        return Optional.empty();
    }

    private Finding finding(Investigation investigation, SegmentTraffic segment, int[] copies) {
        int to = segment.counts().to();
        return new Finding(
                id(),
                "duplication",
                Severity.WARNING,
                copies.length >= 5 ? 0.95 : 0.8,
                new Where.Segment(segment.counts().from(), to),
                segment.counts().direction(),
                investigation.when(copies[0]),
                investigation.when(copies[copies.length - 1]),
                Map.of("copies", new Fact.Share(copies.length, segment.counts().seenAtFrom())),
                investigation.conversations(copies),
                investigation.evidence(to, copies, "second copies"),
                List.of(new RuledOut(
                        "random_loss",
                        "copies look like retransmissions at the receiver, yet the sender sent each once")),
                copies.length / 10.0);
    }
}
