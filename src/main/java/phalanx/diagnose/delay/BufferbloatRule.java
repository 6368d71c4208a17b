package phalanx.diagnose.delay;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.LossSorter;
import phalanx.diagnose.SegmentRule;
import phalanx.diagnose.Severity;
import phalanx.measure.SegmentTraffic;

/** Packets stand in a queue for long without being lost: the buffer before a slow link is larger than is good. A standing queue is one of
 * which the shortest wait over 100 ms stays above 5 ms (RFC 8289 sections 3.1 and 4.4, CoDel). */
public final class BufferbloatRule extends SegmentRule {
    private static final long INTERVAL_NANOS = 100_000_000, TARGET_NANOS = 5_000_000;

    /** A queue that drains again within this is a burst that was taken up, which is what queues are for. */
    private static final long STANDING_NANOS = 500_000_000;

    @Override
    public String id() {
        return "bufferbloat";
    }

    @Override
    public List<String> kinds() {
        return List.of("bufferbloat");
    }

    @Override
    protected Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        DelaySeries series = new DelaySeries(investigation, segment);
        OptionalDouble rate = series.queueRate();
        if (rate.isEmpty()) {
            return Optional.empty();
        }
        int[] standing = standing(series);
        long[] waits = Arrays.copyOfRange(series.wait, standing[0], standing[1]);
        long typical = DelaySeries.quantile(waits, 0.5);
        long dropped = investigation.lost(segment, LossSorter.Reason.ANY_PACKET).length;
        long lasted = standing[2] * INTERVAL_NANOS;
        if (lasted < STANDING_NANOS || typical < 2 * TARGET_NANOS) {
            return Optional.empty();
        }
        int[] waited = Arrays.copyOfRange(series.journeys, standing[0], standing[1]);
        // Where the queue is full as well, what it drops is the greater harm and told by itself.
        boolean alone = dropped < investigation.thresholds().fewestLosses();
        return Optional.of(investigation
                .finding(id(), "bufferbloat")
                .severity(alone ? Severity.WARNING : Severity.INFO, 0.95)
                .on(segment)
                .packets(waited)
                .fact("typical", new Fact.Nanos(typical))
                .fact("longest", new Fact.Nanos(DelaySeries.quantile(waits, 1)))
                .fact("lasted", new Fact.Nanos(lasted))
                .fact("rate", new Fact.Text("%.1f Mbit/s".formatted(rate.getAsDouble() / 1e6)))
                .evidence(segment.counts().to(), waited, "packets that came out of the queue")
                .ruledOut("jitter", "waiting packets come out evenly, at one rate")
                .ruledOut("high_latency", "the fastest packets pass without the wait")
                .ruledOut(
                        "congestion_loss",
                        dropped == 0 ? "no packet was dropped" : dropped + " packets were dropped, told apart")
                .harm(typical / 1e9 * investigation.conversations(waited).size())
                .build());
    }

    /** The longest row of intervals in which the queue was never seen empty: index of the first packet, behind the last, intervals. */
    private static int[] standing(DelaySeries series) {
        int[] longest = {0, 0, 0};
        int[] now = {0, 0, 0};
        for (long[] floor : series.floors(INTERVAL_NANOS)) {
            if (floor[2] < TARGET_NANOS) {
                now = new int[] {0, 0, 0};
                continue;
            }
            now = new int[] {now[2] == 0 ? (int) floor[0] : now[0], (int) floor[1], now[2] + 1};
            longest = now[2] > longest[2] ? now : longest;
        }
        return longest;
    }
}
