package phalanx.diagnose.path;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.SegmentRule;
import phalanx.diagnose.Severity;
import phalanx.measure.SegmentTraffic;

/** The same packets bear another DSCP behind a point (RFC 2474): queues there treat them otherwise than the sender asked. */
public final class DscpRule extends SegmentRule {
    private static final Map<Integer, String> NAMES = Map.of(0, "default", 46, "EF", 44, "VOICE-ADMIT", 1, "LE");

    @Override
    public String id() {
        return "dscp";
    }

    @Override
    public List<String> kinds() {
        return List.of("dscp_rewritten");
    }

    @Override
    protected boolean sameBothWays() {
        return true;
    }

    @Override
    protected Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        int from = segment.counts().from();
        int to = segment.counts().to();
        int[] changed = Arrays.stream(segment.delivered())
                .filter(j -> dscp(investigation, j, from) != dscp(investigation, j, to))
                .toArray();
        if (changed.length < 2) {
            return Optional.empty();
        }
        Map<String, Long> changes = Arrays.stream(changed)
                .mapToObj(j -> name(dscp(investigation, j, from)) + " to " + name(dscp(investigation, j, to)))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        String usual = changes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        return Optional.of(investigation
                .finding(id(), "dscp_rewritten")
                .severity(Severity.INFO, 0.97)
                .on(segment)
                .packets(changed)
                .fact("change", new Fact.Text(usual))
                .fact("changed", new Fact.Share(changed.length, segment.delivered().length))
                .evidence(from, changed, "packets before the change")
                .evidence(to, changed, "the same packets behind it")
                .build());
    }

    private static int dscp(Investigation investigation, int journey, int capture) {
        PacketTable packets = investigation.packets(capture);
        return packets.trafficClass(investigation.journeys().row(journey, capture)) >> 2;
    }

    /** As in the registry of RFC 8126's IANA "DSCP" page: CS classes are multiples of 8, AF classes by RFC 2597. */
    private static String name(int dscp) {
        if (NAMES.containsKey(dscp)) {
            return NAMES.get(dscp);
        }
        if (dscp % 8 == 0) {
            return "CS" + dscp / 8;
        }
        boolean assured = dscp % 2 == 0 && dscp / 8 >= 1 && dscp / 8 <= 4;
        return assured ? "AF" + dscp / 8 + dscp % 8 / 2 : String.valueOf(dscp);
    }
}
