package phalanx.diagnose.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.Rule;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Verdict;
import phalanx.diagnose.Where;
import phalanx.net.Direction;
import phalanx.stitch.HopPath;

/** The two directions pass different capture points. */
public final class AsymmetricPathRule implements Rule {
    private static final int SAMPLE = 20;

    @Override
    public String id() {
        return "asymmetric-path";
    }

    @Override
    public List<String> kinds() {
        return List.of("asymmetric_path");
    }

    @Override
    public Needs needs() {
        return Needs.TWO_POINTS;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        Optional<HopPath> there = investigation.stitched().mainPath(Direction.CLIENT_TO_SERVER);
        Optional<HopPath> back = investigation.stitched().mainPath(Direction.SERVER_TO_CLIENT);
        if (there.isEmpty() || back.isEmpty()) {
            return new Verdict.NotApplicable("needs traffic both ways");
        }
        List<Integer> outward = there.get().captures();
        List<Integer> homeward = back.get().captures().reversed();
        List<Integer> onlyOut =
                outward.stream().filter(c -> !homeward.contains(c)).toList();
        List<Integer> onlyHome =
                homeward.stream().filter(c -> !outward.contains(c)).toList();
        int fork = -1;
        for (int i = 0;
                i < Math.min(outward.size(), homeward.size()) && outward.get(i).equals(homeward.get(i));
                i++) {
            fork = outward.get(i);
        }
        boolean divided = !onlyOut.isEmpty() || !onlyHome.isEmpty();
        if (!divided || fork < 0) {
            return new Verdict.Healthy();
        }
        return new Verdict.Found(List.of(finding(investigation, fork, onlyOut, onlyHome)));
    }

    private Finding finding(Investigation investigation, int fork, List<Integer> onlyOut, List<Integer> onlyHome) {
        List<Evidence> evidence = new ArrayList<>();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (boolean out : new boolean[] {true, false}) {
            for (int capture : out ? onlyOut : onlyHome) {
                int[] sample = IntStream.range(0, investigation.journeys().size())
                        .filter(j -> investigation.journeys().row(j, capture) >= 0)
                        .limit(SAMPLE)
                        .toArray();
                evidence.addAll(investigation.evidence(
                        capture, sample, out ? "packets to the server only" : "packets to the client only"));
                first = Math.min(
                        first,
                        Arrays.stream(sample)
                                .mapToLong(investigation::when)
                                .min()
                                .orElse(first));
                last = Math.max(
                        last,
                        Arrays.stream(sample)
                                .mapToLong(investigation::when)
                                .max()
                                .orElse(last));
            }
        }
        return investigation
                .finding(id(), "asymmetric_path")
                .severity(Severity.INFO, onlyOut.isEmpty() || onlyHome.isEmpty() ? 0.7 : 0.95)
                .at(new Where.Node(Where.Role.MIDDLEBOX, fork), Direction.BOTH)
                .during(first, last)
                .fact("fork", new Fact.Point(fork))
                .fact("outward", new Fact.Text(names(investigation, onlyOut)))
                .fact("homeward", new Fact.Text(names(investigation, onlyHome)))
                .evidence(evidence)
                .build();
    }

    private static String names(Investigation investigation, List<Integer> captures) {
        return captures.isEmpty()
                ? "no other capture point"
                : captures.stream().map(investigation.stitched()::hopName).collect(Collectors.joining(", "));
    }
}
