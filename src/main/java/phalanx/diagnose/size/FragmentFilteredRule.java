package phalanx.diagnose.size;

import java.util.List;
import java.util.Optional;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.LossSorter;
import phalanx.diagnose.SegmentRule;
import phalanx.diagnose.Severity;
import phalanx.measure.SegmentTraffic;

/** Fragments other than the first do not pass (RFC 8900 section 3): datagrams larger than a link vanish though small ones arrive. */
public final class FragmentFilteredRule extends SegmentRule {
    @Override
    public String id() {
        return "fragment-filtered";
    }

    @Override
    public List<String> kinds() {
        return List.of("fragment_filtered");
    }

    @Override
    protected Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        int[] fragments = investigation.lost(segment, LossSorter.Reason.FRAGMENT);
        if (fragments.length < investigation.thresholds().fewestLosses()) {
            return Optional.empty();
        }
        int from = segment.counts().from();
        return Optional.of(investigation
                .finding(id(), "fragment_filtered")
                .severity(Severity.CRITICAL, fragments.length >= 4 ? 0.95 : 0.8)
                .on(segment)
                .packets(fragments)
                .fact("fragments", new Fact.Count(fragments.length))
                .fact("passed", new Fact.Count(segment.delivered().length))
                .evidence(from, fragments, "fragments that went no further")
                .ruledOut("random_loss", "no fragment passed, " + segment.delivered().length + " other packets did")
                .ruledOut(
                        "pmtud_blackhole",
                        "the fragments are as small as packets that passed, or smaller than the link")
                .harm(fragments.length)
                .build());
    }
}
