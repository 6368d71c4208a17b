package phalanx.diagnose.host;

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

/** Questions reached a name server and it never answered them. */
public final class DnsTimeoutRule implements Rule {
    @Override
    public String id() {
        return "dns-timeout";
    }

    @Override
    public List<String> kinds() {
        return List.of("dns_timeout");
    }

    @Override
    public Needs needs() {
        return Needs.PACKETS;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        List<Finding> findings = new ArrayList<>();
        for (DnsExchanges exchanges : DnsExchanges.of(investigation)) {
            if (exchanges.unanswered.size() >= investigation.thresholds().fewestLosses()) {
                findings.add(finding(investigation, exchanges));
            }
        }
        return Verdict.of(findings);
    }

    private Finding finding(Investigation investigation, DnsExchanges exchanges) {
        int[] queries =
                exchanges.unanswered.stream().mapToInt(Integer::intValue).toArray();
        return investigation
                .finding(id(), "dns_timeout")
                .severity(
                        5L * queries.length >= queries.length + exchanges.answered.size()
                                ? Severity.CRITICAL
                                : Severity.WARNING,
                        queries.length >= 3 ? 0.93 : 0.8)
                .at(new Where.Node(Where.Role.SERVER, exchanges.capture), Direction.BOTH)
                .packets(queries)
                .fact("server", new Fact.Text(exchanges.server))
                .fact("unanswered", new Fact.Share(queries.length, queries.length + exchanges.answered.size()))
                .fact("names", exchanges.names(investigation, queries))
                .evidence(exchanges.capture, queries, "questions without an answer")
                .ruledOut("random_loss", "the questions passed the last point before the server, no answer came there")
                .harm(queries.length)
                .build();
    }
}
