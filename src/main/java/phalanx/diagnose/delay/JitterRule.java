package phalanx.diagnose.delay;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.SegmentRule;
import phalanx.diagnose.Severity;
import phalanx.measure.SegmentTraffic;

/** Delay changes from packet to packet (RFC 3393), and no queue of one rate explains it: radio links, overloaded devices, shaping in ticks.
 * Judged by packets that did not leave in one burst; bursts keep together. */
public final class JitterRule extends SegmentRule {
    /** Packets closer together than this are one burst. */
    private static final long SPACED_NANOS = 2_000_000;

    private static final int FEWEST = 20;

    @Override
    public String id() {
        return "jitter";
    }

    @Override
    public List<String> kinds() {
        return List.of("jitter");
    }

    @Override
    protected Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        DelaySeries series = new DelaySeries(investigation, segment);
        int[] spaced = series.spaced(SPACED_NANOS);
        if (spaced.length < FEWEST || series.queueRate().isPresent()) {
            return Optional.empty();
        }
        long[] waits = Arrays.stream(spaced).mapToLong(i -> series.wait[i]).toArray();
        long[] changes = IntStream.range(1, waits.length)
                .mapToLong(i -> Math.abs(waits[i] - waits[i - 1]))
                .toArray();
        long typical = DelaySeries.quantile(waits, 0.5);
        long high = DelaySeries.quantile(waits, 0.95);
        long change = DelaySeries.quantile(changes, 0.9);
        long least = investigation.thresholds().jitterNanos();
        // The wait of most packets must vary: a few that a host was slow to handle are no jitter.
        if (high < least || 5 * typical < high || 3 * change < high) {
            return Optional.empty();
        }
        int[] late = Arrays.stream(spaced)
                .filter(i -> series.wait[i] >= high / 2)
                .map(i -> series.journeys[i])
                .toArray();
        return Optional.of(investigation
                .finding(id(), "jitter")
                .severity(Severity.WARNING, spaced.length >= 50 ? 0.9 : 0.75)
                .on(segment)
                .packets(segment.delivered())
                .fact("typical", new Fact.Nanos(typical))
                .fact("high", new Fact.Nanos(high))
                .fact("change", new Fact.Nanos(DelaySeries.quantile(changes, 0.5)))
                .fact("packets", new Fact.Count(spaced.length))
                .evidence(segment.counts().to(), late, "packets that came late")
                .ruledOut("bufferbloat", "waiting packets do not come out at one rate")
                .ruledOut("latency_step", "delay goes up and down from packet to packet")
                .ruledOut("random_loss", segment.delivered().length + " packets arrived all the same")
                .harm(high
                        / 1e9
                        * investigation.conversations(segment.delivered()).size())
                .build());
    }
}
