package phalanx.diagnose.connect;

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

/** Somebody tries out which services there are: told once. Nobody uses hundreds of them; of a few dozen, all may be down instead. */
public final class ScanRule implements Rule {
    /** So many services are tried by scanners alone. */
    private static final int CERTAIN = 200;

    @Override
    public String id() {
        return "scan";
    }

    @Override
    public List<String> kinds() {
        return List.of("port_closed", "syn_filtered");
    }

    @Override
    public Needs needs() {
        return Needs.PACKETS;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        List<Finding> findings = new ArrayList<>();
        for (Scan scan : Scan.of(investigation)) {
            ServiceGroup tried = scan.tried();
            boolean certain = tried.services().size() >= CERTAIN;
            int[] refused = tried.all(attempts -> attempts.refused);
            int[] ignored = tried.all(attempts -> attempts.ignored);
            int[] all = IntStream.concat(Arrays.stream(refused), Arrays.stream(ignored))
                    .sorted()
                    .toArray();
            findings.add(investigation
                    .finding(id(), refused.length >= ignored.length ? "port_closed" : "syn_filtered")
                    .severity(certain ? Severity.INFO : Severity.WARNING, certain ? 0.8 : 0.5)
                    .at(new Where.Node(Where.Role.SERVER, tried.capture()), Direction.BOTH)
                    .packets(all)
                    .fact("client", new Fact.Text(scan.client().toString()))
                    .fact("services", new Fact.Text(tried.name()))
                    .fact("attempts", new Fact.Count(all.length))
                    .fact("refused", new Fact.Count(refused.length))
                    .fact("ignored", new Fact.Count(ignored.length))
                    .evidence(tried.capture(), all, "SYNs of the scan")
                    .ruledOut("accept_queue_overflow", "no connection to any of these services was accepted")
                    .build());
        }
        return Verdict.of(findings);
    }
}
