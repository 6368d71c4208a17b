package phalanx.diagnose.loss;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
        if (segment.changed().length == 0) {
            return Optional.empty();
        }
        int[] changed = withDiscarded(investigation, segment);
        boolean few = changed.length < investigation.thresholds().fewestLosses();
        return Optional.of(investigation
                .finding(id(), "corruption")
                .severity(few ? Severity.INFO : Severity.WARNING, few ? 0.6 : 0.95)
                .on(segment)
                .packets(changed)
                .fact("changed", new Fact.Share(changed.length, segment.counts().seenAtTo()))
                .fact("data", new Fact.Count(segment.counts().lostTcpData()))
                .evidence(segment.counts().from(), changed, "the packets before, as they were sent")
                .evidence(segment.counts().to(), segment.changed(), "packets with damaged bytes")
                .evidence(
                        segment.counts().to(),
                        Arrays.stream(changed)
                                .filter(j -> Arrays.binarySearch(segment.changed(), j) < 0)
                                .toArray(),
                        "packets that arrived and that the receiver threw away all the same; the damage is not in the captured part")
                .ruledOut("random_loss", "they arrived, but not as they were sent")
                .ruledOut("snaplen", "the bytes that were captured differ, none is merely missing")
                .harm(changed.length)
                .build());
    }

    /**
     * The damaged packets, and those that reached the last capture point though the receiver had to ask for them again: with a short
     * snaplen most of the damage lies beyond what was captured.
     */
    private static int[] withDiscarded(Investigation investigation, SegmentTraffic segment) {
        int last = investigation
                .stitched()
                .mainPath(segment.counts().direction())
                .map(path -> path.captures().getLast())
                .orElse(segment.counts().to());
        int[] discarded =
                LossOutsideRule.missing(investigation, segment.counts().direction(), last, false);
        return IntStream.concat(Arrays.stream(segment.changed()), Arrays.stream(discarded))
                .distinct()
                .sorted()
                .toArray();
    }
}
