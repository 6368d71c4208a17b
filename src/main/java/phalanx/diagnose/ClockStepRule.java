package phalanx.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import phalanx.diagnose.Finding.RuledOut;
import phalanx.net.Direction;
import phalanx.stitch.ClockAlignment;

/** The clock of a capturing machine was set while it recorded. Delays are corrected for it. */
final class ClockStepRule implements Rule {
    @Override
    public String id() {
        return "clock-step";
    }

    @Override
    public List<String> kinds() {
        return List.of("clock_step");
    }

    @Override
    public Needs needs() {
        return Needs.ROUND_TRIPS;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        List<Finding> findings = new ArrayList<>();
        for (int capture = 0; capture < investigation.stitched().clocks().size(); capture++) {
            ClockAlignment clock = investigation.stitched().clocks().get(capture);
            for (ClockAlignment.Step step : clock.steps()) {
                findings.add(finding(capture, clock, step));
            }
        }
        return Verdict.of(findings);
    }

    private Finding finding(int capture, ClockAlignment clock, ClockAlignment.Step step) {
        long when = clock.toCommon(step.atNanos());
        return new Finding(
                id(),
                "clock_step",
                Severity.INFO,
                0.9,
                new Where.Capture(capture),
                Direction.BOTH,
                when,
                when,
                Map.of(
                        "hop", new Fact.Point(capture),
                        "step", new Fact.Nanos(Math.abs(step.nanos())),
                        "way", new Fact.Text(step.nanos() > 0 ? "forward" : "back")),
                List.of(),
                List.of(new Evidence(capture, new long[] {step.frame()}, "first frame after the clock was set")),
                List.of(
                        new RuledOut(
                                "latency_step",
                                "delays of the two directions moved by the same amount in opposite ways"),
                        new RuledOut("high_latency", "the round trip did not change")),
                0);
    }
}
