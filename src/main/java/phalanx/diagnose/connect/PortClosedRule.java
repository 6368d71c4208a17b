package phalanx.diagnose.connect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/**
 * The host itself refuses connections: nothing listens there (RFC 9293 section 3.5.2). A refusal with another TTL than the host's is
 * that of a device before it.
 */
public final class PortClosedRule implements Rule {
    private static final int UNKNOWN = -1;

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
        TimesToLive usual = new TimesToLive(investigation);
        Map<Refusal, List<Attempts>> alike = new LinkedHashMap<>();
        for (Attempts attempts : Scan.without(investigation)) {
            if (!attempts.refused.isEmpty()) {
                alike.computeIfAbsent(refusal(investigation, attempts, usual), _ -> new ArrayList<>())
                        .add(attempts);
            }
        }
        List<Finding> findings = new ArrayList<>();
        alike.forEach((refusal, services) ->
                ServiceGroup.of(services).forEach(group -> findings.add(finding(investigation, group, refusal))));
        return Verdict.of(findings);
    }

    /**
     * What a service's refusals look like.
     *
     * @param byOther a device before the host sent them
     * @param why the figure that tells
     * @param by what the refusals are called
     */
    private record Refusal(boolean byOther, boolean certain, String why, String by) {}

    private static Refusal refusal(Investigation investigation, Attempts attempts, TimesToLive all) {
        PacketTable packets = investigation.packets(attempts.capture);
        int row = investigation.journeys().row(attempts.refusals.getFirst(), attempts.capture);
        int host = packets.destination(investigation.journeys().row(attempts.refused.getFirst(), attempts.capture));
        int usual = all.of(attempts.capture, host);
        boolean stranger = packets.hasQuote(row) && packets.source(row) != host;
        boolean other = stranger || usual != UNKNOWN && routers(usual) != routers(packets.timeToLive(row));
        return new Refusal(
                other,
                usual != UNKNOWN,
                usual == UNKNOWN
                        ? "no other packet of the host was seen to compare its TTL with"
                        : "the refusals bear TTL " + packets.timeToLive(row) + ", the host's packets " + usual,
                Answers.name(investigation, Attempts.array(attempts.refusals)));
    }

    private Finding finding(Investigation investigation, ServiceGroup group, Refusal refusal) {
        int capture = group.capture();
        int[] refused = group.all(attempts -> attempts.refused);
        int[] answers = group.all(attempts -> attempts.refusals);
        List<Integer> conversations = investigation.conversations(refused);
        boolean other = refusal.byOther;
        return investigation
                .finding(id(), other ? "connection_rejected" : "port_closed")
                .severity(Severity.CRITICAL, refusal.certain ? 0.93 : 0.7)
                .at(
                        other ? new Where.Segment(capture, Where.BEYOND) : new Where.Node(Where.Role.SERVER, capture),
                        other ? investigation.journeys().direction(refused[0]) : Direction.BOTH)
                .packets(refused)
                .fact("services", new Fact.Text(group.name()))
                .fact("service", new Fact.Text(group.name()))
                .fact("refused", new Fact.Count(refused.length))
                .fact("connections", new Fact.Count(conversations.size()))
                .fact("by", new Fact.Text(refusal.by))
                .evidence(capture, refused, "attempts that reached the last capture point")
                .evidence(capture, answers, "refusals")
                .ruledOut("syn_filtered", "the attempts were answered")
                .ruledOut(other ? "port_closed" : "connection_rejected", refusal.why)
                .harm(10.0 * conversations.size())
                .build();
    }

    /** How many routers a packet passed, as hosts begin with a TTL of 32, 64, 128 or 255. */
    private static int routers(int timeToLive) {
        return (timeToLive <= 32 ? 32 : timeToLive <= 64 ? 64 : timeToLive <= 128 ? 128 : 255) - timeToLive;
    }

    /** The TTL of what hosts send other than refusals. */
    private static final class TimesToLive {
        private final Investigation investigation;
        private final Map<Integer, Map<Integer, Integer>> byCapture = new HashMap<>();

        TimesToLive(Investigation investigation) {
            this.investigation = investigation;
        }

        /** @return {@link #UNKNOWN} when the host sends nothing else */
        int of(int capture, int host) {
            return byCapture
                    .computeIfAbsent(capture, c -> first(investigation.packets(c)))
                    .getOrDefault(host, UNKNOWN);
        }

        private static Map<Integer, Integer> first(PacketTable packets) {
            Map<Integer, Integer> first = new HashMap<>();
            for (int row = 0; row < packets.size(); row++) {
                if ((packets.tcpFlags(row) & TcpFlags.RST) == 0
                        && Transport.ofProtocol(packets.protocol(row)) != Transport.ICMP) {
                    first.putIfAbsent(packets.source(row), packets.timeToLive(row));
                }
            }
            return first;
        }
    }
}
