package phalanx.diagnose;

import java.util.List;
import java.util.Optional;
import phalanx.measure.SegmentTraffic;

/** A rule that asks its question of every segment and direction by itself. */
public abstract class SegmentRule implements Rule {
    @Override
    public final Needs needs() {
        return Needs.TWO_POINTS;
    }

    @Override
    public final Verdict judge(Investigation investigation) {
        List<Finding> findings = investigation.measures().segments().stream()
                .flatMap(segment -> judge(investigation, segment).stream())
                .toList();
        return Verdict.of(findings);
    }

    /** What is so on that segment, if anything. */
    protected abstract Optional<Finding> judge(Investigation investigation, SegmentTraffic segment);
}
