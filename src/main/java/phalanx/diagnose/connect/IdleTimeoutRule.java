package phalanx.diagnose.connect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.LossSorter;
import phalanx.diagnose.Rule;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Verdict;
import phalanx.diagnose.Where;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Direction;

/** A device on the way forgot a connection that had been silent for a while (RFC 5382 section 5, REQ-5): it drops what comes then, or answers
 * with a reset. */
public final class IdleTimeoutRule implements Rule {
    @Override
    public String id() {
        return "idle-timeout";
    }

    @Override
    public List<String> kinds() {
        return List.of("idle_timeout_rst", "idle_timeout_drop");
    }

    @Override
    public Needs needs() {
        return Needs.PACKETS;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        List<Finding> findings = new ArrayList<>();
        for (SegmentTraffic segment : investigation.measures().segments()) {
            int[] resets = Arrays.stream(segment.originated())
                    .filter(j -> Forgotten.isAnsweredByReset(investigation, segment, j))
                    .toArray();
            int[] refused = Arrays.stream(resets)
                    .map(j -> investigation.refusedBy(j, segment))
                    .toArray();
            if (resets.length > 0) {
                findings.add(finding(investigation, segment, "idle_timeout_rst", refused, resets));
            }
            // Told once for both directions, by the one that met the silence first.
            int[] dropped = dropped(investigation, segment);
            boolean first = investigation
                    .opposite(segment)
                    .map(back -> dropped(investigation, back))
                    .map(back -> back.length == 0
                            || dropped.length > 0 && investigation.when(dropped[0]) < investigation.when(back[0]))
                    .orElse(true);
            if (dropped.length > 0 && first) {
                findings.add(finding(investigation, segment, "idle_timeout_drop", dropped, new int[0]));
            }
        }
        return Verdict.of(findings);
    }

    private static int[] dropped(Investigation investigation, SegmentTraffic segment) {
        return investigation.lost(segment, LossSorter.Reason.FORGOTTEN);
    }

    private Finding finding(
            Investigation investigation, SegmentTraffic segment, String kind, int[] refused, int[] resets) {
        int[] all =
                IntStream.concat(IntStream.of(refused), IntStream.of(resets)).toArray();
        long idle = Forgotten.silenceBefore(investigation, segment, refused[0]);
        long survived = Forgotten.longestSurvived(investigation, segment);
        int at = resets.length > 0 ? segment.counts().to() : segment.counts().from();
        List<Integer> conversations = investigation.conversations(all);
        return investigation
                .finding(id(), kind)
                .severity(Severity.CRITICAL, survived < idle ? 0.93 : 0.7)
                .at(new Where.Segment(segment.counts().from(), segment.counts().to()), Direction.BOTH)
                .packets(all)
                .fact("idle", new Fact.Nanos(idle))
                .fact("survived", new Fact.Nanos(survived))
                .fact("packets", new Fact.Count(refused.length))
                .fact("connections", new Fact.Count(conversations.size()))
                .evidence(at, refused, "packets after the silence")
                .evidence(at, resets, "resets that answered them")
                .ruledOut(Stream.of("random_loss", "rst_injection")
                        .filter(other -> resets.length > 0 || !other.equals("rst_injection"))
                        .map(other -> new Finding.RuledOut(
                                other,
                                other.equals("random_loss")
                                        ? "nothing of these connections passed any more, all before had passed"
                                        : "the resets answer packets that were held back after a silence"))
                        .toList())
                .ruledOut("server_slow", "the packets did not reach the server")
                .harm(10.0 * conversations.size())
                .build();
    }
}
