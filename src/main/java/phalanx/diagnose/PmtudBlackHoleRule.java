package phalanx.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phalanx.diagnose.Finding.RuledOut;
import phalanx.measure.SegmentTraffic;

/**
 * Large packets vanish and their sender never learns why (RFC 2923 section 2.1): nothing larger than a limit passes, and no ICMP
 * error about it reaches the sender. Where it does reach the sender, path MTU discovery works and there is no fault.
 */
final class PmtudBlackHoleRule extends SegmentRule {
    @Override
    public String id() {
        return "pmtud-black-hole";
    }

    @Override
    public List<String> kinds() {
        return List.of("pmtud_blackhole");
    }

    @Override
    Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
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
        return new Finding(
                id(),
                "pmtud_blackhole",
                Severity.CRITICAL,
                tooBig.length >= 4 ? 0.95 : 0.8,
                new Where.Segment(from, segment.counts().to()),
                segment.counts().direction(),
                investigation.when(tooBig[0]),
                investigation.when(tooBig[tooBig.length - 1]),
                Map.of(
                        "lost", new Fact.Count(tooBig.length),
                        "smallestLost", new Fact.Bytes(smallestLost),
                        "largestPassed", new Fact.Bytes(largestPassed),
                        "errors", new Fact.Count(errors.length)),
                investigation.conversations(tooBig),
                evidence,
                ruledOut,
                tooBig.length + (investigation.when(tooBig[tooBig.length - 1]) - investigation.when(tooBig[0])) / 1e9);
    }

    private static int length(Investigation investigation, int journey, int capture) {
        return investigation.packets(capture).ipLength(investigation.journeys().row(journey, capture));
    }
}
