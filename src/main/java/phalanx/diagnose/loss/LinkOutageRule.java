package phalanx.diagnose.loss;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.LossSorter;
import phalanx.diagnose.SegmentRule;
import phalanx.diagnose.Severity;
import phalanx.measure.SegmentTraffic;

/** For half a second or more nothing passes between two points, whatever is sent; before, and mostly after, all passes. */
public final class LinkOutageRule extends SegmentRule {
    @Override
    public String id() {
        return "link-outage";
    }

    @Override
    public List<String> kinds() {
        return List.of("link_outage");
    }

    @Override
    protected boolean sameBothWays() {
        return true;
    }

    @Override
    protected Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        int[] lost = investigation.lost(segment, LossSorter.Reason.OUTAGE);
        if (lost.length == 0) {
            return Optional.empty();
        }
        long begin = investigation.when(lost[0]);
        long end = investigation.when(lost[lost.length - 1]);
        long passedMeanwhile = Arrays.stream(segment.delivered())
                .filter(j -> investigation.when(j) > begin && investigation.when(j) < end)
                .count();
        int conversations = investigation.conversations(lost).size();
        return Optional.of(investigation
                .finding(id(), "link_outage")
                .severity(Severity.CRITICAL, conversations > 1 || lost.length >= 8 ? 0.9 : 0.75)
                .on(segment)
                .packets(lost)
                .fact("lost", new Fact.Count(lost.length))
                .fact("lasted", new Fact.Nanos(end - begin))
                .fact("passedMeanwhile", new Fact.Count(passedMeanwhile))
                .evidence(segment.counts().from(), lost, "packets sent while nothing passed")
                .ruledOut("random_loss", lost.length + " packets were lost with none passing between them")
                .ruledOut(
                        "burst_loss", "it lasted %.1f s, far longer than a queue drains".formatted((end - begin) / 1e9))
                .harm((end - begin) / 1e9 * conversations)
                .build());
    }
}
