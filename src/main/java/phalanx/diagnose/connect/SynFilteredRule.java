package phalanx.diagnose.connect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.LossSorter;
import phalanx.diagnose.Rule;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Verdict;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Endpoint;

/** Every SYN to a service disappears at one place while other traffic passes it, and nothing answers: a silent packet filter. */
public final class SynFilteredRule implements Rule {
    /** More services than this are told together: the filter lets a whole range of them die. */
    private static final int FEW = 8;

    @Override
    public String id() {
        return "syn-filtered";
    }

    @Override
    public List<String> kinds() {
        return List.of("syn_filtered");
    }

    @Override
    public Needs needs() {
        return Needs.TWO_POINTS;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        List<Finding> findings = new ArrayList<>();
        for (SegmentTraffic segment : investigation.measures().segments()) {
            int[] ignored = investigation.lost(segment, LossSorter.Reason.SYN_IGNORED);
            Map<String, int[]> byService = new TreeMap<>();
            for (int journey : ignored) {
                byService.merge(service(investigation, segment, journey), new int[] {journey}, SynFilteredRule::joined);
            }
            byService
                    .values()
                    .removeIf(syns -> syns.length < investigation.thresholds().fewestLosses());
            if (byService.size() > FEW) {
                int[] all = byService.values().stream()
                        .flatMapToInt(Arrays::stream)
                        .sorted()
                        .toArray();
                findings.add(finding(
                        investigation,
                        segment,
                        Fact.Text.few(byService.keySet()).text(),
                        all));
            } else {
                byService.forEach((service, syns) -> findings.add(finding(investigation, segment, service, syns)));
            }
        }
        return Verdict.of(findings);
    }

    private static int[] joined(int[] a, int[] b) {
        int[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static String service(Investigation investigation, SegmentTraffic segment, int journey) {
        PacketTable packets = investigation.packets(segment.counts().from());
        int row = investigation.journeys().row(journey, segment.counts().from());
        return new Endpoint(packets.address(packets.destination(row)), packets.destinationPort(row)).toString();
    }

    private Finding finding(Investigation investigation, SegmentTraffic segment, String service, int[] syns) {
        int from = segment.counts().from();
        List<Integer> conversations = investigation.conversations(syns);
        long passed = segment.delivered().length;
        return investigation
                .finding(id(), "syn_filtered")
                .severity(Severity.CRITICAL, passed > 0 && syns.length > conversations.size() ? 0.95 : 0.7)
                .on(segment)
                .packets(syns)
                .fact("service", new Fact.Text(service))
                .fact("syns", new Fact.Count(syns.length))
                .fact("connections", new Fact.Count(conversations.size()))
                .fact("passed", new Fact.Count(passed))
                .evidence(from, syns, "SYNs to " + service + " that went no further")
                .ruledOut("random_loss", passed + " other packets passed the segment, no SYN to this service did")
                .ruledOut("connection_rejected", "no reset and no ICMP error answered")
                .ruledOut("port_closed", "the SYNs never came as far as the server")
                .harm(syns.length + 10.0 * conversations.size())
                .build();
    }
}
