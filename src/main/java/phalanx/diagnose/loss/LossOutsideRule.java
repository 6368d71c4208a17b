package phalanx.diagnose.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.Rule;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Verdict;
import phalanx.diagnose.Where;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Direction;
import phalanx.net.Transport;
import phalanx.stitch.Conversation;
import phalanx.stitch.HopPath;

/**
 * Segments that were lost before the first capture point or behind the last one, told from what the receiver asks for again. The one
 * rule that places loss with a single capture: on which side of it.
 */
public final class LossOutsideRule implements Rule {
    @Override
    public String id() {
        return "loss-outside";
    }

    @Override
    public List<String> kinds() {
        return List.of("random_loss", "corruption");
    }

    @Override
    public Needs needs() {
        return Needs.PACKETS;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        List<Finding> findings = new ArrayList<>();
        for (Direction direction : new Direction[] {Direction.CLIENT_TO_SERVER, Direction.SERVER_TO_CLIENT}) {
            investigation.stitched().mainPath(direction).ifPresent(path -> judge(investigation, path, findings));
        }
        return Verdict.of(findings);
    }

    private void judge(Investigation investigation, HopPath path, List<Finding> findings) {
        int first = path.captures().getFirst();
        int last = path.captures().getLast();
        int[] before = missing(investigation, path.direction(), first, true);
        int[] behind = missing(investigation, path.direction(), last, false);
        int fewest = investigation.thresholds().fewestLosses();
        if (before.length >= fewest) {
            findings.add(finding(investigation, path, new Where.Segment(Where.BEYOND, first), first, before));
        }
        // What a receiver throws away because it is damaged is told as damage.
        boolean damaged = investigation.measures().segments().stream()
                .map(SegmentTraffic::counts)
                .anyMatch(s -> s.direction() == path.direction() && s.changed() > 0);
        if (behind.length < fewest || damaged) {
            return;
        }
        findings.add(
                isUnverified(investigation, behind, last) && HostTurnaround.isAtHost(investigation, last, behind)
                        ? discarded(investigation, path, last, behind)
                        : finding(investigation, path, new Where.Segment(last, Where.BEYOND), last, behind));
    }

    /** Whether no checksum of these packets could be verified, as too little of them was captured. */
    private static boolean isUnverified(Investigation investigation, int[] packets, int capture) {
        PacketTable table = investigation.packets(capture);
        return Arrays.stream(packets)
                .map(j -> investigation.journeys().row(j, capture))
                .allMatch(row -> table.checksum(row) == PacketTable.Checksum.UNKNOWN && table.truncated(row));
    }

    /** What came as far as the host itself can only have been thrown away there. */
    private Finding discarded(Investigation investigation, HopPath path, int capture, int[] discarded) {
        boolean atServer = path.direction() == Direction.CLIENT_TO_SERVER;
        return investigation
                .finding(id(), "corruption")
                .severity(Severity.WARNING, 0.5)
                .at(new Where.Node(atServer ? Where.Role.SERVER : Where.Role.CLIENT, capture), path.direction())
                .packets(discarded)
                .fact("discarded", new Fact.Count(discarded.length))
                .evidence(capture, discarded, "segments that reached the host and were asked for again")
                .ruledOut("random_loss", "the packets were seen at the host itself")
                .harm(discarded.length)
                .build();
    }

    /** @param before whether segments lost before the point are wanted, else those lost behind it */
    static int[] missing(Investigation investigation, Direction direction, int capture, boolean before) {
        List<Integer> missing = new ArrayList<>();
        for (Conversation conversation : investigation.stitched().conversations()) {
            if (conversation.transport() == Transport.TCP
                    && conversation.leg(capture).isPresent()) {
                MissingSegments found = new MissingSegments(investigation, conversation, capture, direction);
                missing.addAll(before ? found.before : found.behind);
            }
        }
        return missing.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private Finding finding(Investigation investigation, HopPath path, Where where, int capture, int[] missing) {
        boolean behind = where instanceof Where.Segment(int from, int _) && from != Where.BEYOND;
        return investigation
                .finding(id(), "random_loss")
                .severity(Severity.WARNING, missing.length >= 5 ? 0.75 : 0.6)
                .at(where, path.direction())
                .packets(missing)
                .fact("lost", new Fact.Text(missing.length + " segments"))
                .fact(
                        "near",
                        new Fact.Text(
                                behind
                                        ? "They passed the last capture point, and the receiver asked for them again three times or more."
                                        : "They did not pass the first capture point while later ones did, the receiver asked for them, and they were sent again."))
                .evidence(
                        capture,
                        missing,
                        behind
                                ? "segments that passed here and did not arrive"
                                : "segments sent again that had not passed before")
                .ruledOut(
                        "capture_loss",
                        "the receiver asked for the bytes again, so that they were not merely uncaptured")
                .ruledOut("reordering", "the receiver asked three times before they came")
                .harm(missing.length)
                .build();
    }
}
