package phalanx.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Finding.RuledOut;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Endpoint;

/** Every SYN to a service disappears at one place while other traffic passes it, and nothing answers: a silent packet filter. */
final class SynFilteredRule implements Rule {
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
            byService.forEach((service, syns) -> {
                if (syns.length >= investigation.thresholds().fewestLosses()) {
                    findings.add(finding(investigation, segment, service, syns));
                }
            });
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
        return new Finding(
                id(),
                "syn_filtered",
                Severity.CRITICAL,
                passed > 0 && syns.length > conversations.size() ? 0.95 : 0.7,
                new Where.Segment(from, segment.counts().to()),
                segment.counts().direction(),
                investigation.when(syns[0]),
                investigation.when(syns[syns.length - 1]),
                Map.of(
                        "service", new Fact.Text(service),
                        "syns", new Fact.Count(syns.length),
                        "connections", new Fact.Count(conversations.size()),
                        "passed", new Fact.Count(passed)),
                conversations,
                investigation.evidence(from, syns, "SYNs to " + service + " that went no further"),
                List.of(
                        new RuledOut(
                                "random_loss",
                                passed + " other packets passed the segment, no SYN to this service did"),
                        new RuledOut("connection_rejected", "no reset and no ICMP error answered"),
                        new RuledOut("port_closed", "the SYNs never came as far as the server")),
                syns.length + 10.0 * conversations.size());
    }
}
