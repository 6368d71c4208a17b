package phalanx.diagnose.size;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Finding.RuledOut;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.LossSorter;
import phalanx.diagnose.SegmentRule;
import phalanx.diagnose.Severity;
import phalanx.measure.SegmentTraffic;

/**
 * Large packets vanish and their sender never learns why (RFC 2923 section 2.1): nothing larger than a limit passes, and no ICMP
 * error about it reaches the sender. Where it does reach the sender, path MTU discovery works and there is no fault.
 */
public final class PmtudBlackHoleRule extends SegmentRule {
    @Override
    public String id() {
        return "pmtud-black-hole";
    }

    @Override
    public List<String> kinds() {
        return List.of("pmtud_blackhole");
    }

    @Override
    protected Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        int[] tooBig = investigation.lost(segment, LossSorter.Reason.TOO_BIG);
        if (tooBig.length >= 2 && !IcmpErrors.reachSender(investigation, segment, tooBig)) {
            return Optional.of(finding(investigation, segment, tooBig));
        }
        return Optional.empty();
    }

    private Finding finding(Investigation investigation, SegmentTraffic segment, int[] tooBig) {
        int from = segment.counts().from();
        int smallestLost = Arrays.stream(tooBig)
                .map(j -> length(investigation, j, from))
                .min()
                .orElse(0);
        int largestPassed = Arrays.stream(segment.delivered())
                .map(j -> length(investigation, j, from))
                .max()
                .orElse(0);
        int[] errors = IcmpErrors.about(investigation, tooBig);
        List<Evidence> evidence = new ArrayList<>(
                investigation.evidence(from, tooBig, "packets too large for the link behind, sent again and again"));
        List<RuledOut> ruledOut = List.of(
                new RuledOut(
                        "random_loss", "none of the " + tooBig.length + " lost packets is as small as any that passed"),
                new RuledOut(
                        "path_mtu_reduced",
                        errors.length == 0
                                ? "no ICMP error about their size was seen anywhere"
                                : errors.length + " ICMP errors were sent, none reached the sender"));
        return investigation
                .finding(id(), "pmtud_blackhole")
                .severity(Severity.CRITICAL, tooBig.length >= 4 ? 0.95 : 0.8)
                .on(segment)
                .packets(tooBig)
                .fact("lost", new Fact.Count(tooBig.length))
                .fact("smallestLost", new Fact.Bytes(smallestLost))
                .fact("largestPassed", new Fact.Bytes(largestPassed))
                .fact("errors", new Fact.Count(errors.length))
                .evidence(evidence)
                .ruledOut(ruledOut)
                .harm(tooBig.length
                        + (investigation.when(tooBig[tooBig.length - 1]) - investigation.when(tooBig[0])) / 1e9)
                .build();
    }

    private static int length(Investigation investigation, int journey, int capture) {
        return investigation.packets(capture).ipLength(investigation.journeys().row(journey, capture));
    }
}
