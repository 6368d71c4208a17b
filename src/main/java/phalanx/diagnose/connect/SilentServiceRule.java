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

/**
 * SYNs go past the last capture point and nothing ever comes back: a silent filter behind it, a host that is off, or a way back that
 * is broken there. Captures behind this point would tell.
 */
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
        List<Attempts> silent = Scan.without(investigation).stream()
                .filter(attempts -> investigation.sawBothWays(attempts.capture)
                        && attempts.accepted.isEmpty()
                        && attempts.refused.isEmpty()
                        && !attempts.ignored.isEmpty())
                .toList();
        List<Finding> findings = new ArrayList<>();
        for (ServiceGroup group : ServiceGroup.of(silent)) {
            int[] ignored = group.all(attempts -> attempts.ignored);
            if (ignored.length >= investigation.thresholds().fewestLosses()) {
                findings.add(finding(investigation, group, ignored));
            }
        }
        return Verdict.of(findings);
    }

    private Finding finding(Investigation investigation, ServiceGroup group, int[] ignored) {
        int capture = group.capture();
        long unanswered = group.services().stream()
                .mapToLong(attempts -> attempts.unanswered.size())
                .sum();
        return investigation
                .finding(id(), "syn_filtered")
                .severity(Severity.CRITICAL, 0.6)
                .at(
                        new Where.Segment(capture, Where.BEYOND),
                        investigation.journeys().direction(ignored[0]))
                .packets(ignored)
                .fact("service", new Fact.Text(group.name()))
                .fact("syns", new Fact.Count(ignored.length))
                .fact("connections", new Fact.Count(unanswered))
                .fact("passed", new Fact.Count(investigation.packets(capture).size()))
                .evidence(capture, ignored, "SYNs to " + group.name() + " that nothing answered")
                .ruledOut("port_closed", "a host without a listener answers with a reset")
                .ruledOut("connection_rejected", "no reset and no ICMP error answered")
                .harm(ignored.length + 10.0 * unanswered)
                .build();
    }
}
