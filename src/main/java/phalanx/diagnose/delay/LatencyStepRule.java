package phalanx.diagnose.delay;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.SegmentRule;
import phalanx.diagnose.Severity;
import phalanx.measure.SegmentTraffic;

/** For a while, or from some time on, even the fastest packets take longer by a constant: another route or another way through a device.
 * A clock that was set moves the two directions by the same amount in opposite ways and is taken out before (RFC 2679 section 3.7). */
public final class LatencyStepRule extends SegmentRule {
    private static final long STRETCH_NANOS = 200_000_000;
    private static final int FEWEST_STRETCHES = 4, FEWEST_PACKETS = 16;

    @Override
    public String id() {
        return "latency-step";
    }

    @Override
    public List<String> kinds() {
        return List.of("latency_step");
    }

    @Override
    protected boolean sameBothWays() {
        return true;
    }

    @Override
    protected Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        DelaySeries series = new DelaySeries(investigation, segment);
        long[][] floors = series.floors(STRETCH_NANOS);
        long least = investigation.thresholds().latencyStepNanos();
        int[] raised = raised(floors, least);
        int stretches = raised[1] - raised[0];
        if (stretches < FEWEST_STRETCHES
                || stretches == floors.length
                || series.queueRate().isPresent()) {
            return Optional.empty();
        }
        long[] steps = Arrays.stream(floors, raised[0], raised[1])
                .mapToLong(floor -> floor[2])
                .toArray();
        long step = DelaySeries.quantile(steps, 0.5);
        long[] others = Arrays.stream(floors)
                .filter(floor -> floor[0] < floors[raised[0]][0] || floor[0] >= floors[raised[1] - 1][1])
                .mapToLong(floor -> floor[2])
                .toArray();
        boolean flat = DelaySeries.quantile(steps, 0.75) - DelaySeries.quantile(steps, 0.25) <= step / 4;
        boolean low = DelaySeries.quantile(others, 0.5) <= step / 4;
        int first = (int) floors[raised[0]][0];
        int end = (int) floors[raised[1] - 1][1];
        if (!flat || !low || end - first < FEWEST_PACKETS) {
            return Optional.empty();
        }
        int[] slow = Arrays.copyOfRange(series.journeys, first, end);
        long fastest = Arrays.stream(segment.delayNanos()).min().orElse(0);
        boolean lasts = end == series.size();
        return Optional.of(investigation
                .finding(id(), "latency_step")
                .severity(Severity.WARNING, end - first >= 50 ? 0.9 : 0.75)
                .on(segment)
                .packets(slow)
                .fact("step", new Fact.Nanos(step))
                .fact("fastest", new Fact.Nanos(Math.max(0, fastest)))
                .fact("until", new Fact.Text(lasts ? "until the end of the capture" : "for a while"))
                .fact("lasted", new Fact.Nanos(series.departure[end - 1] - series.departure[first]))
                .evidence(segment.counts().to(), slow, "packets that took longer")
                .ruledOut("clock_step", "the other direction did not become shorter by as much")
                .ruledOut("bufferbloat", "the delay is the same for every packet, as long as it lasts")
                .ruledOut("jitter", "the delay is constant before and after")
                .harm(step / 1e9 * investigation.conversations(slow).size())
                .build());
    }

    /** The longest row of stretches in which no packet was as fast as elsewhere. */
    private static int[] raised(long[][] floors, long least) {
        int[] longest = {0, 0};
        int begin = 0;
        for (int i = 0; i < floors.length; i++) {
            if (floors[i][2] < least) {
                begin = i + 1;
            } else if (i + 1 - begin > longest[1] - longest[0]) {
                longest = new int[] {begin, i + 1};
            }
        }
        return longest;
    }
}
