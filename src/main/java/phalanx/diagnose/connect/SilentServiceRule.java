package phalanx.diagnose.connect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    /** More silent ports of one host than this are told together: the host is off, or somebody scans. */
    private static final int FEW = 4;

    @Override
    public Verdict judge(Investigation investigation) {
        Map<String, List<Silent>> byHost = new TreeMap<>();
        Attempts.toServices(investigation).forEach((_, attempts) -> {
            String service = attempts.service;
            if (investigation.sawBothWays(attempts.capture)
                    && attempts.accepted.isEmpty()
                    && attempts.refused.isEmpty()
                    && !attempts.ignored.isEmpty()) {
                String host = service.substring(0, service.lastIndexOf(':')) + ' ' + attempts.capture;
                byHost.computeIfAbsent(host, _ -> new ArrayList<>()).add(new Silent(service, attempts));
            }
        });
        List<Finding> findings = new ArrayList<>();
        byHost.values().forEach(services -> {
            List<List<Silent>> told = services.size() > FEW
                    ? List.of(services)
                    : services.stream().map(List::of).toList();
            told.forEach(these -> {
                int[] ignored = these.stream()
                        .flatMapToInt(silent -> Arrays.stream(Attempts.array(silent.attempts.ignored)))
                        .sorted()
                        .toArray();
                if (ignored.length >= investigation.thresholds().fewestLosses()) {
                    findings.add(finding(investigation, these, ignored));
                }
            });
        });
        return Verdict.of(findings);
    }

    /** A service that answers nothing. */
    private record Silent(String service, Attempts attempts) {}

    private Finding finding(Investigation investigation, List<Silent> services, int[] ignored) {
        String first = services.getFirst().service;
        String service = services.size() == 1
                ? first
                : first.substring(0, first.lastIndexOf(':')) + ", " + services.size() + " ports";
        int capture = services.getFirst().attempts.capture;
        long unanswered = services.stream()
                .mapToLong(silent -> silent.attempts.unanswered.size())
                .sum();
        return investigation
                .finding(id(), "syn_filtered")
                .severity(Severity.CRITICAL, 0.6)
                .at(
                        new Where.Segment(capture, Where.BEYOND),
                        investigation.journeys().direction(ignored[0]))
                .packets(ignored)
                .fact("service", new Fact.Text(service))
                .fact("syns", new Fact.Count(ignored.length))
                .fact("connections", new Fact.Count(unanswered))
                .fact("passed", new Fact.Count(investigation.packets(capture).size()))
                .evidence(capture, ignored, "SYNs to " + service + " that nothing answered")
                .ruledOut("port_closed", "a host without a listener answers with a reset")
                .ruledOut("connection_rejected", "no reset and no ICMP error answered")
                .harm(ignored.length + 10.0 * unanswered)
                .build();
    }
}
