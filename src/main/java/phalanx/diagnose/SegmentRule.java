package phalanx.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Direction;

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
        return Verdict.of(sameBothWays() ? joined(findings) : findings);
    }

    /** What is so on that segment, if anything. */
    protected abstract Optional<Finding> judge(Investigation investigation, SegmentTraffic segment);

    /** Whether it is one thing to tell when both directions between two points show it: what a device does, not what befalls packets. */
    protected boolean sameBothWays() {
        return false;
    }

    private static List<Finding> joined(List<Finding> findings) {
        List<Finding> joined = new ArrayList<>();
        for (Finding finding : findings) {
            int other = 0;
            while (other < joined.size() && !isOpposite(joined.get(other), finding)) {
                other++;
            }
            if (other == joined.size()) {
                joined.add(finding);
            } else {
                joined.set(other, join(joined.get(other), finding));
            }
        }
        return joined;
    }

    private static boolean isOpposite(Finding a, Finding b) {
        return a.kind().equals(b.kind())
                && a.where() instanceof Where.Segment(int from, int to)
                && b.where() instanceof Where.Segment(int otherFrom, int otherTo)
                && from == otherTo
                && to == otherFrom;
    }

    private static Finding join(Finding a, Finding b) {
        Finding worse = a.harm() >= b.harm() ? a : b;
        return new Finding(
                a.rule(),
                a.kind(),
                a.severity().compareTo(b.severity()) < 0 ? a.severity() : b.severity(),
                Math.max(a.confidence(), b.confidence()),
                worse.where(),
                Direction.BOTH,
                Math.min(a.startNanos(), b.startNanos()),
                Math.max(a.endNanos(), b.endNanos()),
                worse.facts(),
                Stream.concat(a.conversations().stream(), b.conversations().stream())
                        .distinct()
                        .sorted()
                        .toList(),
                Stream.concat(a.evidence().stream(), b.evidence().stream()).toList(),
                worse.ruledOut(),
                a.harm() + b.harm(),
                worse.words());
    }
}
