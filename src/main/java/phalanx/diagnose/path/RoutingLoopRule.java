package phalanx.diagnose.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.LossSorter;
import phalanx.diagnose.Rule;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Verdict;
import phalanx.diagnose.Where;
import phalanx.measure.SegmentTraffic;
import phalanx.stitch.HopPath;

/**
 * Routers send packets to and fro until their TTL runs out: a point on the loop sees the same packet again and again, points before it
 * the ICMP errors "time exceeded" (RFC 792).
 */
public final class RoutingLoopRule implements Rule {
    /** Packets with a lower TTL than this were sent to expire, by traceroute. */
    private static final int ORDINARY_TTL = 30;

    @Override
    public String id() {
        return "routing-loop";
    }

    @Override
    public List<String> kinds() {
        return List.of("routing_loop");
    }

    @Override
    public Needs needs() {
        return Needs.PACKETS;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        List<Finding> findings = new ArrayList<>();
        for (HopPath path : investigation.stitched().paths()) {
            path.captures().stream()
                    .filter(capture -> looped(investigation, capture, path).length > 0)
                    .findFirst()
                    .ifPresent(capture ->
                            findings.add(seen(investigation, capture, looped(investigation, capture, path))));
        }
        if (findings.isEmpty()) {
            for (SegmentTraffic segment : investigation.measures().segments()) {
                int[] expired = expired(investigation, segment);
                if (expired.length >= investigation.thresholds().fewestLosses()) {
                    findings.add(told(investigation, segment, expired));
                }
            }
        }
        return Verdict.of(findings);
    }

    private static int[] looped(Investigation investigation, int capture, HopPath path) {
        return Arrays.stream(investigation.looped(capture))
                .filter(j -> investigation.journeys().direction(j) == path.direction())
                .toArray();
    }

    private static int[] expired(Investigation investigation, SegmentTraffic segment) {
        int from = segment.counts().from();
        PacketTable packets = investigation.packets(from);
        return Arrays.stream(investigation.lost(segment, LossSorter.Reason.EXPIRED))
                .filter(j -> packets.timeToLive(investigation.journeys().row(j, from)) >= ORDINARY_TTL)
                .toArray();
    }

    private Finding seen(Investigation investigation, int capture, int[] looped) {
        int most = IntStream.of(looped)
                .map(j -> investigation.passages(j, capture))
                .max()
                .orElse(0);
        return investigation
                .finding(id(), "routing_loop")
                .severity(Severity.CRITICAL, 0.97)
                .at(
                        new Where.Node(Where.Role.MIDDLEBOX, capture),
                        investigation.journeys().direction(looped[0]))
                .packets(looped)
                .fact("looped", new Fact.Count(looped.length))
                .fact(
                        "passages",
                        new Fact.Text("passed " + investigation.stitched().hopName(capture) + " up to " + most
                                + " times, with a lower TTL each time"))
                .evidence(capture, looped, "packets that came by again and again")
                .ruledOut("random_loss", "the packets did not vanish, their TTL ran out")
                .ruledOut("duplication", "each passage has a lower TTL than the one before")
                .harm(10.0 * investigation.conversations(looped).size())
                .build();
    }

    private Finding told(Investigation investigation, SegmentTraffic segment, int[] expired) {
        return investigation
                .finding(id(), "routing_loop")
                .severity(Severity.CRITICAL, 0.85)
                .on(segment)
                .packets(expired)
                .fact("looped", new Fact.Count(expired.length))
                .fact(
                        "passages",
                        new Fact.Text("expired on the way, as ICMP errors say, though they had left with TTL to spare"))
                .evidence(segment.counts().from(), expired, "packets whose TTL ran out behind this point")
                .ruledOut("random_loss", "a router said that their TTL ran out")
                .harm(10.0 * investigation.conversations(expired).size())
                .build();
    }
}
