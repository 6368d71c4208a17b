package phalanx.diagnose.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.Rule;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Verdict;
import phalanx.diagnose.Where;
import phalanx.net.Direction;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;

/** The host itself refuses connections: nothing listens there (RFC 9293 section 3.5.2). A refusal with another TTL than the host's is that
 * of a device before it. */
public final class PortClosedRule implements Rule {
    @Override
    public String id() {
        return "port-closed";
    }

    @Override
    public List<String> kinds() {
        return List.of("port_closed", "connection_rejected");
    }

    @Override
    public Needs needs() {
        return Needs.PACKETS;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        List<Finding> findings = new ArrayList<>();
        Attempts.toServices(investigation).forEach((_, attempts) -> {
            if (!attempts.refused.isEmpty()) {
                findings.add(finding(investigation, attempts.service, attempts));
            }
        });
        return Verdict.of(findings);
    }

    private Finding finding(Investigation investigation, String service, Attempts attempts) {
        int[] refused = Attempts.array(attempts.refused);
        int[] answers = Attempts.array(attempts.refusals);
        int capture = attempts.capture;
        PacketTable packets = investigation.packets(capture);
        int row = investigation.journeys().row(answers[0], capture);
        int host = packets.destination(investigation.journeys().row(refused[0], capture));
        int usual = usualTimeToLive(packets, host);
        boolean stranger = packets.hasQuote(row) && packets.source(row) != host;
        boolean other = stranger || usual >= 0 && routers(usual) != routers(packets.timeToLive(row));
        List<Integer> conversations = investigation.conversations(refused);
        return investigation
                .finding(id(), other ? "connection_rejected" : "port_closed")
                .severity(Severity.CRITICAL, usual < 0 ? 0.7 : 0.93)
                .at(
                        other ? new Where.Segment(capture, Where.BEYOND) : new Where.Node(Where.Role.SERVER, capture),
                        other ? investigation.journeys().direction(refused[0]) : Direction.BOTH)
                .packets(refused)
                .fact("services", new Fact.Text(service))
                .fact("service", new Fact.Text(service))
                .fact("refused", new Fact.Count(refused.length))
                .fact("connections", new Fact.Count(conversations.size()))
                .fact("by", new Fact.Text(Answers.name(investigation, answers)))
                .evidence(capture, refused, "attempts that reached the last capture point")
                .evidence(capture, answers, "refusals")
                .ruledOut("syn_filtered", "the attempts were answered")
                .ruledOut(
                        other ? "port_closed" : "connection_rejected",
                        usual < 0
                                ? "no other packet of the host was seen to compare its TTL with"
                                : "the refusals bear TTL " + packets.timeToLive(row) + ", the host's packets " + usual)
                .harm(10.0 * conversations.size())
                .build();
    }

    /** How many routers a packet passed, as hosts begin with a TTL of 32, 64, 128 or 255. */
    private static int routers(int timeToLive) {
        return (timeToLive <= 32 ? 32 : timeToLive <= 64 ? 64 : timeToLive <= 128 ? 128 : 255) - timeToLive;
    }

    /** TTL of what the host sends otherwise, -1 when it sends nothing else. */
    private static int usualTimeToLive(PacketTable packets, int host) {
        return IntStream.range(0, packets.size())
                .filter(row -> packets.source(row) == host
                        && (packets.tcpFlags(row) & TcpFlags.RST) == 0
                        && Transport.ofProtocol(packets.protocol(row)) != Transport.ICMP)
                .map(packets::timeToLive)
                .findFirst()
                .orElse(-1);
    }
}
