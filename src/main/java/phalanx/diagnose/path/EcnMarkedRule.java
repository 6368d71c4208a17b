package phalanx.diagnose.path;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.SegmentRule;
import phalanx.diagnose.Severity;
import phalanx.measure.SegmentTraffic;

/** A router says by a mark that its queue grows (CE, RFC 3168 section 5): congestion without loss. */
public final class EcnMarkedRule extends SegmentRule {
    private static final int CONGESTION_EXPERIENCED = 3;

    @Override
    public String id() {
        return "ecn-marked";
    }

    @Override
    public List<String> kinds() {
        return List.of("ecn_ce_marked");
    }

    @Override
    protected boolean sameBothWays() {
        return true;
    }

    @Override
    protected Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        int from = segment.counts().from();
        int to = segment.counts().to();
        long capable = Arrays.stream(segment.delivered())
                .filter(j -> ecn(investigation, j, from) != 0)
                .count();
        int[] marked = Arrays.stream(segment.delivered())
                .filter(j -> ecn(investigation, j, to) == CONGESTION_EXPERIENCED
                        && ecn(investigation, j, from) != CONGESTION_EXPERIENCED)
                .toArray();
        if (marked.length < 2) {
            return Optional.empty();
        }
        return Optional.of(investigation
                .finding(id(), "ecn_ce_marked")
                .severity(Severity.WARNING, marked.length >= 5 ? 0.95 : 0.85)
                .on(segment)
                .packets(marked)
                .fact("marked", new Fact.Share(marked.length, capable))
                .evidence(to, marked, "packets marked \"congestion experienced\"")
                .ruledOut("congestion_loss", "the packets were marked and delivered, not dropped")
                .harm(marked.length / 100.0)
                .build());
    }

    private static int ecn(Investigation investigation, int journey, int capture) {
        PacketTable packets = investigation.packets(capture);
        return packets.trafficClass(investigation.journeys().row(journey, capture)) & 3;
    }
}
