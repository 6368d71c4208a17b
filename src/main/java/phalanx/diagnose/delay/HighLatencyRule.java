package phalanx.diagnose.delay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.Rule;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Verdict;
import phalanx.diagnose.Where;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Direction;

/**
 * One segment accounts for most of a long round trip. Judged by the smallest delays forth and back together, which no clock offset
 * can falsify and no queue inflates.
 */
public final class HighLatencyRule implements Rule {
    private static final int SAMPLE = 20;

    @Override
    public String id() {
        return "high-latency";
    }

    @Override
    public List<String> kinds() {
        return List.of("high_latency");
    }

    @Override
    public Needs needs() {
        return Needs.ROUND_TRIPS;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        List<Finding> findings = new ArrayList<>();
        long whole = 0;
        for (SegmentTraffic segment : investigation.measures().segments()) {
            if (segment.counts().direction() == Direction.CLIENT_TO_SERVER) {
                whole += roundTrip(investigation, segment).orElse(0L);
            }
        }
        for (SegmentTraffic segment : investigation.measures().segments()) {
            Optional<Long> own = roundTrip(investigation, segment);
            if (segment.counts().direction() == Direction.CLIENT_TO_SERVER
                    && own.isPresent()
                    && own.get() >= investigation.thresholds().highLatencyNanos()
                    && own.get() >= investigation.thresholds().highLatencyShare() * whole) {
                findings.add(finding(investigation, segment, own.get(), whole));
            }
        }
        return Verdict.of(findings);
    }

    private static Optional<Long> roundTrip(Investigation investigation, SegmentTraffic there) {
        return investigation
                .opposite(there)
                .flatMap(back -> back.counts().delay())
                .flatMap(back -> there.counts().delay().map(d -> d.minNanos() + back.minNanos()));
    }

    private Finding finding(Investigation investigation, SegmentTraffic segment, long own, long whole) {
        int from = segment.counts().from();
        int to = segment.counts().to();
        int[] sample = Arrays.copyOf(segment.delivered(), Math.min(SAMPLE, segment.delivered().length));
        List<Evidence> evidence = new ArrayList<>(investigation.evidence(from, sample, "packets when they left"));
        evidence.addAll(investigation.evidence(to, sample, "the same packets when they arrived"));
        return investigation
                .finding(id(), "high_latency")
                .severity(Severity.WARNING, segment.delivered().length >= SAMPLE ? 0.95 : 0.7)
                .at(new Where.Segment(from, to), Direction.BOTH)
                .during(
                        investigation.when(segment.delivered()[0]),
                        investigation.when(segment.delivered()[segment.delivered().length - 1]))
                .conversations(investigation.conversations(segment.delivered()))
                .fact("roundTrip", new Fact.Nanos(own))
                .fact("whole", new Fact.Nanos(whole))
                .fact("share", new Fact.Share(own, whole))
                .evidence(evidence)
                .ruledOut("bufferbloat", "even the fastest packets take this long")
                .ruledOut("clock_step", "forth and back together do not depend on clocks")
                .ruledOut("server_slow", "the time passes between the two points, before the server")
                .harm(own
                        / 1e9
                        * investigation.conversations(segment.delivered()).size())
                .build();
    }
}
