package phalanx.show.demo;

import java.util.Set;
import phalanx.casefile.DemoScript;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Where;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.stitch.Stitched;

/** Holds a script's truth against what an analysis says. Any thread. */
final class TruthCheck {
    private TruthCheck() {}

    /** The verdict of an analysis in the words of scripts; of findings that are mere facts nothing is said. */
    static DemoScript.Truth verdict(Analysis analysis) {
        ExplainedFinding root = analysis.conclusion().finding();
        if (root == null) {
            return new DemoScript.Truth("", "", "", "");
        }
        Finding finding = root.finding();
        Stitched stitched = analysis.stitched();
        return switch (finding.where()) {
            case Where.Segment(int from, int to) ->
                new DemoScript.Truth(finding.kind(), name(from, stitched), name(to, stitched), "");
            case Where.Node(var _, int capture) ->
                new DemoScript.Truth(finding.kind(), "", "", stitched.hopName(capture));
            case Where.Capture(int capture) -> new DemoScript.Truth(finding.kind(), "", "", stitched.hopName(capture));
        };
    }

    private static String name(int capture, Stitched stitched) {
        return capture == Where.BEYOND ? "" : stitched.hopName(capture);
    }

    /** The capture points that a place lies between or at, whichever way packets go; none for no fault. */
    static Set<String> points(DemoScript.Truth truth) {
        return truth.isHealthy()
                ? Set.of()
                : truth.at().isEmpty() ? Set.of(truth.from(), truth.to()) : Set.of(truth.at());
    }
}
