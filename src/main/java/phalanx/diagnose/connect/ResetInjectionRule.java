package phalanx.diagnose.connect;

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

/** A reset inside an established connection that the host whose address it bears never sent: it first appears between two points. */
public final class ResetInjectionRule extends SegmentRule {
    @Override
    public String id() {
        return "reset-injection";
    }

    @Override
    public List<String> kinds() {
        return List.of("rst_injection");
    }

    @Override
    protected Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        int[] injected = Arrays.stream(segment.originated())
                .filter(j -> Answers.isReset(investigation, j) && isInjected(investigation, segment, j))
                .toArray();
        if (injected.length > 0) {
            return Optional.of(finding(investigation, segment, injected));
        }
        return Optional.empty();
    }

    /** Not the answer to a SYN, which is a rejection, and not that of a firewall that has forgotten an idle connection. */
    private static boolean isInjected(Investigation investigation, SegmentTraffic segment, int reset) {
        boolean established = false;
        for (int journey : investigation.journeys().of(investigation.journeys().conversation(reset))) {
            int flags = investigation.tcpFlags(journey);
            established |= investigation.when(journey) < investigation.when(reset)
                    && (flags & (TcpFlags.SYN | TcpFlags.RST)) == 0
                    && (flags & TcpFlags.ACK) != 0;
        }
        return established && !Forgotten.isAnsweredByReset(investigation, segment, reset);
    }

    private Finding finding(Investigation investigation, SegmentTraffic segment, int[] resets) {
        int to = segment.counts().to();
        List<Integer> conversations = investigation.conversations(resets);
        PacketTable packets = investigation.packets(to);
        int timeToLive = packets.timeToLive(investigation.journeys().row(resets[0], to));
        String usual = usualTimeToLive(investigation, segment, resets[0]);
        return investigation
                .finding(id(), "rst_injection")
                .severity(Severity.CRITICAL, 0.95)
                .on(segment)
                .during(investigation.when(resets[0]), investigation.when(resets[resets.length - 1]))
                .conversations(conversations)
                .fact("resets", new Fact.Count(resets.length))
                .fact("connections", new Fact.Count(conversations.size()))
                .fact("timeToLive", new Fact.Count(timeToLive))
                .fact("usualTimeToLive", new Fact.Text(usual))
                .evidence(to, resets, "resets that were not seen before this point")
                .ruledOut("connection_rejected", "the connections were established before")
                .ruledOut("capture_loss", "the point before recorded the packets around them")
                .harm(10.0 * conversations.size())
                .build();
    }

    /** TTL of the other packets of the conversation from the same side, at the same point. */
    private static String usualTimeToLive(Investigation investigation, SegmentTraffic segment, int reset) {
        int to = segment.counts().to();
        PacketTable packets = investigation.packets(to);
        return Arrays.stream(
                        investigation.journeys().of(investigation.journeys().conversation(reset)))
                .filter(j -> j != reset
                        && investigation.journeys().direction(j)
                                == segment.counts().direction()
                        && investigation.journeys().row(j, to) >= 0
                        && investigation.journeys().row(j, segment.counts().from()) >= 0)
                .mapToObj(j -> String.valueOf(
                        packets.timeToLive(investigation.journeys().row(j, to))))
                .findFirst()
                .orElse("unknown");
    }
}
