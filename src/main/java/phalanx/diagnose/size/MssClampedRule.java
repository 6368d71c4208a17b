package phalanx.diagnose.size;

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

/** A device lowers the segment size that hosts offer in their SYNs (RFC 4459 section 3.2), so that packets fit a tunnel behind it. */
public final class MssClampedRule extends SegmentRule {

    @Override
    public String id() {
        return "mss-clamped";
    }

    @Override
    public List<String> kinds() {
        return List.of("mss_clamped");
    }

    @Override
    protected boolean sameBothWays() {
        return true;
    }

    @Override
    protected Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        int from = segment.counts().from();
        int to = segment.counts().to();
        int[] lowered = Arrays.stream(segment.delivered())
                .filter(j -> offer(investigation, j, from) >= 0 && offer(investigation, j, to) >= 0)
                .filter(j -> offer(investigation, j, to) < offer(investigation, j, from))
                .toArray();
        if (lowered.length == 0) {
            return Optional.empty();
        }
        return Optional.of(investigation
                .finding(id(), "mss_clamped")
                .severity(Severity.INFO, 0.97)
                .on(segment)
                .packets(lowered)
                .fact("before", new Fact.Bytes(offer(investigation, lowered[0], from)))
                .fact("after", new Fact.Bytes(offer(investigation, lowered[0], to)))
                .fact(
                        "connections",
                        new Fact.Count(investigation.conversations(lowered).size()))
                .evidence(from, lowered, "SYNs with the size that the host offered")
                .evidence(to, lowered, "the same SYNs behind the device")
                .ruledOut("pmtud_blackhole", "hosts were told to send smaller segments before any was lost")
                .build());
    }

    private static int offer(Investigation investigation, int journey, int capture) {
        PacketTable packets = investigation.packets(capture);
        return packets.maximumSegmentSize(investigation.journeys().row(journey, capture));
    }
}
