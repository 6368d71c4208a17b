package phalanx.diagnose.recording;

import java.util.ArrayList;
import java.util.List;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.Rule;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Verdict;
import phalanx.diagnose.Where;
import phalanx.net.Direction;
import phalanx.stitch.ClockAlignment;

/** The clock of a capturing machine was set while it recorded. Delays are corrected for it. */
public final class ClockStepRule implements Rule {
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
                findings.add(finding(investigation, capture, clock, step));
            }
        }
        return Verdict.of(findings);
    }

    private Finding finding(Investigation investigation, int capture, ClockAlignment clock, ClockAlignment.Step step) {
        long when = clock.toCommon(step.atNanos(), step.row());
        return investigation
                .finding(id(), "clock_step")
                .severity(Severity.INFO, 0.9)
                .at(new Where.Capture(capture), Direction.BOTH)
                .during(when, when)
                .fact("hop", new Fact.Point(capture))
                .fact("step", new Fact.Nanos(Math.abs(step.nanos())))
                .fact("way", new Fact.Text(step.nanos() > 0 ? "forward" : "back"))
                .evidence(List.of(
                        new Evidence(capture, new long[] {step.frame()}, "first frame after the clock was set")))
                .ruledOut("latency_step", "delays of the two directions moved by the same amount in opposite ways")
                .ruledOut("high_latency", "the round trip did not change")
                .build();
    }
}
