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
import phalanx.diagnose.Sightings;
import phalanx.measure.SegmentTraffic;

/** A link takes smaller packets than the sender began with, and its router says so: path MTU discovery at work (RFC 1191, RFC 8201). */
public final class PathMtuReducedRule extends SegmentRule {
    @Override
    public String id() {
        return "path-mtu";
    }

    @Override
    public List<String> kinds() {
        return List.of("path_mtu_reduced");
    }

    @Override
    protected Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        int[] tooBig = investigation.lost(segment, LossSorter.Reason.TOO_BIG);
        if (tooBig.length == 0 || !IcmpErrors.reachSender(investigation, segment, tooBig)) {
            return Optional.empty();
        }
        int from = segment.counts().from();
        int[] errors = IcmpErrors.about(investigation, tooBig);
        Sightings.Sighting first = investigation.firstSighting(errors[0]);
        PacketTable table = investigation.packets(first.capture());
        int word = table.icmpWord(first.row());
        return Optional.of(investigation
                .finding(id(), "path_mtu_reduced")
                .severity(Severity.INFO, 0.97)
                .on(segment)
                .packets(tooBig)
                .fact("mtu", new Fact.Bytes(table.isV6(first.row()) ? word : word & 0xFFFF))
                .fact("dropped", new Fact.Count(tooBig.length))
                .fact("errors", new Fact.Count(errors.length))
                .evidence(from, tooBig, "packets that were too big")
                .evidence(first.capture(), errors, "ICMP errors that say so")
                .ruledOut("pmtud_blackhole", "the errors reached the sender, who sent smaller packets")
                .ruledOut("random_loss", "a router said why it dropped them")
                .build());
    }
}
