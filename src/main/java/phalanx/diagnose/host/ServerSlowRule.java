package phalanx.diagnose.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.Rule;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Verdict;
import phalanx.diagnose.Where;
import phalanx.measure.ConversationMetrics;
import phalanx.net.Direction;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;
import phalanx.stitch.Conversation;

/**
 * A server takes long to answer requests that it has received: the time passes between the acknowledged request and the first byte of
 * the answer, seen at the capture point next to the server.
 */
public final class ServerSlowRule implements Rule {
    /** One answer that took less than this may have been an accident. */
    private static final long LONG_NANOS = 1_000_000_000;

    @Override
    public String id() {
        return "server-slow";
    }

    @Override
    public List<String> kinds() {
        return List.of("server_slow");
    }

    @Override
    public Needs needs() {
        return Needs.PACKETS;
    }

    /** A service's answers. */
    private static final class Service {
        final List<Answering.Slow> slow = new ArrayList<>();
        int capture;
        long answers;
        long waited;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        Map<String, Service> services = new TreeMap<>();
        for (ConversationMetrics metrics : investigation.measures().conversations()) {
            Conversation conversation = metrics.conversation();
            // Without a SYN, who is the server is a guess; then the port of a service tells.
            boolean known = conversation.opened()
                    || conversation.server().port() < conversation.client().port();
            if (conversation.transport() == Transport.TCP && known) {
                look(investigation, metrics, services);
            }
        }
        List<Finding> findings = new ArrayList<>();
        services.forEach((name, service) -> {
            if (Repeated.isNoAccident(service.slow.size(), service.answers)) {
                findings.add(finding(investigation, name.substring(0, name.indexOf(' ')), service));
            }
        });
        return Verdict.of(findings);
    }

    private static void look(Investigation investigation, ConversationMetrics metrics, Map<String, Service> services) {
        Conversation conversation = metrics.conversation();
        int capture = conversation.nearestToServer();
        long beyond = roundTripBeyond(investigation, conversation, capture);
        String name = conversation.leg(capture).orElseThrow().server() + " " + capture;
        Answering answering = new Answering(investigation.packets(capture), investigation.thresholds(), beyond);
        investigation.walk(conversation, capture, answering::packet);
        if (answering.answers > 0) {
            Service service = services.computeIfAbsent(name, _ -> new Service());
            service.capture = capture;
            service.answers += answering.answers;
            // Who also speaks unasked as often may have spoken unasked then.
            if (answering.slow.size() > answering.unasked) {
                service.slow.addAll(answering.slow);
                service.waited +=
                        answering.slow.stream().mapToLong(Answering.Slow::nanos).sum();
            }
        }
    }

    /** SYN to SYN-ACK at that point: what the way behind it takes, and no application has a part in. */
    private static long roundTripBeyond(Investigation investigation, Conversation conversation, int capture) {
        PacketTable packets = investigation.packets(capture);
        long[] times = {-1, -1};
        investigation.walk(conversation, capture, (_, row, fromClient) -> {
            int flags = packets.tcpFlags(row) & (TcpFlags.SYN | TcpFlags.ACK);
            if (flags == TcpFlags.SYN && fromClient && times[1] < 0) {
                times[0] = packets.timeNanos(row);
            } else if (flags == (TcpFlags.SYN | TcpFlags.ACK) && !fromClient && times[0] >= 0 && times[1] < 0) {
                times[1] = packets.timeNanos(row);
            }
        });
        return times[1] < 0 ? 0 : times[1] - times[0];
    }

    private Finding finding(Investigation investigation, String name, Service service) {
        int[] requests = service.slow.stream().mapToInt(Answering.Slow::request).toArray();
        int[] answers = service.slow.stream().mapToInt(Answering.Slow::answer).toArray();
        int[] both =
                IntStream.concat(IntStream.of(requests), IntStream.of(answers)).toArray();
        long[] times =
                service.slow.stream().mapToLong(Answering.Slow::nanos).sorted().toArray();
        return investigation
                .finding(id(), "server_slow")
                .severity(
                        service.slow.size() == 1 && service.waited < LONG_NANOS ? Severity.INFO : Severity.WARNING,
                        service.slow.size() >= 3 ? 0.95 : 0.85)
                .at(new Where.Node(Where.Role.SERVER, service.capture), Direction.BOTH)
                .packets(both)
                .fact("service", new Fact.Text(name))
                .fact("slow", new Fact.Share(service.slow.size(), service.answers))
                .fact("median", new Fact.Nanos(times[times.length / 2]))
                .fact("longest", new Fact.Nanos(times[times.length - 1]))
                .evidence(service.capture, both, "requests and the answers they waited for")
                .ruledOut("high_latency", "the requests had arrived and were acknowledged before the wait began")
                .ruledOut("random_loss", "neither request nor answer was sent again")
                .harm(service.waited / 1e9)
                .build();
    }
}
