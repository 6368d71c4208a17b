package phalanx.diagnose.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.Rule;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Verdict;
import phalanx.diagnose.Where;
import phalanx.net.Direction;

/** A name server takes long to answer questions that have reached it. */
public final class DnsSlowRule implements Rule {
    @Override
    public String id() {
        return "dns-slow";
    }

    @Override
    public List<String> kinds() {
        return List.of("dns_slow");
    }

    @Override
    public Needs needs() {
        return Needs.PACKETS;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        List<Finding> findings = new ArrayList<>();
        for (DnsExchanges exchanges : DnsExchanges.of(investigation)) {
            List<DnsExchanges.Answered> slow = exchanges.answered.stream()
                    .filter(a -> a.nanos() >= investigation.thresholds().slowAnswerNanos())
                    .toList();
            if (Repeated.isNoAccident(slow.size(), exchanges.answered.size())) {
                findings.add(finding(investigation, exchanges, slow));
            }
        }
        return Verdict.of(findings);
    }

    private Finding finding(Investigation investigation, DnsExchanges exchanges, List<DnsExchanges.Answered> slow) {
        int[] queries = slow.stream().mapToInt(DnsExchanges.Answered::query).toArray();
        int[] responses =
                slow.stream().mapToInt(DnsExchanges.Answered::response).toArray();
        long[] times =
                slow.stream().mapToLong(DnsExchanges.Answered::nanos).sorted().toArray();
        int[] both =
                IntStream.concat(IntStream.of(queries), IntStream.of(responses)).toArray();
        return investigation
                .finding(id(), "dns_slow")
                .severity(Severity.WARNING, slow.size() >= 3 ? 0.95 : 0.85)
                .at(new Where.Node(Where.Role.SERVER, exchanges.capture), Direction.BOTH)
                .packets(both)
                .fact("server", new Fact.Text(exchanges.server))
                .fact("slow", new Fact.Share(slow.size(), exchanges.answered.size()))
                .fact("median", new Fact.Nanos(times[times.length / 2]))
                .fact("longest", new Fact.Nanos(times[times.length - 1]))
                .fact("names", exchanges.names(investigation, queries))
                .evidence(exchanges.capture, both, "questions and their late answers")
                .ruledOut("high_latency", "the time passed behind the last capture point before the server")
                .ruledOut("random_loss", "each question was answered without being asked again")
                .harm(Arrays.stream(times).sum() / 1e9)
                .build();
    }
}
