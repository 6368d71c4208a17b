package phalanx.diagnose.size;

import java.util.List;
import java.util.Optional;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.LossSorter;
import phalanx.diagnose.SegmentRule;
import phalanx.diagnose.Severity;
import phalanx.measure.SegmentTraffic;

/** ICMP errors are dropped where other packets pass: who sent the packets they tell of never learns (RFC 4890 section 4.3.1). */
public final class IcmpFilteredRule extends SegmentRule {
    @Override
    public String id() {
        return "icmp-filtered";
    }

    @Override
    public List<String> kinds() {
        return List.of("icmp_filtered");
    }

    @Override
    protected Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        int[] dropped = investigation.lost(segment, LossSorter.Reason.ICMP_DROPPED);
        if (dropped.length < investigation.thresholds().fewestLosses()) {
            return Optional.empty();
        }
        int from = segment.counts().from();
        PacketTable packets = investigation.packets(from);
        int row = investigation.journeys().row(dropped[0], from);
        return Optional.of(investigation
                .finding(id(), "icmp_filtered")
                .severity(Severity.WARNING, dropped.length >= 3 ? 0.95 : 0.85)
                .on(segment)
                .packets(dropped)
                .fact("dropped", new Fact.Count(dropped.length))
                .fact("type", new Fact.Text("type " + packets.icmpType(row) + " code " + packets.icmpCode(row)))
                .fact("passed", new Fact.Count(segment.delivered().length))
                .evidence(from, dropped, "ICMP errors that went no further")
                .ruledOut(
                        "random_loss",
                        segment.delivered().length + " other packets passed, no ICMP error of this type did")
                .harm(dropped.length)
                .build());
    }
}
