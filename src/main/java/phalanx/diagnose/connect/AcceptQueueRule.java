package phalanx.diagnose.connect;

import java.util.ArrayList;
import java.util.List;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.Rule;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Verdict;
import phalanx.diagnose.Where;
import phalanx.net.Direction;

/** A server that accepts connections leaves SYNs unanswered that reached it, or forgets handshakes that were complete: the queue of connections
 * that its program has yet to accept is full (listen(2), backlog; Linux tcp_abort_on_overflow 0). */
public final class AcceptQueueRule implements Rule {
    /** So near to the server, the next switch or router in the same room, nothing is lost in between. */
    private static final long NEXT_TO_NANOS = 1_500_000;

    @Override
    public String id() {
        return "accept-queue";
    }

    @Override
    public List<String> kinds() {
        return List.of("accept_queue_overflow");
    }

    @Override
    public Needs needs() {
        return Needs.PACKETS;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        List<Finding> findings = new ArrayList<>();
        for (Attempts attempts : Attempts.of(investigation)) {
            int[] ignored = Attempts.array(attempts.ignored);
            boolean several =
                    ignored.length >= 3 || investigation.conversations(ignored).size() >= 2;
            if (!attempts.accepted.isEmpty() && several && attempts.turnaround <= NEXT_TO_NANOS) {
                findings.add(finding(investigation, attempts, ignored));
            }
        }
        return Verdict.of(findings);
    }

    private Finding finding(Investigation investigation, Attempts attempts, int[] ignored) {
        int suffering = investigation.conversations(ignored).size();
        return investigation
                .finding(id(), "accept_queue_overflow")
                .severity(Severity.CRITICAL, suffering >= 2 ? 0.9 : 0.75)
                .at(new Where.Node(Where.Role.SERVER, attempts.capture), Direction.BOTH)
                .packets(ignored)
                .fact("service", new Fact.Text(attempts.service.toString()))
                .fact("ignored", new Fact.Count(ignored.length))
                .fact("connections", new Fact.Count(suffering))
                .fact("accepted", new Fact.Count(attempts.accepted.size()))
                .evidence(attempts.capture, ignored, "handshake packets that had no effect")
                .ruledOut("syn_filtered", "the SYNs reached the last capture point, and others were answered")
                .ruledOut("port_closed", "nothing refused them")
                .ruledOut("random_loss", "what was ignored had come as far as the server")
                .harm(10.0 * suffering)
                .build();
    }
}
