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

/** SYNs go past the last capture point and nothing ever comes back: a silent filter behind it, a host that is off, or a way back that is
 * broken there. Captures behind this point would tell. */
public final class SilentServiceRule implements Rule {
    @Override
    public String id() {
        return "silent-service";
    }

    @Override
    public List<String> kinds() {
        return List.of("syn_filtered");
    }

    @Override
    public Needs needs() {
        return Needs.PACKETS;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        List<Finding> findings = new ArrayList<>();
        Attempts.toServices(investigation).forEach((service, attempts) -> {
            int[] ignored = Attempts.array(attempts.ignored);
            if (attempts.accepted.isEmpty()
                    && attempts.refused.isEmpty()
                    && ignored.length >= investigation.thresholds().fewestLosses()) {
                findings.add(finding(investigation, service, attempts, ignored));
            }
        });
        return Verdict.of(findings);
    }

    private Finding finding(Investigation investigation, String service, Attempts attempts, int[] ignored) {
        return investigation
                .finding(id(), "syn_filtered")
                .severity(Severity.CRITICAL, 0.6)
                .at(
                        new Where.Segment(attempts.capture, Where.BEYOND),
                        investigation.journeys().direction(ignored[0]))
                .packets(ignored)
                .fact("service", new Fact.Text(service))
                .fact("syns", new Fact.Count(ignored.length))
                .fact("connections", new Fact.Count(attempts.unanswered.size()))
                .fact(
                        "passed",
                        new Fact.Count(investigation.packets(attempts.capture).size()))
                .evidence(attempts.capture, ignored, "SYNs to " + service + " that nothing answered")
                .ruledOut("port_closed", "a host without a listener answers with a reset")
                .ruledOut("connection_rejected", "no reset and no ICMP error answered")
                .harm(ignored.length + 10.0 * attempts.unanswered.size())
                .build();
    }
}
