package phalanx.diagnose.connect;

import java.util.Arrays;
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
import phalanx.net.Endpoint;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;

/** A device between two points refuses packets aloud, by a reset or an ICMP error, before they reach the server: a packet filter. */
public final class ConnectionRejectedRule extends SegmentRule {
    @Override
    public String id() {
        return "connection-rejected";
    }

    @Override
    public List<String> kinds() {
        return List.of("connection_rejected");
    }

    @Override
    protected Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        int from = segment.counts().from();
        PacketTable packets = investigation.packets(from);
        int[] refused = Arrays.stream(investigation.lost(segment, LossSorter.Reason.REFUSED))
                .filter(j -> opens(packets, investigation.journeys().row(j, from)))
                .toArray();
        if (refused.length == 0) {
            return Optional.empty();
        }
        int[] answers = Answers.refusing(investigation, refused);
        List<Integer> conversations = investigation.conversations(refused);
        return Optional.of(investigation
                .finding(id(), "connection_rejected")
                .severity(Severity.CRITICAL, conversations.size() > 1 ? 0.95 : 0.85)
                .on(segment)
                .packets(refused)
                .fact("services", services(investigation, refused, from))
                .fact("refused", new Fact.Count(refused.length))
                .fact("connections", new Fact.Count(conversations.size()))
                .fact("by", new Fact.Text(Answers.name(investigation, answers)))
                .evidence(from, refused, "attempts that went no further")
                .evidence(from, answers, "refusals that came back")
                .ruledOut("port_closed", "the attempts never came as far as the server")
                .ruledOut("syn_filtered", "they were answered, by " + Answers.name(investigation, answers))
                .harm(10.0 * conversations.size())
                .build());
    }

    private static boolean opens(PacketTable packets, int row) {
        return packets.protocol(row) != Transport.PROTOCOL_TCP
                || (packets.tcpFlags(row) & (TcpFlags.SYN | TcpFlags.ACK)) == TcpFlags.SYN;
    }

    private static Fact services(Investigation investigation, int[] refused, int from) {
        PacketTable packets = investigation.packets(from);
        List<String> services = Arrays.stream(refused)
                .map(j -> investigation.journeys().row(j, from))
                .mapToObj(row -> new Endpoint(packets.address(packets.destination(row)), packets.destinationPort(row)))
                .map(Endpoint::toString)
                .distinct()
                .toList();
        return Fact.Text.few(services);
    }
}
