package phalanx.diagnose.recording;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.Rule;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Verdict;
import phalanx.diagnose.Where;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Direction;

/**
 * Packets that passed a capture point but are not in its file, as points behind it saw them: the recording lost them, or began late
 * or ended early, not the network.
 */
public final class CaptureLossRule implements Rule {
    @Override
    public String id() {
        return "capture-loss";
    }

    @Override
    public List<String> kinds() {
        return List.of("capture_loss", "capture_window");
    }

    @Override
    public Needs needs() {
        return Needs.TWO_POINTS;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        List<Finding> findings = new ArrayList<>();
        for (int capture = 0; capture < investigation.stitched().captures().size(); capture++) {
            PacketTable packets = investigation.packets(capture);
            if (packets.size() > 0) {
                long first = investigation.stitched().commonNanos(capture, 0);
                long last = investigation.stitched().commonNanos(capture, packets.size() - 1);
                int[] missing = missing(investigation, capture);
                int[] outside = Arrays.stream(missing)
                        .filter(j -> investigation.when(j) < first || investigation.when(j) > last)
                        .toArray();
                int[] inside = Arrays.stream(missing)
                        .filter(j -> investigation.when(j) >= first && investigation.when(j) <= last)
                        .toArray();
                if (outside.length >= 5) {
                    findings.add(finding(investigation, capture, "capture_window", outside, inside));
                }
                if (inside.length > 0 && (outside.length == 0 || inside.length >= 5)) {
                    findings.add(finding(investigation, capture, "capture_loss", inside, outside));
                }
            }
        }
        return Verdict.of(findings);
    }

    private static int[] missing(Investigation investigation, int capture) {
        return investigation.measures().segments().stream()
                .filter(segment -> segment.counts().to() == capture)
                .flatMapToInt(segment -> Arrays.stream(segment.missingFromCapture()))
                .distinct()
                .sorted()
                .toArray();
    }

    private Finding finding(Investigation investigation, int capture, String kind, int[] missing, int[] others) {
        List<Evidence> evidence = new ArrayList<>();
        for (SegmentTraffic segment : investigation.measures().segments()) {
            if (segment.counts().to() == capture) {
                evidence.addAll(investigation.evidence(
                        segment.counts().from(),
                        missing,
                        "packets before " + investigation.stitched().hopName(capture) + ", which they passed"));
            }
            if (segment.counts().from() == capture) {
                evidence.addAll(investigation.evidence(segment.counts().to(), missing, "the same packets behind it"));
            }
        }
        long all = IntStream.range(0, investigation.journeys().size())
                        .filter(j -> investigation.journeys().row(j, capture) >= 0)
                        .count()
                + missing.length;
        return investigation
                .finding(id(), kind)
                .severity(Severity.INFO, 0.95)
                .at(new Where.Capture(capture), Direction.BOTH)
                .during(investigation.when(missing[0]), investigation.when(missing[missing.length - 1]))
                .fact("hop", new Fact.Point(capture))
                .fact("missing", new Fact.Share(missing.length, all))
                .fact("others", new Fact.Count(others.length))
                .evidence(evidence)
                .ruledOut("random_loss", "the packets were seen on both sides of this point")
                .build();
    }
}
