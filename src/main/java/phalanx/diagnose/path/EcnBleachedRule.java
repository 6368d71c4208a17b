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
import phalanx.net.TcpFlags;

/** ECN marks are cleared on the way (RFC 3168 section 18): routers behind must drop where they could have marked. */
public final class EcnBleachedRule extends SegmentRule {
    private static final int ECE_CWR = 64 | 128;

    @Override
    public String id() {
        return "ecn-bleached";
    }

    @Override
    public List<String> kinds() {
        return List.of("ecn_bleached");
    }

    @Override
    protected boolean sameBothWays() {
        return true;
    }

    @Override
    protected Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        int from = segment.counts().from();
        int to = segment.counts().to();
        int[] capable = Arrays.stream(segment.delivered())
                .filter(j -> isCapable(investigation, j, from))
                .toArray();
        int[] cleared = Arrays.stream(capable)
                .filter(j -> !isCapable(investigation, j, to))
                .toArray();
        if (cleared.length < 2 || 2 * cleared.length < capable.length) {
            return Optional.empty();
        }
        return Optional.of(investigation
                .finding(id(), "ecn_bleached")
                .severity(Severity.WARNING, 0.95)
                .on(segment)
                .packets(cleared)
                .fact("cleared", new Fact.Share(cleared.length, capable.length))
                .evidence(from, cleared, "packets that bear ECN marks")
                .evidence(to, cleared, "the same packets without")
                .ruledOut("ecn_ce_marked", "the marks are gone, not set to \"congestion experienced\"")
                .harm(cleared.length / 1e3)
                .build());
    }

    /** ECT(0), ECT(1) or CE in the IP header, or the offer of it in a SYN (RFC 3168 sections 5 and 6.1.1). */
    private static boolean isCapable(Investigation investigation, int journey, int capture) {
        PacketTable packets = investigation.packets(capture);
        int row = investigation.journeys().row(journey, capture);
        int flags = packets.tcpFlags(row);
        boolean offers = (flags & (TcpFlags.SYN | TcpFlags.ACK)) == TcpFlags.SYN && (flags & ECE_CWR) == ECE_CWR;
        return (packets.trafficClass(row) & 3) != 0 || offers;
    }
}
