package phalanx.diagnose.path;

import java.util.ArrayList;
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

/** Packets bear a VLAN tag (IEEE 802.1Q) at one capture point and none at others: it was taken on a trunk. */
public final class VlanRule implements Rule {
    @Override
    public String id() {
        return "vlan";
    }

    @Override
    public List<String> kinds() {
        return List.of("vlan_tag_on_one_capture");
    }

    @Override
    public Needs needs() {
        return Needs.TWO_POINTS;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        int captures = investigation.stitched().captures().size();
        List<int[]> tagged = IntStream.range(0, captures)
                .mapToObj(c -> tagged(investigation, c))
                .toList();
        boolean untagged = IntStream.range(0, captures)
                .anyMatch(c -> investigation.packets(c).size() > 0 && tagged.get(c).length == 0);
        List<Finding> findings = new ArrayList<>();
        for (int capture = 0; capture < captures && untagged; capture++) {
            if (tagged.get(capture).length > 0) {
                findings.add(finding(investigation, capture, tagged.get(capture)));
            }
        }
        return Verdict.of(findings);
    }

    private static int[] tagged(Investigation investigation, int capture) {
        return IntStream.range(0, investigation.journeys().size())
                .filter(j -> investigation.journeys().row(j, capture) >= 0)
                .filter(j -> vlan(investigation, j, capture) >= 0)
                .toArray();
    }

    private static int vlan(Investigation investigation, int journey, int capture) {
        return investigation.packets(capture).vlan(investigation.journeys().row(journey, capture));
    }

    private Finding finding(Investigation investigation, int capture, int[] tagged) {
        return investigation
                .finding(id(), "vlan_tag_on_one_capture")
                .severity(Severity.INFO, 0.97)
                .at(new Where.Capture(capture), Direction.BOTH)
                .packets(tagged)
                .conversations(List.of())
                .fact("vlan", new Fact.Text(String.valueOf(vlan(investigation, tagged[0], capture))))
                .fact(
                        "tagged",
                        new Fact.Share(
                                tagged.length, investigation.packets(capture).size()))
                .evidence(capture, tagged, "packets with a tag")
                .build();
    }
}
