package phalanx.diagnose.recording;

import java.util.List;
import java.util.stream.IntStream;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.Rule;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Verdict;
import phalanx.diagnose.Where;
import phalanx.net.Direction;

/** A capture holds only the beginning of its packets: checksums cannot be verified, payload not be read. */
public final class SnaplenRule implements Rule {
    @Override
    public String id() {
        return "snaplen";
    }

    @Override
    public List<String> kinds() {
        return List.of("snaplen");
    }

    @Override
    public Needs needs() {
        return Needs.PACKETS;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        List<Integer> cut = IntStream.range(
                        0, investigation.stitched().captures().size())
                .filter(c -> cut(investigation, c).length > 0)
                .boxed()
                .toList();
        return Verdict.of(cut.isEmpty() ? List.of() : List.of(finding(investigation, cut)));
    }

    private static int[] cut(Investigation investigation, int capture) {
        PacketTable packets = investigation.packets(capture);
        return IntStream.range(0, investigation.journeys().size())
                .filter(j -> investigation.journeys().row(j, capture) >= 0)
                .filter(j -> packets.truncated(investigation.journeys().row(j, capture)))
                .toArray();
    }

    /** One habit of who captures, told once. */
    private Finding finding(Investigation investigation, List<Integer> captures) {
        List<Evidence> evidence = captures.stream()
                .flatMap(
                        c -> investigation
                                .evidence(
                                        c, cut(investigation, c), "packets of which the file holds only the beginning")
                                .stream())
                .toList();
        int first = captures.getFirst();
        int[] packets = cut(investigation, first);
        List<String> names =
                captures.stream().map(investigation.stitched()::hopName).toList();
        boolean all = captures.size() > 1
                && captures.size() == investigation.stitched().captures().size();
        String many = Fact.Text.few(names).text();
        return investigation
                .finding(id(), "snaplen")
                .severity(Severity.INFO, 1)
                .at(new Where.Capture(first), Direction.BOTH)
                .packets(packets)
                .conversations(List.of())
                .fact(
                        "captures",
                        new Fact.Text(
                                all
                                        ? "All captures hold"
                                        : names.size() > 1
                                                ? "The captures of " + many + " hold"
                                                : "The capture of " + many + " holds"))
                .fact(
                        "cut",
                        new Fact.Share(
                                packets.length, investigation.packets(first).size()))
                .fact("hop", new Fact.Point(first))
                .evidence(evidence)
                .ruledOut("corruption", "damage to the bytes that are not there cannot be told")
                .build();
    }
}
